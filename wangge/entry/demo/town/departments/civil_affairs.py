"""The demo's departments: 民政, the monthly roll of the old-age allowance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value
from wangge.entry.demo.town.people import Person
from wangge.entry.demo.town.seeds import Urn

HABITS = Habits("han", Urn.of({"district": 0.15, "plain": 0.35, "compound": 0.3, "dashes": 0.1, "han": 0.1}))
AGE = 80
# 是否重点人员 is drawn for the file alone: the product must refuse the column.
_WATCHED = Urn.of({"否": 97, "是": 3})

COLUMNS = (
    Column("序号", width=7),
    Column("姓名", "name", "老年人信息", 10),
    Column("身份证号码", "id_number", "老年人信息", 22),
    Column("出生年月日", "birth_date", "老年人信息", 16),
    Column("家庭住址", "living_address", "老年人信息", 38),
    Column("是否享受", "receiving_old_age_allowance", "津贴发放", 10),
    Column("标准（元/月）", "", "津贴发放", 12),
    Column("是否有银行账户", "bank_account_held", "津贴发放", 14),
    Column("是否重点人员", "", "", 13, refused=True),
    Column("备注", width=14),
)


def eightieth(person: Person) -> date:
    """The day somebody turns 80; 1 March for who was born on 29 February of a year that has no such day."""
    try:
        return person.birth.replace(year=person.birth.year + AGE)
    except ValueError:
        return date(person.birth.year + AGE, 3, 1)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Who gets it, and a third of those who could and don't; the dead are struck off late."""
    for person in desk.people:
        if not person.in_district or eightieth(person) > desk.as_of:
            continue
        chance = desk.chance(person.code)
        lag, listed = chance.random(), chance.random()
        if desk.dead(person) and lag < 0.3 + 0.25 * desk.delivery:
            continue
        if receives(desk, person) or listed < 0.35:
            yield Subject(person)


def receives(desk: Desk, person: Person) -> bool:
    """True for who got it that month; each month some of those who could are added."""
    later = desk.chance(person.code, "added").random() < 0.15 * (desk.delivery - 1)
    return person.circumstances.old_age_allowance or later


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row without its number."""
    person, desk = subject.person, clerk.desk
    received = receives(desk, person)
    bank = person.circumstances.bank_account or clerk.chance.random() < 0.2 * (desk.delivery - 1)
    return [
        clerk.name(person),
        clerk.id_number(person),
        clerk.birth(person),
        clerk.living_address(person),
        "是" if received else "否",
        (100 if person.age(desk.as_of) < 90 else 200) if received else "",
        "是" if bank else "否",
        _WATCHED.draw(clerk.chance),
        clerk.chance.choices(("", "子女代领", "新增", "待核实"), (92, 4, 2, 2))[0],
    ]


ROSTER = Roster(
    "civil_affairs", "{seat}民政局", "高龄津贴发放名册_{month}.xlsx", "发放名册",
    "{name}80周岁以上老年人高龄津贴发放名册", COLUMNS, subjects, write,
    note="注：每月25日前由社区核对，去世人员次月停发。",
    values={
        "津贴发放/是否享受": {"是": "yes", "否": "no"},
        "津贴发放/是否有银行账户": {"是": "yes", "否": "no"},
    },
    everyone="receiving_old_age_allowance",
)  # fmt: skip
