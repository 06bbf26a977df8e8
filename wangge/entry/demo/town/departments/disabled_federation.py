"""The demo's departments: 残联, holders of a disability certificate, in GB18030."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wangge.entry.demo.town.circumstances import DISABILITIES
from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value
from wangge.entry.demo.town.seeds import Urn

HABITS = Habits(
    "slash", Urn.of({"district": 0.3, "plain": 0.3, "compound": 0.3, "wide": 0.05, "dashes": 0.05})
)
_LEVELS = ("1级", "2级", "3级", "4级")

COLUMNS = (
    Column("姓名", "name"),
    Column("身份证号", "id_number"),
    Column("残疾人证号", "disability_certificate"),
    Column("残疾类别", "disability_kind"),
    Column("残疾等级", "disability_level"),
    Column("证件有效期至", "certificate_valid_to"),
    Column("是否领取护理补贴", "receiving_care_subsidy"),
    Column("联系电话", "phone"),
    Column("家庭住址", "living_address"),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Everyone with a certificate; the dead stay on for some weeks."""
    for person in desk.people:
        gone = person.death is not None and person.death < desk.as_of - timedelta(days=45)
        if person.circumstances.disability_level is not None and not gone:
            yield Subject(person)


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row. The certificate's number is the citizen's number, the kind and the level."""
    person, own = subject.person, subject.person.circumstances
    assert own.disability_level is not None
    kind = DISABILITIES.index(own.disability_kind) + 1
    printed = person.id_number and clerk.chance.random() < 0.97
    return [
        clerk.name(person),
        clerk.id_number(person),
        f"{person.id_number}{kind}{own.disability_level}" if printed else "",
        own.disability_kind,
        _LEVELS[own.disability_level - 1],
        clerk.date(own.certificate_until),
        "是" if own.care_subsidy else "否",
        clerk.phone(person),
        clerk.living_address(person),
    ]


ROSTER = Roster(
    "disabled_federation", "{seat}残疾人联合会", "持证残疾人.csv", "", "{name}持证残疾人基本情况表",
    COLUMNS, subjects, write, "csv",
    values={
        "残疾等级": {"1级": "1", "2级": "2", "3级": "3", "4级": "4"},
        "是否领取护理补贴": {"是": "yes", "否": "no"},
    },
    everyone="receiving_care_subsidy",
)  # fmt: skip
