"""The three most frequent acts of each role, done by hand and counted: none costs more than `docs/acts.md` says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest
from costing import LISTEN, WRITES, Cost, Walk, table, write
from desks import step, waiting
from PIL import Image
from playwright.sync_api import expect
from waiting import until

pytestmark = pytest.mark.slow
measured: dict[tuple[str, str], tuple[str, Cost]] = {}


@dataclass(frozen=True)
class Act:
    """``do`` walks it and says afterwards, as the API has it, whether it is done. ``at`` is where the role begins."""

    account: str
    role: str
    name: str
    how: str
    do: Callable[..., Callable[[], object]]
    at: str = "/console/"


# Supervision and command: the case that stands open first, or the first of a queue.


def queue(walk: Walk, name: str) -> str:
    """The queue's link, and the case that then stands open."""
    walk.click(
        walk.page.get_by_role("navigation", name="全部案件").get_by_role("link", name=re.compile(f"^{name}"))
    )
    return first(walk)


def first(walk: Walk) -> str:
    walk.page.wait_for_url(re.compile("/console/cases/.+"))
    walk.page.get_by_role("region", name="可以做的").wait_for()
    return walk.page.url.split("?")[0].rsplit("/", 1)[1]


def state(walk: Walk, case: str, wanted: str) -> Callable[[], object]:
    return lambda: walk.person.ask(f"cases/{case}")["state"] == wanted


def sends(walk: Walk, *, phrase: str = "", into: str = "") -> None:
    """What the form asks for: a template, another case; then Ctrl Enter."""
    form = walk.page.get_by_role("region", name="可以做的").get_by_role("form")
    form.wait_for()
    if phrase:
        walk.click(form.get_by_role("group", name="常用语").get_by_role("button", name=phrase))
    if into:
        walk.click(form.get_by_role("radio", name=re.compile(into)))
    expect(form.locator("[type=submit]")).to_be_enabled()
    expect(form.locator(":focus")).to_have_count(1)
    walk.press("Control+Enter")


def accepts(walk: Walk, stage):
    case = first(walk)
    before = walk.person.ask(f"cases/{case}")["state"]
    walk.press("a")
    # A resident's report goes to be verified, a worker's own to be filed.
    return lambda: (
        before == "to_accept" and walk.person.ask(f"cases/{case}")["state"] in ("to_verify", "to_file")
    )


def rejects(walk: Walk, stage):
    case = first(walk)
    walk.press("r")
    sends(walk, phrase="同一问题已经上报，正在处理")
    return state(walk, case, "rejected")


def merges(walk: Walk, stage):
    case = first(walk)
    walk.press("m")
    sends(walk, into="相距")
    return state(walk, case, "merged")


def files(walk: Walk, stage):
    case = queue(walk, "待立案")
    # Of a class with one filing rule there is nothing to choose: the key does it.
    walk.press("f")
    return state(walk, case, "to_dispatch")


def closes(walk: Walk, stage):
    case = queue(walk, "待结案")
    walk.press("c")
    return state(walk, case, "closed")


def grants(walk: Walk, stage):
    case = queue(walk, "申请待批")
    walk.press("y")
    sends(walk)
    return lambda: not walk.person.ask(f"cases/{case}")["asked"]


def dispatches(walk: Walk, stage):
    case = queue(walk, "待派遣")
    walk.press("d")
    sends(walk)
    return state(walk, case, "to_sign")


def forwards(walk: Walk, stage):
    case = queue(walk, "待批转")
    walk.press("w")
    return state(walk, case, "to_check")


def sends_back(walk: Walk, stage):
    case = queue(walk, "待批转")
    walk.press("t")
    sends(walk, phrase="缺处置后照片")
    return state(walk, case, "handling")


# A department and its crew: the table by due time.


def signs_for_all(walk: Walk, stage):
    cases = [one["uid"] for one in waiting(walk.person, "to_sign")]
    walk.press("A")
    walk.page.get_by_role("button", name=re.compile("^签收")).wait_for()
    walk.press("s")
    return lambda: len(cases) > 1 and not waiting(walk.person, "to_sign")


