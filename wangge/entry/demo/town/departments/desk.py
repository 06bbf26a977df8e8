"""The demo's departments: a desk, where a department writes about one community on a day, by its own habits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from wangge.entry.demo.town.departments.rates import Rates
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.people import Person
from wangge.entry.demo.town.seeds import Urn, stream


@dataclass(frozen=True)
class Habits:
    """How a department writes: dates in one of iso, slash, dot, compact, han, box; addresses in styles by weight."""

    dates: str = "iso"
    addresses: Urn[str] = field(default_factory=lambda: Urn.of({"district": 1.0}))


@dataclass(frozen=True)
class Desk:
    """A department's desk for one community on a day; `delivery` counts the files it has sent."""

    department: str
    locality: Locality
    rates: Rates
    habits: Habits
    as_of: date
    seed: int
    delivery: int = 1

    @property
    def people(self) -> list[Person]:
        """Everyone who was born when the file was made."""
        return [p for p in self.locality.population.people if p.birth <= self.as_of]

    def chance(self, *path: str | int) -> Random:
        """A generator that draws the same for the same row of every delivery."""
        return stream(self.seed, self.department, *path)

    def dead(self, person: Person) -> bool:
        """True for who had died when the file was made."""
        return person.death is not None and person.death <= self.as_of
