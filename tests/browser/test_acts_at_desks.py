"""The acts of the console that the two stories don't need: each is done by its button, and held against what others then see."""

from __future__ import annotations

import re
from datetime import date, timedelta

import openpyxl
import pytest
from desks import begin, does, opened, step, waiting
from keyboard import (
    EVERYWHERE,
    filters,
    in_its_language,
    leads_on,
    moves,
    searches_and_leaves,
    selects,
    sheet,
)
from waiting import until

from tools.screens.seats import LANGUAGES

pytestmark = pytest.mark.slow
WATER, CREW, CHIEF, ACCEPTOR = "department_clerk_water", "crew_water", "duty_chief_1", "acceptor_1"
DISPATCHER, CIVIL, LEAD, WORKER = (
    "dispatcher_1",
    "department_clerk_civil_affairs",
    "grid_lead_1",
    "grid_worker_1",
)
OFFICER, ADMINISTRATOR, ORGANISER, PLANNER = "data_officer_1", "administrator_1", "organiser_1", "planner_1"
NUMBER = "13800138000"


@pytest.fixture(scope="module")
def inbox(stage):
    """Four cases that the water department signs for: three that waited to be dispatched, and one that a resident reported."""
    dispatcher = stage.person(DISPATCHER)
    cases = [one["uid"] for one in waiting(dispatcher, "to_dispatch")[:3]]
    cases.append(reported_by_the_resident(stage))
    for one in cases:
        step(dispatcher, one, "dispatch", department="water")
    return cases


def reported_by_the_resident(stage) -> str:
    """A resident's case as far as the dispatcher, without screens."""
    worker, chief, resident = stage.person(WORKER), stage.person(CHIEF), stage.person("resident_1")
    place = next(one for one in worker.ask("areas/buildings", limit=50)["items"] if one["households"])
    kind = next(one["code"] for one in resident.ask("cases/classes", search="上水井盖"))
    said = resident.post(
        "cases/report", {"class_code": kind, "lon": place["lon"], "lat": place["lat"], "description": "井盖响", "phone": NUMBER}
    )  # fmt: skip
    case = next(one["uid"] for one in waiting(chief, "to_accept") if one["number"] == said["number"])
    step(chief, case, "accept")
    found = worker.ask("todos/", state="open", origin="cases", limit=200)["items"]
    todo = next(one["uid"] for one in found if one["subject"] == case)
    worker.post(f"todos/{todo}/settle", {"outcome": "true", "minutes": 9})
    step(chief, case, "file", rule=1)
    return case


def test_a_clerk_signs_for_several_at_once_and_the_crew_answers(stage, inbox):
    """One act on a selection: what somebody else signed for meanwhile is told by its number and stops none of the others."""
    clerk, crew = stage.person(WATER), stage.person(CREW)
    page = clerk.open("/console/cases")
    page.get_by_role("checkbox", name="选中本页").check()
    page.get_by_role("radio", name=re.compile("甘|班|在手")).first.check()
    step(crew, inbox[0], "sign")
    with clerk.watch.excusing("409"):
        page.get_by_role("button", name=re.compile(r"^签收 \d+ 件")).click()
        until(
            lambda: all(clerk.ask(f"cases/{one}")["state"] == "handling" for one in inbox),
            "all are signed for",
        )
    refused = clerk.ask(f"cases/{inbox[0]}")["number"]
    page.get_by_role("status").get_by_text(f"#{refused}").wait_for()
    page.get_by_role("status").get_by_text("已办 3 件").wait_for()
    clerk.settled()
    assert [bool(clerk.ask(f"cases/{one}")["crew"]) for one in inbox] == [False, True, True, True]
    assert {one["uid"] for one in crew.ask("cases/", state="handling", mine="true")["items"]} >= set(
        inbox[1:]
    )
    opened(crew, inbox[1])
    after = does(crew, inbox[1], "feed_back", phrase="已修复，恢复正常")
    assert (after["state"], after["steps"][-1]["note"]) == ("to_forward", "已修复，恢复正常")
    assert any(one["uid"] == inbox[1] for one in waiting(stage.person(DISPATCHER), "to_forward"))


