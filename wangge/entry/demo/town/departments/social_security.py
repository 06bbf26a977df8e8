"""The demo's departments: 人社, who draws a pension: a plain export of a system, in GB18030."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value

HABITS = Habits("compact")

COLUMNS = (
    Column("姓名", "name"),
    Column("社会保障号码", "id_number"),
    Column("待遇状态", "pension_status"),
    Column("险种类型"),
    Column("发放月份"),
    Column("月养老金"),
    Column("联系电话", "phone"),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Everyone who draws a pension, wherever they live now."""
    for person in desk.people:
        if person.circumstances.pension:
            yield Subject(person)


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row."""
    person, chance = subject.person, clerk.chance
    status = "正常领取" if chance.random() > 0.004 else "暂停"
    if clerk.desk.dead(person) and chance.random() < 0.6:
        status = "终止"
    employee = person.circumstances.insurance_kind != "resident"
    amount = chance.gauss(2900, 700) if employee else chance.gauss(230, 60)
    return [
        clerk.name(person),
        clerk.id_number(person),
        status,
        "企业职工基本养老保险" if employee else "城乡居民基本养老保险",
        f"{clerk.desk.as_of:%Y%m}",
        f"{max(120.0, amount):.2f}",
        clerk.phone(person),
    ]


ROSTER = Roster(
    "social_security", "{seat}人力资源和社会保障局", "养老保险待遇领取.csv", "",
    "养老保险待遇领取人员明细", COLUMNS, subjects, write, "csv", titled=False, totalled=False,
    values={"待遇状态": {"正常领取": "receiving", "暂停": "suspended", "终止": "ended"}},
)  # fmt: skip
