"""The demo's town: births and deaths in the days of the script."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wangge.entry.demo.town.people import Change, Person, Population


def yearly_risk(age: int) -> float:
    """The share of people of an age who die within a year: doubles every eight years or so, as life tables have it."""
    return min(0.4, 0.0004 * 2.0 ** ((age - 30) / 8.0)) if age >= 30 else 0.0003


class Deaths:
    """Lets people die between `first` and the day before `today`."""

    def __init__(self, population: Population, chance: Random, first: date, today: date) -> None:
        self._population, self._chance, self._first, self._today = population, chance, first, today

    def happen(self) -> None:
        """Deaths end living relations. Parents under 55 live on: no child is left alone."""
        days = (self._today - self._first).days
        for person in self._population.people:
            age = person.age(self._today)
            if person.home is None or age < 55:
                continue
            if self._chance.random() < yearly_risk(age) * days / 365:
                self._die(person, self._first + timedelta(days=self._chance.randrange(days)))
        self._end_relations()
        self._births()

    def _die(self, person: Person, on: date) -> None:
        person.death = on
        self._population.changes.append(Change(on, "death", [person.place], person.home))

    def _end_relations(self) -> None:
        for relation in self._population.relations:
            death = self._population.people[relation.person].death
            if death is not None and relation.until is None and relation.kind != "owner":
                relation.until = max(death, relation.since)

    def _births(self) -> None:
        for person in self._population.people:
            if person.birth >= self._first and person.home is not None:
                self._population.changes.append(Change(person.birth, "birth", [person.place], person.home))
        self._population.changes.sort(key=lambda change: (change.on, change.people))
