"""Following the guide: its main button leads to the next act on the resident's own case, whoever has it, until she rates it."""

from __future__ import annotations

import re

import pytest
from waiting import until

pytestmark = pytest.mark.slow
STEPS = ("立案", "派遣", "处置", "批转", "核查", "结案", "评价")
DESK = re.compile(r"/console/cases/[\w-]+")


def test_the_main_button_leads_to_the_next_act(stage):
    visitor = stage.person("visitor")
    case = goes_on(visitor, STEPS[0], DESK)
    acts(visitor, case, "file")
    assert goes_on(visitor, STEPS[1], DESK) == case
    acts(visitor, case, "dispatch")
    assert goes_on(visitor, STEPS[2], DESK) == case
    acts(visitor, case, "sign")
    acts(visitor, case, "handle", says="更换井盖")
    acts(visitor, case, "feed_back", says="已更换")
    assert goes_on(visitor, STEPS[3], DESK) == case
    acts(visitor, case, "forward")
    goes_on(visitor, STEPS[4], re.compile(r"/phone/doors/"))
    page = visitor.page
    page.get_by_role("button", name="核查通过").click()
    until(lambda: visitor.ask(f"cases/{case}")["state"] == "to_close", "the outcome reaches the server")
    assert goes_on(visitor, STEPS[5], DESK) == case
    acts(visitor, case, "close")
    goes_on(visitor, STEPS[6], re.compile(rf"/portal/reports/{case}"))
    page.get_by_role("button", name="修好了").click()
    page.get_by_role("radio", name="很满意").check()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("您评价过").wait_for()
    stage.no_faults()


def goes_on(visitor, step: str, opens: re.Pattern[str]) -> str:
    """Press the guide's main button, which names the step, and come to its page. Returns the last part of the address."""
    page = visitor.page
    page.goto(f"{visitor.address}/")
    page.get_by_role("button", name=f"接着走：{step}").click()
    page.wait_for_url(opens)
    visitor.settled()
    return page.url.partition("?")[0].rpartition("/")[2]


def acts(visitor, case: str, verb: str, *, says: str = "") -> None:
    """The act on the page that is open, with what it asks for."""
    page, before = visitor.page, visitor.ask(f"cases/{case}")
    word = next(one["zh"] for one in before["acts"] if one["verb"] == verb)
    page.get_by_role("region", name="可以做的").get_by_role(
        "button", name=re.compile(f"^{word}")
    ).first.click()
    form = page.get_by_role("form", name=word)
    if says:
        form.get_by_role("textbox").first.fill(says)
    visitor.settled()
    if form.count():
        form.get_by_role("button", name=re.compile(f"^{word}")).click()
    until(lambda: len(visitor.ask(f"cases/{case}")["steps"]) > len(before["steps"]), f"{verb} is done")
    visitor.settled()