def opens_first(walk: Walk) -> str:
    # Enter opens the first line, the most urgent, where none is pointed at.
    walk.page.locator("tbody tr:not(.head)").first.wait_for()
    walk.press("Enter")
    return first(walk)


def feeds_back(walk: Walk, stage):
    case = opens_first(walk)
    walk.press("b")
    sends(walk, phrase="已修复，恢复正常")
    return state(walk, case, "to_forward")


def notes_progress(walk: Walk, stage):
    case = opens_first(walk)
    before = len(walk.person.ask(f"cases/{case}")["steps"])
    walk.press("h")
    sends(walk, phrase="班组已到现场")
    return lambda: len(walk.person.ask(f"cases/{case}")["steps"]) == before + 1


def asks_for_time(walk: Walk, stage):
    case = opens_first(walk)
    walk.click(walk.page.get_by_role("region", name="可以做的").get_by_role("button", name="更多"))
    walk.click(walk.page.get_by_role("menuitem", name=re.compile("^申请延期")))
    amount = walk.page.get_by_label("延长多少")
    # What the field itself gives as its example is in the unit of the case's limit.
    walk.types(amount, (amount.get_attribute("placeholder") or "").removeprefix("例如 "))
    sends(walk, phrase="等待材料到货")
    return lambda: walk.person.ask(f"cases/{case}")["asked"]


def another_file(stage):
    """A roster that nobody delivered yet: May's, saved anew without its last line."""
    given = next((stage.home / "town" / "files" / "civil_affairs").glob("*5月.xlsx"))
    book = openpyxl.load_workbook(given)
    book.active.delete_rows(book.active.max_row)
    path = stage.home.parent / "again" / given.name
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


def delivers(walk: Walk, stage):
    path = another_file(stage)
    before = walk.person.ask("hub/deliveries", limit=1)["total"]
    walk.click(walk.page.get_by_role("link", name="数据来源"))
    walk.click(walk.page.get_by_role("link", name=re.compile("高龄津贴发放名册")))
    walk.page.get_by_label("选文件").set_input_files(path)

    def arrived() -> bool:
        held = walk.person.ask("hub/deliveries", limit=1)
        return held["total"] == before + 1 and held["items"][0]["file_name"] == path.name

    return arrived


# The desks with one of a kind.


def decides(key: str, answer: str) -> Callable[[Walk, object], Callable[[], object]]:
    def do(walk: Walk, stage):
        walk.click(walk.page.get_by_role("link", name=re.compile("^复核疑似同一人")))
        walk.page.wait_for_url(re.compile("pair="))
        walk.person.settled()
        pair = walk.page.url.split("pair=")[1]
        walk.press(key)
        return lambda: walk.person.ask(f"hub/pairs/{pair}")["state"] == answer

    return do


def reads_a_receipt(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name=re.compile("持证残疾人")))
    walk.click(walk.page.get_by_role("button", name=re.compile(r"\.csv|\.xlsx|\.xls")))
    return lambda: walk.page.get_by_text("文件指纹").count()


def plans(walk: Walk, stage):
    walk.click(walk.page.get_by_role("button", name="新编方案"))
    form = walk.page.get_by_role("dialog", name="新编方案")
    walk.types(form.get_by_label("名称"), "秋季调整")
    walk.types(form.get_by_label("范围"), "420502")
    walk.press("Tab")
    expect(form.locator("[type=submit]")).to_be_enabled()
    walk.press("Enter")
    walk.page.wait_for_url(re.compile("/console/planning/.+"), timeout=60_000)
    return lambda: any(one["name"] == "秋季调整" for one in walk.person.ask("planning/scenarios")["items"])


def looks_at_a_grid(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="秋季调整"))
    walk.page.locator("g.grid").first.wait_for()
    walk.click(walk.page.locator("g.grid"))
    return lambda: walk.page.locator(".chosen").count()


