"""The first story on screens: a resident's report, from the photo to the rating. Twin of `tests/flows/test_resident_report.py`.

Desks are the console's, the worker's steps the phone's, the resident's the portal's.
"""

from __future__ import annotations

import re

import pytest
from waiting import until
from walking import reports, to_the_door

pytestmark = pytest.mark.slow
WORKER, WATER = "grid_worker_1", "department_clerk_water"


def test_from_the_photo_to_the_rating(stage, photo, place):
    resident = stage.person("visitor")
    tracking, number = reports(resident, photo, place)
    case = at_the_desk(stage, "acceptor_1", number, "accept")
    on_site(stage, case, "true")
    at_the_desk(stage, "duty_chief_1", number, "file")
    department = stage.person("dispatcher_1").ask(f"cases/{case}")["suggestion"]["department"]
    at_the_desk(stage, "dispatcher_1", number, "dispatch")
    clerk = {"water": WATER, "civil_affairs": "department_clerk_civil_affairs"}[department]
    at_the_desk(stage, clerk, number, "sign")
    at_the_desk(stage, clerk, number, "handle", says="更换井盖")
    at_the_desk(stage, clerk, number, "feed_back", says="已更换")
    at_the_desk(stage, "dispatcher_1", number, "forward")
    on_site(stage, case, "passed")
    at_the_desk(stage, "duty_chief_1", number, "close")
    rates(resident, tracking)
    told = stage.person("duty_chief_1").ask(f"cases/{case}")
    assert [one["verb"] for one in told["steps"]] == [
        "report", "accept", "verify", "file", "dispatch", "sign", "handle", "feed_back", "forward", "check", "close", "rate",
    ]  # fmt: skip
    assert len(told["photos"]) == 1
    stage.no_faults()


def at_the_desk(stage, name: str, number: str, verb: str, *, says: str = "") -> str:
    """A step at a desk: the case is opened, its act is pressed, and what the act asks for is filled in. Returns the case."""
    desk = stage.person(name)
    found = next(
        one for one in desk.ask("cases/", open="true", limit=200)["items"] if one["number"] == number
    )
    page = desk.open(f"/console/cases/{found['uid']}")
    acts = page.get_by_role("region", name="可以做的")
    word = next(one["zh"] for one in desk.ask(f"cases/{found['uid']}")["acts"] if one["verb"] == verb)
    acts.get_by_role("button", name=re.compile(f"^{word}")).first.click()
    form = page.get_by_role("form", name=word)
    if says:
        form.get_by_role("textbox").first.fill(says)
    desk.settled()
    if form.count():
        form.get_by_role("button", name=re.compile(f"^{word}")).click()
    until(lambda: desk.ask(f"cases/{found['uid']}")["steps"][-1]["verb"] == verb, f"{verb} is done")
    return str(found["uid"])


def on_site(stage, case: str, outcome: str) -> None:
    """The worker finds the case on today's walk, goes there and says how it is; the server hears it by itself."""
    worker = stage.person(WORKER)
    todo = until(lambda: _todo(worker, case), "the to-do reaches the worker")
    worker.open("/phone/outbox").get_by_role("button", name="现在同步").click()
    worker.settled()
    page = worker.open("/phone/today")
    to_the_door(page, todo)
    said = next(one["zh"] for one in todo["outcomes"] if one["code"] == outcome)
    page.get_by_role("button", name=said, exact=True).click()
    until(lambda: worker.ask(f"todos/{todo['uid']}")["state"] == "settled", "the outcome reaches the server")


def _todo(worker, case: str):
    found = worker.ask("todos/", state="open", origin="cases", limit=200)["items"]
    return next((one for one in found if one["subject"] == case), None)


def rates(resident, tracking: str) -> None:
    """The portal knows the report on this phone; the resident says that it is mended, and how it was done."""
    page = resident.open("/portal/")
    page.get_by_role("link", name="查进度").click()
    page.get_by_role("link").filter(has_text="上水井盖").first.click()
    page.get_by_role("button", name="修好了").click()
    page.get_by_role("radio", name="很满意").check()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("您评价过").wait_for()
    assert resident.ask(f"cases/track/{tracking.replace('-', '')}")["ratings"][0]["satisfied"] == 5