def test_a_telephone_is_opened_after_the_warning_and_its_owner_reads_of_it(stage, inbox):
    clerk, resident = stage.person(WATER), stage.person("resident_1")
    before = looks_of_water(resident)
    page = opened(clerk, inbox[3])
    page.get_by_text("138****8000").wait_for()
    page.get_by_text("这次查看会记录，本人可以看到").first.wait_for()
    assert NUMBER not in page.content()
    assert looks_of_water(resident) == before
    page.get_by_role("button", name="查看…").click()
    page.get_by_role("link", name=NUMBER).wait_for()
    look, *others = looks_of_water(resident)
    assert (others, [one["code"] for one in look["saw"]], look["task_zh"]) == (before, ["phone"], "案件")
    seen = resident.open("/portal/looks").get_by_role("listitem").filter(has_text=look["post_zh"])
    seen.filter(has_text="电话").first.wait_for()


def looks_of_water(resident) -> list[dict]:
    """What the water department saw of this resident, as the resident reads it."""
    return [one for one in resident.ask("residents/looks") if one["post"] == "department_clerk:water"]


def test_the_chief_decides_what_a_department_applies_for(stage, inbox):
    """More time, shelving, giving back: applied for with a reason, refused or granted by the chief, told in the story."""
    clerk, chief = stage.person(WATER), stage.person(CHIEF)
    longer, shelved, back = inbox[0], inbox[2], inbox[3]
    due = clerk.ask(f"cases/{longer}")["due_at"]
    opened(clerk, longer)
    does(clerk, longer, "extend", phrase="等待材料到货", fill={"延长多少": "4 工作时"})
    page = chief.open("/console/cases?queue=asked")
    page.get_by_role("heading", name=re.compile("^申请待批")).wait_for()
    assert [one["uid"] for one in chief.ask("cases/", asked="true", open="true")["items"]] == [longer]
    opened(chief, longer)
    page.get_by_text("等待材料到货").first.wait_for()
    after = does(chief, longer, "allow_extend")
    assert after["due_at"] > due
    assert not after["asked"]

    until_day = (date.fromisoformat(after["due_at"][:10]) + timedelta(days=30)).isoformat()
    opened(clerk, shelved)
    does(clerk, shelved, "shelve", phrase="需纳入改造工程一并解决", fill={"挂账到": until_day})
    opened(chief, shelved)
    assert does(chief, shelved, "refuse", phrase="现有条件可以按期完成")["state"] == "handling"
    opened(clerk, shelved).get_by_text("现有条件可以按期完成").wait_for()
    does(clerk, shelved, "shelve", phrase="须待季节适宜时施工", fill={"挂账到": until_day})
    opened(chief, shelved)
    assert does(chief, shelved, "allow_shelve")["state"] == "shelved"
    opened(chief, shelved)
    assert does(chief, shelved, "resume")["state"] == "handling"

    opened(clerk, back)
    does(clerk, back, "give_back", phrase="不属于本部门职责")
    opened(chief, back)
    assert does(chief, back, "allow_give_back")["state"] == "to_dispatch"
    dispatcher = stage.person(DISPATCHER)
    opened(dispatcher, back).get_by_text("推诿 1 次").first.wait_for()
    opened(dispatcher, back)
    does(dispatcher, back, "dispatch", fill={})
    assert dispatcher.ask(f"cases/{back}")["state"] == "to_sign"


def test_the_centre_rejects_merges_corrects_urges_and_voids(stage):
    acceptor, chief = stage.person(ACCEPTOR), stage.person(CHIEF)
    first, second, third = (one["uid"] for one in waiting(acceptor, "to_accept")[:3])
    opened(acceptor, first)
    does(acceptor, first, "edit", fill={"地址": "学院街 18 号门前"})
    assert acceptor.ask(f"cases/{first}")["address"] == "学院街 18 号门前"
    into = waiting(chief, "to_file")[0]
    begin(acceptor, first, "merge")
    form = acceptor.page.get_by_role("form", name="并案")
    form.get_by_label("其他案件").fill(into["number"])
    form.get_by_role("radio", name=re.compile(into["number"])).check()
    form.get_by_role("button", name=re.compile("^并案")).click()
    until(lambda: acceptor.ask(f"cases/{first}")["merged_into"] == into["uid"], "one goes on in the other")
    acceptor.settled()
    opened(acceptor, first).get_by_text("并入").first.wait_for()
    opened(acceptor, second)
    assert does(acceptor, second, "reject", phrase="地点和情况不清楚，联系不上反映人")["state"] == "rejected"
    opened(chief, third)
    assert does(chief, third, "void", phrase="误报，没有这回事")["state"] == "voided"
    assert third not in {one["uid"] for one in chief.ask("cases/", open="true", limit=200)["items"]}
    late = waiting(chief, "to_sign")[-1]["uid"]
    opened(chief, late)
    assert (
        does(chief, late, "supervise", phrase="临近时限，请抓紧办理")["steps"][-1]["note"]
        == "临近时限，请抓紧办理"
    )