def withdraws(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="秋季调整"))
    walk.click(walk.page.get_by_role("button", name="撤回方案"))
    return lambda: walk.person.ask("planning/scenarios", state="withdrawn")["total"] == 1


def admits(walk: Walk, stage):
    walk.click(walk.page.get_by_role("button", name="新增事项"))
    form = walk.page.get_by_role("dialog")
    for label, text in {
        "名称": "燃气安全检查",
        "英文名称": "Gas safety",
        "代码": "gas",
        "依据": "宜府办〔2026〕21号",
    }.items():
        walk.types(form.get_by_label(label, exact=True), text)
    form.get_by_label("责任部门").select_option("燃气公司")
    walk.press("Enter")
    return lambda: any(one["code"] == "gas" for one in walk.person.ask("todos/admissions"))


def changes_minutes(walk: Walk, stage):
    walk.click(
        walk.page.get_by_role("row")
        .filter(has_text="独居老人")
        .get_by_role("button", name=re.compile("^更改"))
    )
    walk.types(walk.page.get_by_label("每次几分钟"), "30")
    walk.press("Enter")
    return lambda: any(
        "独居老人" in one["name_zh"] and one["minutes"] == 30 for one in walk.person.ask("todos/admissions")
    )


def reads_rates(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="评价", exact=True))
    walk.click(walk.page.get_by_role("button", name="上月"))
    return lambda: "period=last_month" in walk.page.url and walk.page.get_by_text("全部部门").count()


def finds_somebody(walk: Walk) -> None:
    walk.types(walk.page.get_by_role("searchbox", name="搜姓名"), "data_officer")
    walk.press("Enter")
    walk.person.settled()


def posts(walk: Walk) -> list[str]:
    found = next(
        one
        for one in walk.person.ask("access/users", search="data_officer_1")["items"]
        if one["username"] == "data_officer_1"
    )
    return [one["role"] for one in found["grants"]]


def gives_a_post(walk: Walk, stage):
    finds_somebody(walk)
    walk.click(walk.page.get_by_role("button", name="加岗位 data_officer_1"))
    form = walk.page.get_by_role("dialog")
    form.get_by_label("岗位").select_option("规划员")
    walk.click(form.get_by_role("button", name="授予岗位，现在生效"))
    return lambda: posts(walk) == ["data_officer", "planner"]


def ends_a_post(walk: Walk, stage):
    finds_somebody(walk)
    held = (
        walk.page.get_by_role("row")
        .filter(has_text="data_officer_1")
        .get_by_role("paragraph")
        .filter(has_text="规划员")
    )
    walk.click(held.get_by_role("button", name="结束"))
    return lambda: posts(walk) == ["data_officer"]


def sees_whats_missing(walk: Walk, stage):
    return lambda: walk.page.get_by_role("heading", name="开通清单").count()


def opens_a_figure(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name=re.compile("^超时 .*清单")))
    walk.page.get_by_role("region", name="案件列表").wait_for()
    return lambda: "/console/cases" in walk.page.url


def drills(walk: Walk, stage):
    walk.page.get_by_role("combobox", name="查看下级").select_option(index=1)
    return lambda: "area=" in walk.page.url


def another_month(walk: Walk, stage):
    walk.click(walk.page.get_by_role("button", name="上月"))
    return lambda: "period=last_month" in walk.page.url


# The grid lead.


def opens_whats_late(walk: Walk, stage):
    walk.click(walk.page.get_by_role("main").get_by_role("link", name=re.compile("^超时")))
    return lambda: walk.page.url.endswith("/console/todos?overdue=true")


def opens_a_case(walk: Walk, stage):
    walk.click(walk.page.locator('main a[href^="/console/cases/"]'))
    first(walk)
    return lambda: walk.page.get_by_role("heading", name=re.compile("经过")).count()


