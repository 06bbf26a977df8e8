"""The second story on screens: a department's file becomes a visit, settled on a phone without a network, and the resident sees
it. Twin of `tests/flows/test_department_file.py`; and two phones at one household.

What has no page yet is done through the API, as whoever does it: the code that the worker gives the resident.
"""

from __future__ import annotations

import re

import openpyxl
import pytest
from waiting import until
from walking import to_the_door

pytestmark = pytest.mark.slow
WORKER, CLERK = "grid_worker_1", "department_clerk_civil_affairs"
PASSWORD = "kanyanshu-2026"


@pytest.fixture(scope="module")
def roster(stage, tmp_path_factory):
    """The next roster of the old-age allowance: the first twenty on it get it no longer."""
    held = next((stage.home / "town" / "files" / "civil_affairs").glob("*6月.xlsx"))
    book = openpyxl.load_workbook(held)
    sheet = book.active
    sheet["A2"] = str(sheet["A2"].value).replace("6月28日", "6月30日")
    receiving = next(cell.column for cell in sheet[4] if cell.value == "是否享受")
    for row in range(5, 25):
        sheet.cell(row, receiving).value = "否"
    path = tmp_path_factory.mktemp("roster") / "高龄津贴发放名册_2026年7月.xlsx"
    book.save(path)
    return path


def test_from_the_spreadsheet_to_the_door_and_back(stage, roster, tmp_path):
    before = {one["uid"] for one in offers(stage)}
    back_before = heard(stage)
    receipt = delivers(stage, roster)
    until(
        lambda: stage.person(CLERK).ask(f"hub/deliveries/{receipt['uid']}")["state"] == "folded",
        "the file is folded",
        seconds=60,
    )
    todo = until(
        lambda: next((one for one in offers(stage) if one["uid"] not in before), None),
        "a visit is pushed",
        seconds=60,
    )
    settled_without_a_network(stage, todo, tmp_path / "phone")
    the_department_hears_it(stage, back_before)
    the_resident_sees_it(stage, todo)
    stage.no_faults()


def delivers(stage, roster) -> dict:
    """The clerk gives the file to the page of the feed; its receipt appears below."""
    clerk = stage.person(CLERK)
    page = clerk.open("/console/feeds/civil_affairs")
    page.get_by_label("选文件").set_input_files(roster)
    page.get_by_text(roster.name).first.wait_for()
    found = until(
        lambda: [
            one for one in clerk.ask("hub/deliveries", limit=5)["items"] if one["file_name"] == roster.name
        ],
        "the file is received",
    )
    return found[0]


def heard(stage) -> int:
    """How many outcomes came back to the department."""
    return int(stage.person(CLERK).ask("hub/return", kind="outcome", limit=1)["total"])


def the_department_hears_it(stage, before: int) -> None:
    """Its return feed has one outcome more, and its page says so."""
    until(lambda: heard(stage) == before + 1, "the department hears the outcome")
    newest = stage.person(CLERK).ask("hub/return", kind="outcome", limit=1)["items"][0]
    assert (newest["programme"], newest["outcome"]) == ("old_age_allowance", "settled")
    page = stage.person(CLERK).open("/console/return")
    page.get_by_role("row").filter(has_text="高龄津贴").filter(has_text="已办结").first.wait_for()


def offers(stage) -> list[dict]:
    """What departments ask for at the worker's doors."""
    return stage.person(WORKER).ask("todos/", origin="services", limit=200)["items"]


def settled_without_a_network(stage, todo, folder) -> None:
    """The phone is filled, loses the network, is killed twice, and tells the server when it is back."""
    server = stage.person(WORKER)
    with stage.device(WORKER, folder) as phone:
        phone.open("/phone/today")
        phone.page.get_by_role("link", name=re.compile("已同步")).wait_for()
        phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    with stage.device(WORKER, folder) as phone, phone.watch.without_a_network():
        phone.context.set_offline(True)
        page = phone.open("/phone/today")
        page.get_by_role("link", name=re.compile("没有网络")).wait_for()
        to_the_door(page, todo)
        ending = next(one["zh"] for one in todo["outcomes"] if one["code"] == "settled")
        page.get_by_role("main").get_by_role(
            "button", name=re.compile("^(查看|显示)")
        ).first.click()  # a look: she reads of it below
        answer_what_is_asked(page)
        page.get_by_role("button", name=ending, exact=True).click()
        page.get_by_role("link", name=re.compile("未传 2 条")).wait_for()
    assert server.ask(f"todos/{todo['uid']}")["state"] == "open"
    with stage.device(WORKER, folder) as phone, phone.watch.without_a_network():
        phone.context.set_offline(True)
        page = phone.open("/phone/outbox")
        page.get_by_role("heading", name="未传 2").wait_for()
    with stage.device(WORKER, folder) as phone:
        phone.open("/phone/today")
        until(
            lambda: server.ask(f"todos/{todo['uid']}")["state"] == "settled", "the outcome reaches the server"
        )
        phone.page.get_by_role("link", name=re.compile("已同步")).wait_for()
        phone.open("/phone/outbox").get_by_text("都传上去了").first.wait_for()


