"""The keyboard of the console: what its sheet (`?`) says, and pressing what stands there."""

from __future__ import annotations

import re

from waiting import comes_true, until

HAN = re.compile("[\u4e00-\u9fff]")
EVERYWHERE = {"/", "?"}
CHOSEN = ".rows input:checked, tbody tr:not(.head) input:checked"


def sheet(page) -> dict[str, str]:
    """What stands on the sheet: words by key. It closes again."""
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    found = dict(
        zip(dialog.locator("dt").all_inner_texts(), dialog.locator("dd").all_inner_texts(), strict=True)
    )
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    return found


def in_its_language(words: dict[str, str], language: str) -> None:
    for key, said in words.items():
        assert said.strip(), key
        assert bool(HAN.search(said)) == (language == "zh-Hans"), f"{key}: {said}"


def searches_and_leaves(page) -> None:
    """`/` goes to the search, Escape out of it."""
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.type") != "search"


def cursor(page) -> int:
    """Which line of the list is pointed at."""
    return int(
        page.evaluate(
            "() => [...document.querySelectorAll('.rows > li, tbody tr:not(.head)')].findIndex((one) => one.matches('.at'))"
        )
    )


def leads_on(page, before: str, to: str) -> None:
    """Wait until the page stands at another address, one that says ``to``."""
    comes_true(page, "([before, to]) => location.href !== before && location.href.includes(to)", [before, to])


def moves(page) -> None:
    """`j` down, `k` up."""
    before = cursor(page)
    page.keyboard.press("j")
    until(lambda: cursor(page) == before + 1, "j goes down")
    page.keyboard.press("k")
    until(lambda: cursor(page) == before, "k goes up")


def filters(page) -> None:
    """`q` opens the filter and closes it."""
    form = page.locator("form.filter")
    page.keyboard.press("q")
    form.wait_for()
    page.keyboard.press("q")
    form.wait_for(state="detached")


def selects(page) -> None:
    """`x` selects the line and lets it go."""
    page.keyboard.press("x")
    until(lambda: page.locator(CHOSEN).count() == 1, "x selects")
    page.keyboard.press("x")
    until(lambda: page.locator(CHOSEN).count() == 0, "x lets go")
