"""The demo's town: pensions, insurance, disability, check-ups and schools, as they truly are."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.people import MAN, Person
from wangge.entry.demo.town.seeds import Urn

DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
"""GB/T 26341; the place in this list plus one is the 19th digit of the certificate, the level the 20th."""

_KINDS = Urn(DISABILITIES, (0.15, 0.16, 0.02, 0.46, 0.08, 0.08, 0.05))
_LEVELS = Urn((1, 2, 3, 4), (0.13, 0.22, 0.28, 0.37))
_GRADES = (
    "小班", "中班", "大班", "一年级", "二年级", "三年级", "四年级", "五年级", "六年级",
    "七年级", "八年级", "九年级", "高一", "高二", "高三",
)  # fmt: skip


class Conditions:
    """Gives one community's people their circumstances."""

    def __init__(self, community: Community, chance: Random, first: date, today: date) -> None:
        self._community, self._chance, self._first, self._today = community, chance, first, today
        self._term = date(today.year if today.month >= 9 else today.year - 1, 9, 1)

    def settle(self, person: Person) -> None:
        """Everything departments may know of one person."""
        age = person.age(person.death or self._today)
        here = person.home is not None
        if here or person.in_district:
            self._pension(person, age)
            self._old_age_allowance(person, age)
            self._disability(person, age)
        if here:
            self._insurance(person, age)
            self._checkup(person, age)
            self._school(person)

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _pension(self, person: Person, age: int) -> None:
        from_age = 60 if person.sex == MAN else 55
        early = person.sex != MAN and 50 <= age < 55 and self._happens(0.45)
        person.circumstances.pension = early or (age >= from_age and self._happens(0.94))

    def _insurance(self, person: Person, age: int) -> None:
        own = person.circumstances
        employed = 22 <= age < 60 and self._happens(0.52)
        retired = age >= 60 and self._happens(0.60)
        own.insurance_kind = "employee" if employed or retired else "resident"
        lapsed = 0.006 if own.insurance_kind == "employee" else 0.2 if age == 0 else 0.05
        draw = self._chance.random()
        year = self._today.year
        own.insured_year = year if draw > lapsed else (year - 1 if draw > lapsed / 2 and age else None)
        if not person.in_district and self._happens(0.4):
            # Insured where they are registered: this city's roster doesn't have them.
            own.insured_year, own.insurance_kind = None, ""

    def _disability(self, person: Person, age: int) -> None:
        share = 0.012 if age < 18 else 0.032 if age < 60 else 0.085
        if not person.in_district or not self._happens(share):
            return
        own = person.circumstances
        own.disability_kind, own.disability_level = _KINDS.draw(self._chance), _LEVELS.draw(self._chance)
        own.certificate_until = self._today + timedelta(days=self._chance.randint(-150, 3500))
        own.care_subsidy = own.disability_level <= 2 and self._happens(0.92)
        own.bank_account = own.care_subsidy or self._happens(0.5)

    def _old_age_allowance(self, person: Person, age: int) -> None:
        if age < 80 or not person.in_district:
            return
        own = person.circumstances
        # Who has just turned 80 has mostly not applied yet.
        turned = person.birth.replace(year=person.birth.year + 80, day=min(person.birth.day, 28))
        own.old_age_allowance = self._happens(0.35 if turned >= self._first else 0.94)
        own.bank_account = self._happens(0.97 if own.old_age_allowance else 0.55)

    def _checkup(self, person: Person, age: int) -> None:
        share = 0.76 if age >= 65 else 0.15 if age >= 45 else 0.0
        if not self._happens(share):
            return
        own = person.circumstances
        own.health_record = True
        back = self._chance.randint(5, 360) if self._happens(0.72) else self._chance.randint(366, 1100)
        seen = (person.death or self._today) - timedelta(days=back)
        own.checkup = seen if self._happens(0.96) else None

    def _school(self, person: Person) -> None:
        age = person.age(self._term)
        if not 3 <= age <= 17:
            return
        missing = 0.09 if age < 6 else (0.035 if not person.in_district else 0.015) if age < 15 else 0.08
        if self._happens(missing):
            return
        own = person.circumstances
        own.grade, own.school = _GRADES[age - 3], self._school_name(age)

    def _school_name(self, age: int) -> str:
        own = self._community
        if age < 6:
            return f"{own.short.removesuffix('社区')}幼儿园"
        if age < 12:
            return f"{own.street_name.removesuffix('街道')}小学"
        number = own.ordinal % 23 + 1
        return f"宜昌市第{number}中学" if age < 15 else f"宜昌市第{number % 7 + 1}高级中学"
