"""The demo's departments: 公安, the register of residents: everyone registered in the district, wherever they live."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value
from wangge.entry.demo.town.people import MAN
from wangge.entry.demo.town.seeds import Urn

HABITS = Habits("iso", Urn.of({"standard": 0.9, "district": 0.1}))

# Drawn for the file alone and kept nowhere else: the product must refuse these columns.
_NATIONS = Urn.of({"汉族": 92, "土家族": 6, "苗族": 1, "回族": 0.5, "满族": 0.5})
_GROWN = Urn.of({"群众": 86, "中共党员": 14})
_YOUNG = Urn.of({"群众": 45, "共青团员": 52, "中共党员": 3})

COLUMNS = (
    Column("序号", width=7),
    Column("户号", "household_number", "户籍信息", 12),
    Column("与户主关系", "relation_to_head", "户籍信息", 11),
    Column("姓名", "name", "人员信息", 10),
    Column("公民身份号码", "id_number", "人员信息", 22),
    Column("性别", "sex", "人员信息", 6),
    Column("出生日期", "birth_date", "人员信息", 13),
    Column("民族", "", "人员信息", 8, refused=True),
    Column("政治面貌", "", "人员信息", 10, refused=True),
    Column("户籍地址", "registered_address", "住址", 56),
    Column("死亡注销日期", "death_date", "变动", 14),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Registered in the district for some days; who died stays on it, struck out or not yet."""
    for person in desk.people:
        since = person.registered_since
        if person.in_district and since is not None and since <= desk.as_of:
            yield Subject(person)


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row without its number."""
    person = subject.person
    return [
        person.household_number,
        person.relation_to_head,
        clerk.name(person),
        clerk.id_number(person),
        "男" if person.sex == MAN else "女",
        clerk.birth(person),
        _NATIONS.draw(clerk.chance),
        _standing(clerk, person.age(clerk.desk.as_of)),
        clerk.registered_address(person),
        clerk.date(person.death) if clerk.desk.dead(person) and clerk.chance.random() < 0.78 else "",
    ]


def _standing(clerk: Clerk, age: int) -> str:
    return "群众" if age < 14 else (_YOUNG if age < 28 else _GROWN).draw(clerk.chance)


ROSTER = Roster(
    "police", "{police}", "常住人口登记.xlsx", "常住人口", "{name}常住人口登记表",
    COLUMNS, subjects, write, note="注：本表含户在人不在人员；死亡人员自办理注销之日起填写注销日期。",
    values={"人员信息/性别": {"男": "1", "女": "2"}},
)  # fmt: skip
