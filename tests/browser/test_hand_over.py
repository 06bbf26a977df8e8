"""A shift ends at screens: the acceptor takes over, looks, names cases and hands over; the duty chief takes over, the writer can't."""

from __future__ import annotations

import re

import openpyxl
import pytest
from keyboard import EVERYWHERE, in_its_language, sheet
from waiting import until

from tools.screens.seats import LANGUAGES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
ACCEPTOR, CHIEF, DISPATCHER = "acceptor_1", "duty_chief_1", "dispatcher_1"
SAID, NOTE = "夜间盯紧积水点", "反映人等回电"


def waits(page):
    return page.locator("section.waiting article")


def test_one_shift_hands_over_and_the_next_takes_over(stage):
    acceptor, chief = stage.person(ACCEPTOR), stage.person(CHIEF)
    page = acceptor.open("/console/cases")
    page.get_by_role("region", name="案件列表").get_by_role("link", name="交接班").click()
    page.get_by_role("heading", name="交接班", exact=True).wait_for()
    takes_over(acceptor)
    figures_are_their_lists(acceptor)

    page = acceptor.open("/console/handover")
    assert page.get_by_role("button", name=re.compile("^交给下一班")).is_disabled()  # nothing is said yet
    form = page.get_by_role("region", name="本班交给下一班")
    page.keyboard.press("j")
    page.keyboard.press("x")
    form.get_by_label(re.compile("交代一句")).fill(NOTE)
    form.get_by_label("要交代的").fill(SAID)
    named = form.locator("li.named").get_by_role("link").inner_text()
    form.locator("li.named").get_by_role("link").click()  # looked at once more: what was written stays
    acceptor.settled()
    page.go_back()
    acceptor.settled()
    assert form.get_by_label("要交代的").input_value() == SAID
    form.get_by_role("button", name="交给下一班（重点 1 件）").click()
    page.get_by_text("已交给下一班，重点 1 件").wait_for()

    mine = waits(page).filter(has_text=SAID)
    mine.get_by_text("等下一班接").wait_for()
    assert mine.get_by_role("button").count() == 0
    uid = acceptor.ask("handovers/", waiting="true")["items"][0]["uid"]
    refused = post(acceptor, f"handovers/{uid}/take")
    assert (refused.status, refused.json()["code"]) == (409, "your_own")

    page = chief.open("/console/handover")
    entry = waits(page).filter(has_text=SAID)
    entry.get_by_text(f"“{NOTE}”").wait_for()
    assert entry.get_by_role("link").inner_text() == named
    entry.get_by_role("button", name="接班，已看过").click()
    page.get_by_text("已接").wait_for()
    until(lambda: chief.ask("handovers/", waiting="true")["total"] == 0, "nothing waits any more")
    page = acceptor.open("/console/handover")
    newest = page.locator(".day-of article").first
    assert SAID in newest.inner_text()
    assert "值班长" in newest.locator(".taken").inner_text()
    stage.no_faults()


def takes_over(acceptor) -> None:
    """What the duty chief left this morning is taken over by its key, and stands in the book then."""
    page = acceptor.page
    waits(page).first.wait_for()
    said = waits(page).locator(".said").inner_text()
    page.keyboard.press("t")
    page.get_by_text("已接").wait_for()
    waits(page).first.wait_for(state="detached")
    first = page.locator(".day-of article .said").first
    until(lambda: first.inner_text() == said, "it stands in the book")


def figures_are_their_lists(acceptor) -> None:
    page = acceptor.page
    for one in acceptor.ask("handovers/desk")["figures"]:
        asked = {name: str(value).lower() for name, value in one["filter"].items()}
        assert acceptor.ask("cases/", **asked)["total"] == one["count"], one["name"]
    figure = page.locator(".figures a").first
    count = figure.inner_text()
    figure.click()
    page.get_by_role("heading", name=re.compile(f"^待受理 *{count} 件")).wait_for()


def post(person, path: str):
    """An act through the API that may be refused."""
    token = next(one["value"] for one in person.context.cookies() if one["name"] == "csrftoken")
    return person.context.request.post(
        f"{person.address}/api/{path}",
        headers={"X-CSRFToken": token, "Referer": f"{person.address}/"},
        data={},
    )


def test_the_book_is_narrowed_in_the_address_exported_and_printed(stage, tmp_path):
    chief = stage.person(CHIEF)
    day = chief.ask("handovers/", waiting="false")["items"][-1]["at"][:10]
    page = chief.open(f"/console/handover?to_on={day}")
    shown = page.locator(".day-of article").count()
    assert shown == chief.ask("handovers/", waiting="false", to_on=day)["total"] > 0
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    path = tmp_path / "handovers.xlsx"
    download.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True))
    assert len({row[0] for row in rows}) == shown
    page.emulate_media(media="print")
    assert page.get_by_role("region", name="本班交给下一班").is_hidden()
    assert page.locator(".day-of article").first.is_visible()
    page.emulate_media(media="screen")
    page = chief.open("/console/handover?to_on=2001-01-01")
    page.get_by_text("这几天没有接过班的记录").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_page_does_what_the_sheet_says(stage, language):
    dispatcher = stage.person(DISPATCHER, language=language)
    page = dispatcher.open("/console/handover")
    rows = page.locator(".worth li")
    rows.first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("x")
    words = sheet(page)
    in_its_language(words, language)
    assert set(words) == EVERYWHERE | {"j", "k", "x", "Enter", "h"}
    page.keyboard.press("j")
    assert rows.nth(1).evaluate("(one) => one.matches('.at')")
    page.keyboard.press("k")
    assert rows.nth(0).evaluate("(one) => one.matches('.at')")
    assert page.locator(".worth li.named").count() == 1
    before = dispatcher.ask("handovers/")["total"]
    page.keyboard.press("h")
    until(lambda: dispatcher.ask("handovers/")["total"] == before + 1, "h hands over")
    dispatcher.settled()
    assert page.locator(".worth li.named").count() == 0
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/cases/*")
    stage.no_faults()


def test_a_case_says_what_its_caller_reported_besides(stage):
    """The resident of the story reported a lamp before her manhole: a link, its list, and the way back."""
    acceptor = stage.person(ACCEPTOR)
    found = acceptor.ask("cases/", limit=200)["items"]
    case = next(
        one for one in found if (acceptor.ask(f"cases/{one['uid']}")["calls"] or {"total": 0})["total"]
    )
    calls = acceptor.ask(f"cases/{case['uid']}")["calls"]
    page = acceptor.open(f"/console/cases/{case['uid']}")
    page.get_by_role("link", name=f"同一反映人 90 天内还反映过 {calls['total']} 件").click()
    page.get_by_role("heading", name=re.compile(f"^全部案件 *{calls['total']} 件")).wait_for()
    assert f"caller_of={case['uid']}" in page.url
    assert page.get_by_role("region", name="案件列表").get_by_role("link", name="导出 Excel").count() == 0
    page.get_by_role("link", name="回到原案件").click()
    page.get_by_text(f"#{case['number']}").first.wait_for()
    other = stage.person(DISPATCHER).open(f"/console/cases/{case['uid']}")
    other.get_by_text(f"#{case['number']}").first.wait_for()
    assert other.get_by_text("同一反映人").count() == 0
    stage.no_faults()