def finds_a_stand_in(walk: Walk, stage):
    walk.click(walk.page.get_by_role("button", name="找人代班"))
    walk.click(walk.page.get_by_role("dialog").get_by_role("radio"))
    walk.click(walk.page.get_by_role("button", name=re.compile("^安排代班至")))

    def stands_in() -> bool:
        roster = walk.person.ask("workforce/roster", limit=100)["items"]
        return any(duty["kind"] == "substitute" for one in roster for duty in one["duties"])

    return stands_in


# The worker on the phone.


def ends_the_first_matter(walk: Walk, stage):
    before = walk.person.ask("todos/counts")["open"]
    walk.click(walk.page.get_by_role("link", name="到门口了，开始办"))
    card = walk.page.locator("article.current")
    card.wait_for()
    for group in card.get_by_role("group").all():
        walk.click(group.get_by_role("button", name="是", exact=True))
    walk.click(card.locator("button.big"))
    return lambda: walk.person.ask("todos/counts")["open"] == before - 1


def reported(stage) -> int:
    """How many cases there are, as the duty chief's list has it."""
    return int(stage.person("duty_chief_1").ask("cases/", limit=1)["total"])


def reports(walk: Walk, stage):
    before = reported(stage)
    walk.click(walk.page.get_by_role("link", name="上报"))
    walk.page.get_by_label("拍照").set_input_files(stage.home.parent / "photo.jpg")
    walk.click(walk.page.get_by_role("button", name="公用设施"))
    walk.click(walk.page.get_by_role("button", name="上水井盖"))
    walk.click(walk.page.get_by_role("button", name=re.compile("^存|^提交|^记下|保存")))
    return lambda: reported(stage) == before + 1


def facts(walk: Walk) -> int:
    """How much is to be confirmed in the worker's grids, as the bundle that the phone is given has it."""
    grids = walk.person.ask("workforce/my-grids")
    people = [one for grid in grids for one in walk.person.ask(f"field/bundle/{grid}")["held"]["people"]]
    return sum(len({*one["ask"], *one["unconfirmed"]}) for one in people)


def confirms_a_fact(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="住户"))
    walk.click(walk.page.get_by_role("button", name="只看要确认的"))
    walk.click(walk.page.get_by_role("listitem").get_by_role("link"))
    button = walk.page.get_by_role("button", name=re.compile("^(确认|住在这里)"))
    button.first.wait_for()
    before = facts(walk)
    walk.click(button)
    return lambda: facts(walk) < before


# Residents.


def reads_who_looked(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name=re.compile("^谁查过我的信息")))
    return lambda: walk.page.get_by_role("heading", name="谁查过我的信息").count()


def asks_for_a_visit(walk: Walk, stage):
    before = len(walk.person.ask("residents/visits"))
    walk.click(walk.page.get_by_role("link", name="预约上门"))
    walk.types(walk.page.get_by_label("是什么事？"), "高龄津贴怎么办")
    walk.click(walk.page.get_by_role("button", name=re.compile("^预约，")))
    return lambda: len(walk.person.ask("residents/visits")) == before + 1


def reads_own_data(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="我的信息"))
    return lambda: walk.page.get_by_text("打开这一页会记一行").count()


def a_resident_reports(walk: Walk, stage):
    before = reported(stage)
    walk.click(walk.page.get_by_role("link", name="反映问题"))
    walk.page.get_by_label("拍照").set_input_files(stage.home.parent / "photo.jpg")
    walk.click(walk.page.get_by_role("button", name="就是这里"))
    walk.click(walk.page.get_by_role("button", name="提交"))
    return lambda: walk.page.get_by_role("heading", name="已收到").count() and reported(stage) == before + 1


def tracks(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="查进度"))
    walk.click(
        walk.page.get_by_role("main").get_by_role("link").filter(has_text=re.compile(r"\d{4}-\d{4}-\d{4}"))
    )
    return lambda: "/portal/" in walk.page.url and walk.page.get_by_role("heading", name="经过").count()


def searches_the_register(walk: Walk, stage):
    walk.click(walk.page.get_by_role("link", name="数据使用公示"))
    walk.types(walk.page.get_by_role("searchbox"), "电话")
    return lambda: walk.page.get_by_role("article").count()