def answer_what_is_asked(page) -> None:
    """Whatever must be asked at this door is answered with yes, or filled in."""
    for group in page.get_by_role("group").all():
        if group.get_by_role("button", name="是", exact=True).count():
            group.get_by_role("button", name="是", exact=True).click()


def the_resident_sees_it(stage, todo) -> None:
    """She makes an account, binds herself with the worker's code, and finds what was done and who looked."""
    given = stage.person(WORKER).post("residents/invitations", {"person": todo["subject"]})
    resident = stage.person("visitor")
    page = resident.open("/portal/sign-in")
    page.get_by_role("button", name="还没有账号？注册一个").click()
    page.get_by_label("用户名").fill("resident_of_the_twin")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="注册", exact=True).click()
    resident.settled()
    page = resident.open("/portal/bind")
    page.get_by_role("textbox", name="验证码").fill(given["code"])
    page.get_by_role("button", name="绑定", exact=True).click()
    resident.settled()
    page = resident.open("/portal/services")
    page.get_by_text("高龄津贴").first.wait_for()
    page.get_by_text("已办结").first.wait_for()
    page = resident.open("/portal/visits")
    page.get_by_text("已办结").first.wait_for()
    page = resident.open("/portal/looks")
    page.get_by_text("网格员").first.wait_for()


def test_two_phones_at_one_household(stage, tmp_path):
    """One is away when both correct the same thing: afterwards both show what the server has, and nothing was lost."""
    server = stage.person(WORKER)
    household = a_stale_household(server)
    with (
        stage.device(WORKER, tmp_path / "first") as first,
        stage.device(WORKER, tmp_path / "second") as second,
    ):
        for phone in (first, second):
            phone.open("/phone/today")
            phone.page.get_by_role("link", name=re.compile("已同步")).wait_for()
            phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        with first.watch.without_a_network():
            first.context.set_offline(True)
            corrects(first, household, "13900000001")
            first.page.get_by_role("link", name=re.compile("未传 1 条")).wait_for()
            corrects(second, household, "13900000002")
            until(lambda: held_by(server, household) == "139****0002", "the second phone sends")
            first.context.set_offline(False)
            first.open("/phone/outbox")
            first.page.get_by_text("都传上去了").first.wait_for(timeout=40_000)
        # Which of the two stands is the registry's to say: the one that was seen later. Both phones show that one.
        masked = held_by(server, household)
        assert masked in ("139****0001", "139****0002")
        for phone in (first, second):
            phone.open("/phone/outbox").get_by_role("button", name="现在同步").click()
            phone.settled()
            phone.open(f"/phone/households/{household['dwelling']}").get_by_text(masked).first.wait_for()
    stage.no_faults()


def a_stale_household(server) -> dict:
    """A dwelling in which one person lives, whose telephone is to be confirmed."""
    for grid in server.ask("workforce/my-grids"):
        held = server.ask(f"field/bundle/{grid}")["held"]
        at = {}
        for one in held["relations"]:
            at.setdefault(one["dwelling"], set()).add(one["person"])
        stale = {one["uid"] for one in held["people"] if "phone" in (*one["unconfirmed"], *one["ask"])}
        for dwelling, people in at.items():
            if len(people) == 1 and people <= stale:
                return {"grid": grid, "dwelling": dwelling, "person": next(iter(people))}
    raise AssertionError("no telephone is to be confirmed anywhere")


def corrects(phone, household, number: str) -> None:
    """At the household, another telephone number than the one held."""
    page = phone.open(f"/phone/households/{household['dwelling']}")
    line = page.get_by_role("listitem").filter(has_text="联系电话").filter(has=page.get_by_role("button"))
    line.get_by_role("button", name=re.compile("更正|填写")).first.click()
    page.get_by_label("填新的联系电话").fill(number)
    page.get_by_role("button", name="保存").click()


def held_by(server, household) -> str:
    """The number as the API tells it in the grid's bundle, masked."""
    people = server.ask(f"field/bundle/{household['grid']}")["held"]["people"]
    return str(next(one["phone"] for one in people if one["uid"] == household["person"]))
