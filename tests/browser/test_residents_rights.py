"""A resident's rights on screens: a question about a look and its answer, a consent and its end, a report without a network."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.slow
RESIDENT, OFFICER = "resident_1", "data_officer_1"


def test_a_question_is_asked_answered_at_the_desk_and_read(stage):
    resident, officer = stage.person(RESIDENT), stage.person(OFFICER)
    page = resident.open("/portal/looks")
    page.get_by_text(re.compile("您问过：剩 .* 工作日答复")).first.wait_for()
    waiting = {
        one["uid"]: one["number"] for one in resident.ask("residents/questions") if one["state"] == "open"
    }
    desk = officer.open("/console/questions")
    for number in waiting.values():
        desk.get_by_role("button", name=re.compile(f"答复….*{number}")).click()
        desk.get_by_label("因工作需要查看").check()
        desk.get_by_label("答复的话（本人会看到）").fill("上门前要打电话约时间。")
        desk.get_by_role("button", name="答复，本人随即看到").click()
        desk.get_by_text(f"{number} 已答复").wait_for()
    officer.settled()
    page = resident.open("/portal/looks")
    page.get_by_text("已答复：因工作需要查看").first.wait_for()
    page.get_by_text("上门前要打电话约时间。").first.wait_for()
    page.get_by_role("button", name=re.compile("^再问")).first.click()
    page.get_by_label("想问什么？（可不填）").fill("还是没说清楚")
    page.get_by_role("button", name="提出疑问").click()
    page.get_by_text("您问：还是没说清楚").wait_for()
    stage.no_faults()


def test_a_consent_is_withdrawn_and_given_with_a_receipt(stage):
    resident = stage.person(RESIDENT)
    page = resident.open("/portal/permits")
    page.get_by_role("button", name="撤回", exact=True).click()
    page.get_by_role("button", name="撤回", exact=True).click()
    page.get_by_text(re.compile("已撤回")).first.wait_for()
    assert [bool(one["withdrawn_at"]) for one in resident.ask("residents/consents")] == [True]
    page.get_by_role("button", name=re.compile("^看看再决定")).first.click()
    page.get_by_role("button", name=re.compile("^同意，到")).click()
    page.get_by_role("button", name="复制回执").wait_for()
    assert [bool(one["withdrawn_at"]) for one in resident.ask("residents/consents")] == [False, True]
    stage.no_faults()


def test_a_report_survives_a_dead_network_and_a_killed_page(stage, tmp_path):
    with stage.device("visitor", tmp_path / "old-phone") as phone:
        page = phone.open("/portal/report")
        page.get_by_role("button", name="不拍照，下一步").click()
        page.get_by_label("写下位置").fill("学院街 18 号门口")
        page.get_by_role("button", name="用这个位置").click()
        page.get_by_label("说一句").fill("井盖破了，晚上看不见")
        with phone.watch.without_a_network():
            phone.context.set_offline(True)
            page.get_by_role("button", name="提交", exact=True).click()
            page.get_by_text("已存好，还没发出去").first.wait_for()
    with stage.device("visitor", tmp_path / "old-phone") as phone:
        phone.open("/portal/")
        phone.page.get_by_text(re.compile("已发出：")).wait_for(timeout=40_000)
        kept = phone.page.evaluate("() => JSON.parse(localStorage.getItem('wangge.portal.reports'))")
        assert [phone.ask(f"cases/track/{one['tracking']}")["state"] for one in kept] == ["to_accept"]
        phone.open("/portal/track").get_by_text("井盖破了").first.wait_for()
