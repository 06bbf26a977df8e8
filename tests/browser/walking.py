"""Ways that several stories take: a worker to the door at which a to-do waits, a resident through the three taps of a report."""

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


def reports(resident, photo, place) -> tuple[str, str]:
    """Three taps at the portal: photo, place, words. Returns the code to follow it by, and the case's number."""
    resident.context.grant_permissions(["geolocation"])
    resident.context.set_geolocation({"latitude": place["lat"], "longitude": place["lon"], "accuracy": 8})
    page = resident.open("/portal/")
    page.get_by_role("link", name="反映问题").click()
    page.get_by_label("拍照").set_input_files(photo)
    page.get_by_role("button", name="就是这里").click()
    page.get_by_label("说一句").fill("井盖破损，晚上看不见")
    page.get_by_role("button", name="选类别").click()
    kinds = page.get_by_role("group", name="类别")
    kinds.get_by_role("button", name="公用设施").click()
    page.get_by_role("group", name="公用设施").get_by_role("button", name="上水井盖").click()
    page.get_by_role("button", name="提交").click()
    page.get_by_role("heading", name="已收到").wait_for()
    text = (
        page.get_by_role("main").inner_text()
        if page.get_by_role("main").count()
        else page.locator("body").inner_text()
    )
    tracking = re.search(r"查询码\s+([0-9A-Z]{5}-?[0-9A-Z]{5})", text)
    number = re.search(r"案件编号\s+(\S+)", text)
    assert tracking, text
    assert number, text
    return tracking[1], number[1]
