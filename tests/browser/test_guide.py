"""The guide by hand: one click signs in and opens the step's page, and the figure that the step shows stands there."""

from __future__ import annotations

import re

import pytest

from tools.screens.seats import LANGUAGES

pytestmark = pytest.mark.slow
ELSEWHERE: dict[str, str] = {
    "核实": "a worker's walk shows doors and matters, not how many cases wait for it",
    "核查": "the same",
    "推送": "the same",
    "上门": "what was brought to doors is told at each household",
    "居民": "the page shows the services themselves and counts none",
    "网格员": "today's walk is a part of the inbox: as much as a day holds",
}
"""Steps whose figure stands on no page, with the reason."""
STEPS = """() => [...document.querySelectorAll('main form')].map((form) => [
  form.elements.as.value, form.elements.next.value,
  form.querySelector('b')?.textContent.trim() ?? '', form.querySelector('.line')?.textContent.trim() ?? ''])
  .filter(([, , name]) => name)"""


def told(looking) -> list[tuple[str, str, str, str]]:
    """Account, address, name and line of each step, as the guide has them at this moment."""
    guide = looking.person("visitor").page
    guide.goto(f"{looking.address}/")
    return [tuple(one) for one in guide.evaluate(STEPS)]


def shows(page, line: str) -> bool:
    """Whether the figure of a step's line stands on a page; a line without one asks for nothing."""
    figure = re.search(r"\d+", line)
    return figure is None or bool(re.search(rf"(?<!\d){figure[0]}(?!\d)", page.locator("body").inner_text()))


def test_each_step_opens_its_page_with_the_figure_that_it_shows(looking):
    """Every step's page is opened as its account (the clicks themselves are tested below), and what the guide said looked for."""
    steps = told(looking)
    assert len(steps) >= 25
    faults = []
    for account, opens, name, line in dict.fromkeys(steps):
        page = looking.person(account).open(opens)
        if name in ELSEWHERE or shows(page, line):
            continue
        # Time goes on in the demo: what fell due since the guide was read is in the page's figure only.
        now = [one[3] for one in told(looking) if one[:3] == (account, opens, name)]
        page = looking.person(account).open(opens)
        if not now or not all(shows(page, one) for one in now):
            faults.append(f"{name}: {line} isn't on {page.url}")
    assert not faults, "\n".join(faults)


def test_an_english_step_opens_an_english_page(looking):
    visitor = looking.person("visitor", language=LANGUAGES[1])
    page = visitor.page
    page.goto(f"{looking.address}/?language=en")
    page.get_by_role("button", name=re.compile("Data officer")).last.click()
    page.wait_for_url(re.compile(r"/console/feeds"))
    visitor.settled()
    assert page.evaluate("() => document.documentElement.lang") == "en"
