"""The demo's town: who is truly entitled to what, and who gets it, for scoring only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.people import Person


def lives_alone(locality: Locality, person: Person) -> bool:
    """True for the only one alive in their household."""
    return person.lives_here and len(locality.population.living_with(person)) == 1


def entitled(locality: Locality, today: date) -> list[tuple[str, Person, bool]]:
    """Programme, person, and whether they already have it, for everyone entitled on a day."""
    found = []
    for person in locality.population.people:
        if person.alive:
            found += [
                (programme, person, has(person, today))
                for programme, (applies, has) in RULES.items()
                if applies(locality, person, today)
            ]
    return found


Applies = Callable[[Locality, Person, date], bool]
Has = Callable[[Person, date], bool]

RULES: dict[str, tuple[Applies, Has]] = {
    "old_age_allowance": (
        lambda _, p, day: p.in_district and p.age(day) >= 80,
        lambda p, _: p.circumstances.old_age_allowance,
    ),
    "care_subsidy": (
        lambda _, p, day: p.in_district and p.circumstances.disability_level in (1, 2),
        lambda p, _: p.circumstances.care_subsidy,
    ),
    "medical_insurance": (
        lambda _, p, day: p.lives_here and p.in_district,
        lambda p, day: p.circumstances.insured_year == day.year,
    ),
    "school_place": (
        lambda _, p, day: p.lives_here and 6 <= p.age(day) < 15,
        lambda p, _: bool(p.circumstances.school),
    ),
    "alone_visit": (
        lambda locality, p, day: p.age(day) >= 75 and lives_alone(locality, p),
        lambda p, _: False,
    ),
    "elderly_checkup": (
        lambda _, p, day: p.lives_here and p.age(day) >= 65,
        lambda p, day: (
            p.circumstances.checkup is not None and p.circumstances.checkup > day - timedelta(days=365)
        ),
    ),
}
