"""The demo's town: who has which telephone number."""

from __future__ import annotations

from datetime import date
from random import Random

from wangge.entry.demo.town.people import Person, Population
from wangge.entry.demo.town.phone_numbers import Numbers


class Phones:
    """Gives out the numbers of one community, and says whom else one reaches by them."""

    def __init__(self, population: Population, chance: Random, ordinal: int, count: int, today: date) -> None:
        self._population, self._chance, self._today = population, chance, today
        self._numbers = Numbers(ordinal, count)

    def ring(self) -> None:
        """Grown-ups have a mobile telephone, the oldest less often; some households keep a landline."""
        for person in self._population.people:
            age = person.age(self._today)
            share = (
                0.0 if age < 12 else 0.55 if age < 18 else 0.98 if age < 70 else 0.85 if age < 80 else 0.55
            )
            if self._chance.random() < share:
                person.phone = self._numbers.mobile()
                if self._chance.random() < 0.16:
                    person.former_phone = self._numbers.mobile()
            if age >= 62 and self._chance.random() < 0.12:
                person.landline = self._numbers.landline()
        for person in self._population.people:
            if not person.phone:
                person.phone = self._of_kin(person)

    def _of_kin(self, person: Person) -> str:
        """A child is reached through mother or father, an old person through a child or whoever lives there."""
        people = self._population.people
        parents = [people[p].phone for p in (person.mother, person.father) if p is not None]
        children = [
            p.phone for p in self._population.living_with(person) if person.place in (p.father, p.mother)
        ]
        others = [p.phone for p in self._population.living_with(person) if p is not person]
        return next((number for number in (*parents, *children, *others) if number), "")
