"""The data officer's desk on screens: a messy file looked at and tried, pairs decided by key and set back, the trail that tells it."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from judging import inaccessible, too_wide

pytestmark = pytest.mark.slow
OFFICER, ADMINISTRATOR, CHIEF = "data_officer_1", "administrator_1", "duty_chief_1"
FEED = "civil_affairs"
REFUSED = "是否重点人员"
SECRET = "看护对象甲"
"""What stands in the refused column: it must be nowhere on the page, nor in any answer."""


@pytest.fixture(scope="module")
def roster(stage, tmp_path_factory):
    """The next roster of the old-age allowance, messier: a telephone more, values in the refused column, a sheet that nobody reads."""
    held = next((stage.home / "town" / "files" / FEED).glob("*6月.xlsx"))
    book = openpyxl.load_workbook(held)
    sheet = book.active
    by_name = {cell.value: cell.column for row in (3, 4) for cell in sheet[row] if cell.value}
    for row in range(5, 15):
        sheet.cell(row, by_name["是否享受"]).value = "否"
        sheet.cell(row, by_name[REFUSED]).value = SECRET
    sheet.cell(5, by_name["身份证号码"]).value = "420502194405120027"  # its check digit is wrong
    book.create_sheet("说明")
    path = tmp_path_factory.mktemp("desk") / "高龄津贴发放名册_2026年7月.xlsx"
    book.save(path)
    return path


def test_a_file_is_seen_as_it_is_and_tried_before_anything_moves(stage, roster):
    officer = stage.person(OFFICER)
    said: list[str] = []
    officer.page.on(
        "response",
        lambda one: said.append(one.text()) if "/propose" in one.url or "/try" in one.url else None,
    )
    before = officer.ask("hub/deliveries", feed=FEED)["total"]
    page = officer.open(f"/console/feeds/{FEED}")
    page.get_by_label("选文件").set_input_files(roster)
    sheet = page.get_by_role("table", name="原表（身份信息已遮蔽）")
    sheet.wait_for()
    assert sheet.get_by_role("columnheader", name="A", exact=True).count() == 1
    assert page.get_by_text("第 1–2 行是标题").count() == 1
    assert page.get_by_text("只读工作表").count() == 1
    assert SECRET not in page.content()
    assert page.get_by_text("拒收的列，内容不显示也不留存").count() > 3
    page.get_by_role("button", name="试运行").click()
    run = page.get_by_role("region", name="试运行")
    run.wait_for()
    assert run.get_by_text("还没有写入。").count() == 1
    changes = page.get_by_role("list", name="会改动的值").get_by_role("listitem")
    assert 0 < changes.count() <= 20
    assert (
        run.get_by_role("cell", name=re.compile("!C5$")).count() == 1
    )  # the fault says sheet, column and row
    officer.settled()
    assert len(said) == 2
    assert not any(SECRET in one for one in said)
    assert SECRET not in page.content()
    assert officer.ask("hub/deliveries", feed=FEED)["total"] == before
    trail = officer.ask("audit/trail", kind="feed", id=FEED)
    assert trail["items"][0]["verb"] == "hub.try"
    assert not inaccessible(page)
    for width in (1366, 1920, 720):
        page.set_viewport_size({"width": width, "height": 768})
        assert not too_wide(page)
    page.set_viewport_size({"width": 1366, "height": 768})


def test_what_was_chosen_after_the_try_asks_for_another_and_is_confirmed(stage):
    officer = stage.person(OFFICER)
    page = officer.page
    page.get_by_role("combobox", name=re.compile("家庭住址")).select_option(label="不收")
    page.get_by_text("对应改过了").wait_for()
    page.get_by_role("button", name="再试一次").click()
    page.get_by_text("对应改过了").wait_for(state="detached")
    page.get_by_role("combobox", name=re.compile("家庭住址")).select_option(label="现住地址")
    page.get_by_role("button", name=re.compile("^(确认对应|按此对应)")).click()
    page.get_by_text("对应已确认").wait_for()
    mapped = {one["column"]: one["element"] for one in officer.ask(f"hub/feeds/{FEED}/mapping")}
    assert "living_address" in mapped.values()
    assert REFUSED not in {column for column, element in mapped.items() if element}


def test_a_file_that_cannot_be_read_says_where_and_what_to_do(stage, tmp_path):
    broken = tmp_path / "坏.csv"
    broken.write_text("姓名,电话,姓名\n张三,13800000000,李四\n", encoding="utf-8")
    officer = stage.person(OFFICER)
    page = officer.open(f"/console/feeds/{FEED}")
    with officer.watch.excusing("422"):
        page.get_by_label("选文件").set_input_files(broken)
        page.get_by_role("alert").wait_for()
        officer.settled()
    assert page.get_by_role("cell", name=re.compile("坏.csv.*姓名")).count() >= 1


def open_pairs(officer) -> int:
    return int(officer.ask("hub/pairs", limit=1)["total"])


def at(page) -> str:
    return re.search(r"pair=([^&]+)", page.url)[1]


def pressed(officer, key: str, *, writes: bool = True) -> None:
    """A key, and what it sends comes back."""
    page = officer.page
    if writes:
        with page.expect_response(
            lambda one: "/api/hub/pairs/" in one.url and one.request.method == "POST"
        ) as answer:
            page.keyboard.press(key)
        assert answer.value.ok, answer.value.text()
    else:
        page.keyboard.press(key)
    officer.settled()


@pytest.mark.parametrize(("key", "state"), [("y", "same"), ("n", "different"), ("v", "at_the_door")])
def test_each_answer_has_its_key_and_z_sets_the_pair_back(stage, key, state):
    officer = stage.person(OFFICER)
    page = officer.open("/console/pairs")
    page.get_by_role("button", name=re.compile("同一人")).first.wait_for()
    before, first = open_pairs(officer), at(page)
    pressed(officer, key)
    assert at(page) != first
    assert open_pairs(officer) == before - 1
    assert officer.ask("hub/pairs", state=state, limit=200)["total"] >= 1
    pressed(officer, "z")
    assert at(page) == first
    assert open_pairs(officer) == before
    assert officer.ask(f"hub/pairs/{first}")["state"] == "open"
    trail = officer.ask("audit/trail", kind="pair", id=first)
    assert "hub.undo_pair" in {one["verb"] for one in trail["items"]}


def test_skipping_sends_nothing_and_comes_back(stage):
    officer = stage.person(OFFICER)
    page = officer.open("/console/pairs")
    page.get_by_role("button", name=re.compile("同一人")).first.wait_for()
    before, first = open_pairs(officer), at(page)
    pressed(officer, "s", writes=False)
    page.wait_for_url(lambda url: first not in url)
    assert open_pairs(officer) == before
    pressed(officer, "z", writes=False)
    page.wait_for_url(lambda url: first in url)


def test_the_trail_is_reached_from_a_thing_and_tells_posts_not_names(stage):
    chief = stage.person(CHIEF)
    closed = chief.ask("cases/", state="closed", limit=1)["items"][0]
    page = chief.open(f"/console/cases/{closed['uid']}")
    page.get_by_role("link", name="审计记录").click()
    page.get_by_role("row").nth(1).wait_for()
    chief.settled()
    assert f"id={closed['uid']}" in page.url
    page.get_by_text("逐条相符").wait_for()
    assert page.get_by_role("cell", name="值班长").count() >= 1
    page.get_by_label("做了什么").select_option(label="结案")
    chief.settled()
    assert "verb=cases.close" in page.url  # the filter stands in the address
    assert page.get_by_role("row").count() == 2
    with page.expect_download() as file:
        page.get_by_role("link", name="导出 Excel").click()
    assert openpyxl.load_workbook(io.BytesIO(file.value.path().read_bytes())).active.max_row == 2
    assert not inaccessible(page)


def test_an_administrator_has_the_whole_chain_proved(stage):
    page = stage.person(ADMINISTRATOR).open("/console/audit")
    page.get_by_role("heading", name="一件事从头到尾谁经手过").wait_for()
    page.get_by_label("哪一类").select_option(label="数据来源")
    page.get_by_label("来源代码或名称").fill(FEED)
    page.get_by_role("button", name="查看").click()
    page.get_by_role("row").nth(1).wait_for()
    page.get_by_role("button", name="从头核对全部记录").click()
    page.get_by_text("没有断开").wait_for()
    assert not inaccessible(page)
    stage.no_faults()