def test_a_departments_file_its_faulty_rows_and_what_is_granted_without_application(stage, tmp_path):
    clerk = stage.person(CIVIL)
    path = tmp_path / "高龄津贴发放名册_2026年7月.xlsx"
    a_roster(stage.home, path)
    page = clerk.open("/console/feeds/civil_affairs")
    page.get_by_label("选文件").set_input_files(path)
    receipt = page.get_by_role("status").filter(has_text="已收到")
    receipt.get_by_text(re.compile("其中 2 行有误")).wait_for()
    with page.expect_download() as fetched:
        receipt.get_by_role("link", name=re.compile("^下载退回表")).click()
    assert fetched.value.suggested_filename == f"{path.stem} - 退回表.xlsx"
    fetched.value.save_as(tmp_path / "有误.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "有误.xlsx").active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["1946-13-40", "1946-13-40"], rows
    newest = clerk.ask("hub/deliveries", limit=1)["items"][0]
    assert (newest["file_name"], newest["bad_rows"]) == (path.name, 2)
    assert [one["column"] for one in newest["refused_columns"] if one["code"] != "left_out"] == [
        "是否重点人员"
    ]
    page.get_by_role("button", name=path.name).click()
    page.get_by_text(re.compile("^是否重点人员: 将人列为管控对象")).wait_for()
    page.get_by_label("选文件").set_input_files(path)
    page.get_by_text("这个文件已经送过").wait_for()
    assert clerk.ask("hub/deliveries", limit=1)["items"][0]["uid"] == newest["uid"]
    until(
        lambda: clerk.ask(f"hub/deliveries/{newest['uid']}")["state"] == "folded", "it is folded", seconds=60
    )
    confirms_a_batch(clerk)


def a_roster(home, path) -> None:
    """The next roster: some of the first don't get the allowance any longer, and two were born on a day that there isn't."""
    book = openpyxl.load_workbook(next((home / "town" / "files" / "civil_affairs").glob("*6月.xlsx")))
    sheet = book.active
    sheet["A2"] = str(sheet["A2"].value).replace("6月28日", "6月30日")
    named = {cell.value: cell.column for cell in sheet[4]}
    for row in range(5, 20):
        if sheet.cell(row, named["是否享受"]).value == "是":
            sheet.cell(row, named["是否享受"]).value = "否"
    for row in (30, 31):
        sheet.cell(row, named["出生年月日"]).value = "1946-13-40"
        sheet.cell(row, named["身份证号码"]).value = ""
    book.save(path)


def confirms_a_batch(clerk) -> None:
    """The list is opened (one look), one is left out, the others are granted at once."""
    asked = {"programme": "old_age_allowance", "limit": 40}
    waits = until(lambda: settled_list(clerk, asked), "some wait, and no more come", seconds=60)
    page = clerk.open("/console/programmes/old_age_allowance")
    page.get_by_text("打开名单会显示姓名和理由，并留下一次查看记录").wait_for()
    assert not any(one["name"] in page.content() for one in waits)
    page.get_by_role("button", name="打开名单").click()
    left_out, *others = waits
    page.get_by_role("checkbox", name=left_out["name"]).uncheck()
    page.get_by_role("button", name=f"确认 {len(others)} 人享受，并告知本人").click()
    until(lambda: len(confirmable(clerk.ask("services/to-confirm", **asked))) == 1, "all others are granted")
    for one in waits:
        state = clerk.ask(f"services/entitled/{one['uid']}")["state"]
        assert state == ("to_confirm" if one is left_out else "confirmed"), one
    page.get_by_role("link", name=re.compile(f"^已确认 {len(others)}|^已确认")).first.wait_for()


def settled_list(clerk, asked) -> list[dict]:
    """Whoever waits to be confirmed, when the screening behind the pages has come to its end; nobody before."""
    first = confirmable(clerk.ask("services/to-confirm", **asked))
    clerk.page.wait_for_timeout(1500)
    again = confirmable(clerk.ask("services/to-confirm", **asked))
    return again if len(first) == len(again) else []


def confirmable(page: dict) -> list[dict]:
    return [one for one in page["items"] if "confirm" in one["verbs"]]


def test_programmes_come_by_a_file_whose_faults_are_told_row_by_row(stage, tmp_path):
    officer = stage.person(OFFICER)
    good = stage.home / "town" / "city" / "programme_elderly_checkup.xlsx"
    book = openpyxl.load_workbook(good)
    named = {cell.value: cell.column for cell in book.active[1]}
    book.active.cell(2, named["conditions"]).value = "age >= 65\nreligion = yes"
    book.active.cell(2, named["mode"]).value = "by_pigeon"
    bad = tmp_path / "事项.xlsx"
    book.save(bad)
    page = officer.open("/console/programmes")
    with officer.watch.excusing("422"):
        page.get_by_label("选 Excel 文件").set_input_files(bad)
        faults = page.get_by_role("row").filter(has_text="第 2 行")
        faults.first.wait_for()
    told = faults.all_inner_texts()
    assert ["by_pigeon" in told[0], "religion" in told[1], len(told)] == [True, True, 2], told
    assert "elderly_checkup" not in {one["code"] for one in officer.ask("services/programmes")}
    page.get_by_label("选 Excel 文件").set_input_files(good)
    page.get_by_role("status").filter(has_text="elderly_checkup：新增").wait_for()
    assert "elderly_checkup" in {one["code"] for one in officer.ask("services/programmes")}
    page.get_by_role("link", name="65岁及以上老年人免费体检").wait_for()


def test_an_agreement_is_made_seen_by_everybody_and_ended(stage):
    officer, clerk, visitor = stage.person(OFFICER), stage.person(CIVIL), stage.person("visitor")
    page = officer.open("/console/agreements")
    page.get_by_role("button", name="新签协议").click()
    form = page.get_by_role("dialog", name="新签协议")
    form.get_by_role("combobox", name="部门", exact=True).select_option("民政局")
    form.get_by_label("用途").select_option("为老服务")
    form.get_by_label("文件依据").fill("宜民协〔2026〕7号")
    form.get_by_label("至", exact=True).fill("2027-06-30")
    for name in ("姓名", "出生日期"):
        form.get_by_role("checkbox", name=name, exact=True).check()
    form.get_by_role("button", name="登记协议，2 项数据元").click()
    form.wait_for(state="detached")
    made = next(one for one in clerk.ask("hub/agreements") if one["document"] == "宜民协〔2026〕7号")
    assert (made["in_force"], sorted(made["elements"]), made["to_on"]) == (
        True,
        ["birth_date", "name"],
        "2027-06-30",
    )
    clerk.open("/console/agreements").get_by_role("row").filter(has_text="宜民协〔2026〕7号").filter(
        has_text="协议有效"
    ).wait_for()
    visitor.open("/portal/register?section=agreements").get_by_text("宜民协〔2026〕7号").first.wait_for()
    officer.settled()
    page.get_by_role("row").filter(has_text="宜民协〔2026〕7号").get_by_role(
        "button", name="提前结束…"
    ).click()
    page.get_by_role("button", name="结束协议，立即停止收发").click()
    until(
        lambda: not next(one for one in clerk.ask("hub/agreements") if one["uid"] == made["uid"])["in_force"],
        "it is ended",
    )
    clerk.open("/console/agreements").get_by_role("row").filter(has_text="宜民协〔2026〕7号").filter(
        has_text="已失效"
    ).wait_for()


def test_a_post_is_given_ended_and_given_back(stage):
    administrator, officer = stage.person(ADMINISTRATOR), stage.person(OFFICER)
    page = administrator.open("/console/users?text=data_officer")
    page.get_by_role("button", name="加岗位 data_officer_1").click()
    form = page.get_by_role("dialog")
    form.get_by_label("岗位").select_option("部门经办")
    form.get_by_label("责任部门").select_option("教育局")
    form.get_by_role("button", name="授予岗位，现在生效").click()
    form.wait_for(state="detached")
    assert [(one["role"], one["department"]) for one in officer.ask("access/me")["grants"]] == [
        ("data_officer", ""),
        ("department_clerk", "education"),
    ]
    officer.open("/console/").get_by_role("link", name="数据回流").wait_for()
    administrator.settled()
    row = page.get_by_role("row").filter(has_text="data_officer_1")
    row.get_by_role("paragraph").filter(has_text="部门经办").get_by_role("button", name="结束").click()
    until(lambda: len(officer.ask("access/me")["grants"]) == 1, "the post is ended")
    assert not officer.open("/console/").get_by_role("link", name="数据回流").count()
    page.get_by_role("button", name=re.compile("^重新授予")).click()
    until(lambda: len(officer.ask("access/me")["grants"]) == 2, "it is given back")
    administrator.settled()
    row.get_by_role("paragraph").filter(has_text="部门经办").get_by_role("button", name="结束").click()
    until(lambda: len(officer.ask("access/me")["grants"]) == 1, "the post is ended again")


def test_a_matter_is_admitted_changed_and_public(stage):
    organiser, visitor = stage.person(ORGANISER), stage.person("visitor")
    page = organiser.open("/console/admissions")
    page.get_by_role("button", name="新增事项").click()
    form = page.get_by_role("dialog")
    for label, text in {
        "名称": "重点人员走访",
        "英文名称": "Gas safety at home",
        "代码": "gas_check",
        "依据": "宜府办〔2026〕21号",
        "经费": "燃气公司",
    }.items():
        form.get_by_label(label, exact=True).fill(text)
    form.get_by_label("责任部门").select_option("燃气公司")
    form.get_by_label("每次几分钟").fill("15")
    with organiser.watch.excusing("422"):
        form.get_by_role("button", name="列入清单，向全体居民公示").click()
        form.get_by_role("alert").wait_for()
    assert "gas_check" not in [one["code"] for one in visitor.ask("todos/admissions")]
    form.get_by_label("名称", exact=True).fill("燃气安全入户检查")
    form.get_by_role("button", name="列入清单，向全体居民公示").click()
    form.wait_for(state="detached")
    visitor.open("/portal/register?section=admissions").get_by_text("燃气安全入户检查").first.wait_for()
    organiser.settled()
    page.get_by_role("button", name="更改 燃气安全入户检查").click()
    form.get_by_label("每次几分钟").fill("20")
    form.get_by_role("button", name="列入清单，向全体居民公示").click()
    form.wait_for(state="detached")
    assert next(one for one in visitor.ask("todos/admissions") if one["code"] == "gas_check")["minutes"] == 20


@pytest.mark.parametrize("language", LANGUAGES)
class TestKeys:
    """Every key of the sheet (`?`) does what the sheet says, in both languages; none is missing from it."""

    def test_at_a_desk_with_a_case_beside_the_list(self, stage, language):
        """The acts' keys open what they ask for; the main one is under Enter."""
        chief = stage.person(CHIEF, language=language)
        page = chief.open("/console/cases?queue=to_file")
        leads_on(page, "", "/console/cases/")
        chief.settled()
        case = chief.ask(f"cases/{page.url.split('?')[0].rsplit('/', 1)[1]}")
        words = sheet(page)
        assert set(words) == EVERYWHERE | {"j", "k", "x", "q", "Enter", "f", "r", "m", "e"}
        in_its_language(words, language)
        moves(page)
        chief.settled()
        selects(page)
        chief.settled()
        filters(page)
        searches_and_leaves(page)
        page.keyboard.press("Enter")
        until(
            lambda: page.locator(".acts .main").evaluate("(one) => one === document.activeElement"),
            "Enter goes to the main act",
        )
        page.evaluate("() => document.activeElement.blur()")
        named = {one["verb"]: one["zh" if language == "zh-Hans" else "en"] for one in case["acts"]}
        for key, verb in (("r", "reject"), ("m", "merge"), ("e", "edit")):
            page.keyboard.press(key)
            form = page.get_by_role("form", name=named[verb], exact=True)
            form.wait_for()
            page.keyboard.press("Escape")
            form.wait_for(state="detached")
        page.keyboard.press("f")
        chief.settled()
        if page.locator("form.form").count():
            page.locator("form.form [type=submit]").focus()
            page.keyboard.press("Control+Enter")
        until(lambda: chief.ask(f"cases/{case['uid']}")["state"] == "to_dispatch", "f files")
        chief.settled()

    def test_at_a_departments_table(self, stage, language):
        """What can be signed for is selected by one key, signed for by another; Enter opens, Escape comes back."""
        clerk, dispatcher = (
            stage.person(WATER, language=language),
            stage.person(DISPATCHER),
        )
        case = dispatcher.ask("cases/", state="to_dispatch", order="urgent")["items"][0]
        dispatcher.post(f"cases/{case['uid']}/dispatch", {"version": case["version"], "department": "water"})
        page = clerk.open("/console/cases")
        page.keyboard.press("j")
        words = sheet(page)
        assert set(words) == EVERYWHERE | {"j", "k", "x", "q", "Enter", "A"}
        in_its_language(words, language)
        selects(page)
        filters(page)
        searches_and_leaves(page)
        page.keyboard.press("Enter")
        leads_on(page, "", "/console/cases/")
        clerk.settled()
        case_page = page.url
        page.keyboard.press("Escape")
        leads_on(page, case_page, "/console/cases")
        clerk.settled()
        page.keyboard.press("A")
        until(lambda: "s" in sheet(page), "what is selected can be signed for")
        page.keyboard.press("s")
        until(lambda: clerk.ask(f"cases/{case['uid']}")["state"] == "handling", "s signs")
        clerk.settled()
