"""The demo's departments: 教育, children in kindergartens and schools."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value
from wangge.entry.demo.town.people import MAN, Person
from wangge.entry.demo.town.seeds import Urn

HABITS = Habits("compact", Urn.of({"district": 0.2, "plain": 0.25, "compound": 0.45, "dashes": 0.1}))

COLUMNS = (
    Column("序号", width=7),
    Column("姓名", "name", "学生信息", 10),
    Column("身份证件号", "id_number", "学生信息", 22),
    Column("性别", "sex", "学生信息", 6),
    Column("出生日期", "birth_date", "学生信息", 12),
    Column("学校名称", "enrolled_school", "学籍信息", 22),
    Column("年级", "school_grade", "学籍信息", 9),
    Column("姓名", "guardian_name", "监护人信息", 10),
    Column("联系电话", "guardian_phone", "监护人信息", 14),
    Column("家庭住址", "living_address", "", 38),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Everyone at school."""
    for person in desk.people:
        if person.circumstances.school:
            yield Subject(person)


def guardian(clerk: Clerk, child: Person) -> Person | None:
    """Mother or father; a grandparent where both are away."""
    people = clerk.desk.locality.population.people
    parents = [people[p] for p in (child.mother, child.father) if p is not None and people[p].alive]
    if parents:
        return parents[0] if clerk.chance.random() < 0.62 else parents[-1]
    grown = [p for p in clerk.desk.locality.population.living_with(child) if p.age(clerk.desk.as_of) >= 30]
    return grown[0] if grown else None


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row without its number."""
    child = subject.person
    elder = guardian(clerk, child)
    return [
        clerk.name(child),
        clerk.id_number(child),
        "男" if child.sex == MAN else "女",
        clerk.birth(child),
        child.circumstances.school,
        child.circumstances.grade,
        clerk.name(elder) if elder else "",
        clerk.phone(elder) if elder else "",
        clerk.living_address(child),
    ]


ROSTER = Roster(
    "education", "{seat}教育局", "在园在校学生.xlsx", "学生名册", "{name}在园在校学生基本信息表",
    COLUMNS, subjects, write, note="注：身份证件号未采集的留空。",
    values={"学生信息/性别": {"男": "1", "女": "2"}},
)  # fmt: skip
