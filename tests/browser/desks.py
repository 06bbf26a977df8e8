"""At a desk: an act on a case by its button, and what leads there without screens."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page
from stage import Person
from waiting import until


def opened(desk: Person, case: str) -> Page:
    """The case's own page, as this person has it."""
    return desk.open(f"/console/cases/{case}")


def begin(desk: Person, case: str, verb: str) -> None:
    """Press the act's button on the page that stands open, or find it in the menu of the rarer ones."""
    acts = desk.page.get_by_role("region", name="可以做的")
    word = next(one["zh"] for one in desk.ask(f"cases/{case}")["acts"] if one["verb"] == verb and one["mine"])
    button = acts.get_by_role("button", name=re.compile(f"^{word}"))
    if not button.count():
        acts.get_by_role("button", name="更多").click()
        button = acts.get_by_role("menuitem", name=re.compile(f"^{word}"))
    button.first.click()


def does(
    desk: Person, case: str, verb: str, *, phrase: str = "", fill: dict[str, str] | None = None
) -> dict[str, Any]:
    """An act on the case that stands open: what its form asks for is filled in, and it is sent by Ctrl Enter.

    ``phrase`` picks a reply template, ``fill`` has texts by the label of their field. Returns the case afterwards.
    """
    before = len(desk.ask(f"cases/{case}")["steps"])
    begin(desk, case, verb)
    form = desk.page.get_by_role("region", name="可以做的").get_by_role("form")
    if phrase or fill:
        form.wait_for()
        for label, text in (fill or {}).items():
            form.get_by_label(label).first.fill(text)
        if phrase:
            form.get_by_role("group", name="常用语").get_by_role("button", name=phrase).click()
    desk.settled()
    if form.count():
        form.get_by_role("button").and_(form.locator("[type=submit]")).focus()
        desk.page.keyboard.press("Control+Enter")
    until(lambda: len(desk.ask(f"cases/{case}")["steps"]) > before, f"{verb} is done")
    desk.settled()
    return dict(desk.ask(f"cases/{case}"))


def step(person: Person, case: str, act: str, **body: Any) -> dict[str, Any]:
    """An act through the API: the way to where a story begins."""
    version = person.ask(f"cases/{case}")["version"]
    return dict(person.post(f"cases/{case}/{act}", {"version": version, **body}))


def waiting(person: Person, state: str) -> list[dict[str, Any]]:
    """The cases in a state that this person sees, the most urgent first."""
    return list(person.ask("cases/", state=state, order="urgent", limit=100)["items"])