WATER, LEAD, CIVIL = "department_clerk_water", "grid_lead_1", "department_clerk_civil_affairs"
ACTS = (
    Act("grid_worker_1", "grid worker", "end a matter at the next door", "到门口了，开始办 → the outcome", ends_the_first_matter, "/phone/"),
    Act("grid_worker_1", "grid worker", "report what she sees", "上报 → 拍照 → class → 存", reports, "/phone/"),
    Act("grid_worker_1", "grid worker", "confirm a fact at a household", "住户 → 只看要确认的 → the home → 住在这里 or 确认", confirms_a_fact, "/phone/"),
    Act(LEAD, "grid lead", "see what is overdue", "超时", opens_whats_late),
    Act(LEAD, "grid lead", "see where a case stands", "the case's name", opens_a_case),
    Act(LEAD, "grid lead", "find somebody to stand in", "找人代班 → a name → 安排代班至…", finds_a_stand_in),
    Act("acceptor_1", "acceptor", "accept the first report", "`a` 受理", accepts),
    Act("acceptor_1", "acceptor", "reject one, with the reason", "`r` 不予受理 → a template → `Ctrl Enter`", rejects),
    Act("acceptor_1", "acceptor", "merge one into another", "`m` 并案 → the case close by → `Ctrl Enter`", merges),
    Act("duty_chief_1", "duty chief", "file a case", "待立案 → `f` 立案", files),
    Act("duty_chief_1", "duty chief", "close a case", "待结案 → `c` 结案", closes),
    Act("duty_chief_1", "duty chief", "grant more time", "申请待批 → `y` 同意延期 → `Ctrl Enter`", grants),
    Act("dispatcher_1", "dispatcher", "dispatch as proposed", "待派遣 → `d` 派遣 → `Ctrl Enter`", dispatches),
    Act("dispatcher_1", "dispatcher", "forward what is handled", "待批转 → `w` 批转", forwards),
    Act("dispatcher_1", "dispatcher", "send it back", "待批转 → `t` 退回补办 → a template → `Ctrl Enter`", sends_back),
    Act(WATER, "department clerk", "sign for all that came", "`A` → `s` 签收", signs_for_all),
    Act(WATER, "department clerk", "ask for more time", "`Enter` → 更多 → 申请延期 → how long, a template → `Ctrl Enter`", asks_for_time),
    Act(CIVIL, "department clerk", "deliver a file", "数据来源 → the feed → 选文件", delivers),
    Act("crew_water", "crew", "note that it is on site", "`Enter` → `h` 处置 → a template → `Ctrl Enter`", notes_progress),
    Act("crew_water", "crew", "say that it is done", "`Enter` → `b` 处理反馈 → a template → `Ctrl Enter`", feeds_back),
    Act("data_officer_1", "data officer", "two records are one person", "复核疑似同一人 → `y`", decides("y", "same")),
    Act("data_officer_1", "data officer", "have it asked at the door", "复核疑似同一人 → `v`", decides("v", "at_the_door")),
    Act("data_officer_1", "data officer", "read a receipt", "the feed → the file", reads_a_receipt),
    Act("planner_1", "planner", "make a scenario", "新编方案 → name, area → `Tab` `Enter`", plans),
    Act("planner_1", "planner", "look at a grid of it", "the scenario → the grid", looks_at_a_grid),
    Act("planner_1", "planner", "withdraw it", "the scenario → 撤回方案", withdraws),
    Act("organiser_1", "organiser", "put a matter on the list", "新增事项 → what, on what basis, whose → `Enter`", admits),
    Act("organiser_1", "organiser", "change its minutes", "更改 → minutes → `Enter`", changes_minutes),
    Act("organiser_1", "organiser", "read last month's rates", "评价 → 上月", reads_rates),
    Act("administrator_1", "administrator", "give somebody a post", "搜姓名 → 加岗位 → the post → 授予岗位", gives_a_post),
    Act("administrator_1", "administrator", "end a post", "搜姓名 → 结束", ends_a_post),
    Act("administrator_1", "administrator", "see what the city lacks", "开通清单 stands first", sees_whats_missing),
    Act("leader_1", "leader", "open what is behind a figure", "the figure", opens_a_figure),
    Act("leader_1", "leader", "look into one community", "查看下级… → the community", drills),
    Act("leader_1", "leader", "compare with last month", "上月", another_month),
    Act("resident_1", "resident", "see who looked", "谁查过我的信息", reads_who_looked, "/portal/"),
    Act("resident_1", "resident", "ask the worker to come", "预约上门 → what for → 预约", asks_for_a_visit, "/portal/"),
    Act("resident_1", "resident", "see what is held", "我的信息", reads_own_data, "/portal/"),
    Act("visitor", "visitor", "report a problem", "反映问题 → 拍照 → 就是这里 → 提交", a_resident_reports, "/portal/"),
    Act("visitor", "visitor", "see how it stands", "查进度 → the report", tracks, "/portal/"),
    Act("visitor", "visitor", "search the public register", "数据使用公示 → a word", searches_the_register, "/portal/"),
)  # fmt: skip
ROLES = tuple(dict.fromkeys(one.role for one in ACTS))


