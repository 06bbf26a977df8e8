"""The demo's town: who moved: families within the community, and tenants who are gone."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wangge.entry.demo.town.elsewhere import Elsewhere
from wangge.entry.demo.town.families import Families
from wangge.entry.demo.town.homes import Homes
from wangge.entry.demo.town.people import Change, Family, Relation

MOVED_LATELY, MOVED_BEFORE = 0.006, 0.08
"""The share of families that moved within the community in the days of the script, and in the five years before."""
_A_MOVE_BACK = 1_800


class Moves:
    """Adds former dwellings and people who moved out; `first` is the script's first day."""

    def __init__(
        self, homes: Homes, families: Families, elsewhere: Elsewhere, chance: Random, first: date, today: date
    ) -> None:
        self._homes, self._families, self._elsewhere = homes, families, elsewhere
        self._chance, self._first, self._today = chance, first, today
        self._population = homes.population
        self._living: dict[int, list[Relation]] = {}
        for relation in self._population.relations:
            if relation.kind == "living":
                self._living.setdefault(relation.dwelling, []).append(relation)

    def happen(self) -> None:
        """Each family may have moved here from a dwelling nearby; before a new tenant there was another one."""
        for family in self._population.families:
            assert family.since is not None
            if family.since >= self._first:
                self._arrive(family)
            elif self._homes.vacant and self._chance.random() < MOVED_BEFORE + MOVED_LATELY:
                self._move(
                    family, lately=self._chance.random() < MOVED_LATELY / (MOVED_LATELY + MOVED_BEFORE)
                )
        for dwelling in self._homes.vacant:
            if self._chance.random() < 0.06:
                self._leave(dwelling, self._a_day())

    def _a_day(self) -> date:
        return self._first + timedelta(
            days=self._chance.randint(0, max(0, (self._today - self._first).days - 1))
        )

    def _arrive(self, family: Family) -> None:
        assert family.since is not None
        people = self._population.people
        arrived = [m for m in family.members if people[m].birth < family.since]
        self._population.changes.append(Change(family.since, "move_in", arrived, family.dwelling))
        gone = family.since - timedelta(days=self._chance.randint(2, 25))
        if family.tenancy == "rent" and self._chance.random() < 0.5 and gone >= self._first:
            self._leave(family.dwelling, gone)

    def _leave(self, dwelling: int, until: date) -> None:
        """Tenants of one dwelling moved away on a day."""
        draw = self._chance.random()
        leaving = (
            [self._families.adult(22, 55)]
            if draw < 0.5
            else self._families.couple(self._chance.randint(24, 50))
        )
        where = self._elsewhere.near() if self._chance.random() < 0.5 else self._elsewhere.far()
        since = until - timedelta(days=self._chance.randint(150, 1500))
        for person in leaving:
            person.former_home, person.elsewhere = dwelling, where
            self._population.relations.append(Relation(person.place, dwelling, "living", since, until))
        tenant = leaving[0].place
        self._population.relations.append(Relation(tenant, dwelling, "tenant", since, until))
        self._population.changes.append(Change(until, "move_out", [p.place for p in leaving], dwelling))

    def _move(self, family: Family, lately: bool) -> None:
        assert family.since is not None
        before = self._chance.choice(self._homes.vacant)
        day = (
            self._a_day() if lately else self._first - timedelta(days=self._chance.randint(30, _A_MOVE_BACK))
        )
        since = min(family.since, day - timedelta(days=400))
        moved = [m for m in family.members if self._population.people[m].birth < day]
        for relation in self._living[family.dwelling]:
            if relation.person in moved:
                relation.since = day
        for member in moved:
            person = self._population.people[member]
            person.former_home = before
            start = max(since, person.birth)
            self._population.relations.append(Relation(member, before, "living", start, day))
        family.since = day
        if lately:
            self._population.changes.append(Change(day, "move_within", moved, family.dwelling, before))
