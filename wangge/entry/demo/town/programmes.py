"""The demo's town: programmes of services, and one for a test, as sheets an administrator would send.

The conditions of those that `entitlements` knows the truth of say the same as it; what the rules find in departments' files is
compared with it in benchmarks only. Documents named as basis are real where they are national; those of the
district are made up and say so (演示).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wangge.entry.demo.town.workbook import HEADING, TEXT, Workbook


@dataclass(frozen=True)
class Programme:
    """A programme. Modes: no_application 免申即享, by_telephone 电话办, on_behalf 代办, at_the_door 上门; ``due_days`` to settle it."""

    code: str
    name_zh: str
    name_en: str
    department: str
    mode: str
    basis: str
    purpose: str
    conditions: tuple[str, ...]
    elements: tuple[str, ...]
    due_days: int = 31


PROGRAMMES = (
    Programme(
        "old_age_allowance", "高龄津贴", "Old-age allowance", "civil_affairs", "no_application",
        "《西陵区80周岁以上老年人高龄津贴发放办法》（演示）", "elderly_service",
        ("age >= 80", "registered_here = yes", "receiving_old_age_allowance = no"),
        ("birth_date", "registered_here", "receiving_old_age_allowance", "bank_account_held"),
    ),
    Programme(
        "care_subsidy", "重度残疾人护理补贴", "Care subsidy for severely disabled people", "disabled_federation",
        "by_telephone", "《国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见》（国发〔2015〕52号）",
        "disability_service", ("disability_level in 1,2", "registered_here = yes", "receiving_care_subsidy = no"),
        ("disability_level", "registered_here", "receiving_care_subsidy"), due_days=27,
    ),
    Programme(
        "medical_insurance", "城乡居民医保参保提醒", "Medical insurance for the uninsured", "medical_insurance",
        "on_behalf", "《中华人民共和国社会保险法》", "medical_insurance",
        ("lives_here = yes", "registered_here = yes", "insured_year != this year"),
        ("lives_here", "registered_here", "insured_year"), due_days=120,
    ),
    Programme(
        "school_place", "适龄儿童入学服务", "School place for children not enrolled", "education", "at_the_door",
        "《中华人民共和国义务教育法》", "compulsory_education",
        ("age >= 6", "age < 15", "lives_here = yes", "enrolled_school unknown"),
        ("birth_date", "lives_here", "enrolled_school"), due_days=90,
    ),
    Programme(
        "alone_visit", "独居老人关爱探访", "Visits to old people who live alone", "civil_affairs", "at_the_door",
        "《关于开展特殊困难老年人探访关爱服务的指导意见》（民发〔2022〕73号）", "elderly_service",
        ("age >= 75", "lives_here = yes", "lives_alone = yes"), ("birth_date", "lives_here", "lives_alone"),
    ),
)  # fmt: skip

SIXTH = Programme(
    "elderly_checkup", "65岁及以上老年人免费体检", "Free check-up from 65 on", "health", "by_telephone",
    "《国家基本公共卫生服务规范》", "elderly_health",
    ("age >= 65", "lives_here = yes", "(checkup_date unknown or months since checkup_date >= 12)"), ("birth_date", "lives_here", "checkup_date"),
)  # fmt: skip

COLUMNS = (
    ("code", 20), ("name_zh", 28), ("name_en", 40), ("department", 22), ("mode", 16), ("basis", 60), ("purpose", 22),
    ("from", 13), ("to", 13), ("conditions", 40), ("elements", 60), ("due_days", 10),
)  # fmt: skip


def write_programmes(path: Path, programmes: tuple[Programme, ...], first: date) -> None:
    """One row a programme; conditions stand one a line in their box."""
    with Workbook(path, "programmes", [width for _, width in COLUMNS], frozen=1) as book:
        book.row([name for name, _ in COLUMNS], HEADING)
        for one in programmes:
            conditions = "\n".join(one.conditions)
            book.row(
                [
                    one.code, one.name_zh, one.name_en, one.department, one.mode, one.basis, one.purpose,
                    first.isoformat(), "", conditions, ",".join(one.elements), one.due_days,
                ],
                TEXT,
            )  # fmt: skip
