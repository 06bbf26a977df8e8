"""The demo's departments: 医保, who is insured, in GB18030."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value

HABITS = Habits()
_KINDS = {"employee": "职工医保", "resident": "城乡居民医保"}

COLUMNS = (
    Column("人员姓名", "name"),
    Column("证件号码", "id_number"),
    Column("参保年度", "insured_year"),
    Column("险种", "insurance_kind"),
    Column("联系电话", "phone"),
    Column("经办机构"),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Everyone who is or was insured here; the year says until when."""
    for person in desk.people:
        if person.circumstances.insured_year is not None:
            yield Subject(person)


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row. The system puts a tab before numbers, lest a spreadsheet take them for numbers."""
    person, own = subject.person, subject.person.circumstances
    number = clerk.id_number(person)
    return [
        clerk.name(person),
        f"\t{number}" if number else "",
        str(own.insured_year),
        _KINDS[own.insurance_kind],
        clerk.phone(person),
        f"{clerk.desk.locality.community.street_name}便民服务中心",
    ]


ROSTER = Roster(
    "medical_insurance", "{seat}医疗保障局", "参保登记.csv", "", "基本医疗保险参保登记",
    COLUMNS, subjects, write, "csv", titled=False, totalled=False,
    everyone="insured_year",
    values={"险种": {"职工医保": "employee", "城乡居民医保": "resident"}},
)  # fmt: skip