@pytest.fixture(scope="module")
def set_up(stage):
    """What some acts begin from: cases in the water department's hands, one that asks for more time, a photo to take.

    Gives the position at which everybody stands: at a building in the worker's grid.
    """
    Image.effect_noise((400, 300), 60).convert("RGB").save(stage.home.parent / "photo.jpg", "JPEG")
    dispatcher, water, crew = stage.person("dispatcher_1"), stage.person(WATER), stage.person("crew_water")
    chief = stage.person("duty_chief_1")
    for one in waiting(chief, "to_file")[:3]:
        step(chief, one["uid"], "file", rule=1)
    cases = [one["uid"] for one in waiting(dispatcher, "to_dispatch")[:5]]
    for case in cases:
        step(dispatcher, case, "dispatch", department="water")
    who = water.ask("cases/crews")[0]["actor"]
    for case in cases[:3]:
        step(water, case, "sign")
        step(water, case, "assign", crew=who)
    step(crew, cases[0], "apply", kind="extend", amount="2 工作时", reason="等料")
    found = stage.person("grid_worker_1").ask("areas/buildings", limit=50)["items"]
    place = next(one for one in found if one["households"])
    return {"latitude": place["lat"], "longitude": place["lon"], "accuracy": 8}


@pytest.mark.parametrize("role", ROLES)
def test_what_acts_cost(stage, set_up, role):
    faults = []
    for one in (one for one in ACTS if one.role == role):
        cost = done(stage, one, set_up)
        measured[role, one.name] = (one.how, cost)
        _, most = table().get((role, one.name), ("", None))
        if not WRITES and (most is None or cost.above(most)):
            faults.append(f"{one.name}: {cost}, and docs/acts.md says {most}")
    assert not faults, "\n".join(faults)


def done(stage, one: Act, set_up) -> Cost:
    """Do it, wait until it is done, and count."""
    person = stage.person(one.account)
    if one.account not in listening:
        person.context.add_init_script(LISTEN)
        person.context.grant_permissions(["geolocation"])
        person.context.set_geolocation(set_up)
        listening.add(one.account)
    walk = Walk(person)
    walk.begins(one.at)
    if one.at == "/phone/":
        person.page.get_by_role("link", name=re.compile("已同步")).wait_for()
    is_done = one.do(walk, stage)
    until(lambda: person.page.evaluate("1") and is_done(), f"{one.role}: {one.name}", seconds=20)
    person.settled()
    return walk.ended()


listening: set[str] = set()


def test_the_page_has_these_acts_and_no_others(stage):
    """Runs after those above; writes the table where that is asked for."""
    if len({role for role, _ in measured}) < len(ROLES):
        pytest.skip("only some roles were asked for")
    if WRITES:
        write(measured)
    assert list(table()) == list(measured)
    stage.no_faults()
