"""A worker's walk on the phone: to the door at which a to-do waits."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page


def to_the_door(page: Page, todo: dict[str, Any]) -> None:
    """On today's walk, or among what comes later: the door at which the to-do waits, and of its matters this one."""
    page.get_by_role("link").filter(has_text=re.compile("到门口了|号")).first.wait_for()
    later = page.get_by_role("button", name=re.compile("以后再去"))
    if later.count():
        later.click()
    door = f"{todo['place']}.{todo['household']}" if todo["household"] else todo["place"]
    page.get_by_role("link").and_(page.locator(f'[href$="/doors/{door}"]')).first.click()
    page.get_by_text("自动计").wait_for()
    title = bare(todo["title_zh"])
    if not page.get_by_role("heading", name=title).count():
        page.get_by_role("main").get_by_role("button").filter(has_text=title).first.click()


def bare(title: str) -> str:
    """A to-do's title as the phone shows it: the mode in brackets behind it is left out."""
    return re.sub(r"[（(][^）)]*[）)]$", "", title)
