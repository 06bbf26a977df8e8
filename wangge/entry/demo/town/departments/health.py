"""The demo's departments: 卫健, health records of old people and others in the care of a health centre."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value
from wangge.entry.demo.town.seeds import Urn

HABITS = Habits(
    "box",
    Urn.of({"district": 0.2, "compound": 0.3, "plain": 0.25, "dashes": 0.15, "han": 0.04, "community": 0.06}),
)
_CHRONIC = Urn.of({"": 45, "高血压": 32, "糖尿病": 12, "高血压、糖尿病": 8, "慢阻肺": 3})

COLUMNS = (
    Column("序号", width=7),
    Column("姓名", "name", "基本信息", 10),
    Column("身份证号", "id_number", "基本信息", 22),
    Column("联系电话", "phone", "基本信息", 24),
    Column("现住址", "living_address", "基本信息", 40),
    Column("建档机构", "", "健康管理", 26),
    Column("慢性病情况", "", "健康管理", 16),
    Column("最近一次体检日期", "checkup_date", "健康管理", 18),
    Column("备注", width=12),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Everyone with a record, and those who moved away since."""
    for person in desk.people:
        if person.circumstances.health_record and not (
            desk.dead(person) and desk.chance(person.code).random() < 0.5
        ):
            yield Subject(person)


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row without its number."""
    person, chance = subject.person, clerk.chance
    seen = person.circumstances.checkup
    street = clerk.desk.locality.community.street_name.removesuffix("街道")
    return [
        clerk.name(person),
        clerk.id_number(person),
        clerk.phone(person),
        clerk.living_address(person),
        f"{street}社区卫生服务中心",
        _CHRONIC.draw(chance),
        clerk.date(seen) if seen is not None and seen <= clerk.desk.as_of else "",
        chance.choices(("", "行动不便", "随子女居住", "失访"), (94, 3, 2, 1))[0],
    ]


ROSTER = Roster(
    "health", "{seat}卫生健康局", "老年人体检_健康档案.xlsx", "健康档案",
    "{name}老年人健康管理档案汇总表", COLUMNS, subjects, write,
    note="注：体检日期为最近一次在基层医疗卫生机构体检的日期。",
)  # fmt: skip
