"""The demo's town: who lives in which dwelling, since when, and whose it is."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wangge.entry.demo.town.construction import Built
from wangge.entry.demo.town.elsewhere import Elsewhere
from wangge.entry.demo.town.families import A_YEAR, Families
from wangge.entry.demo.town.people import Family, Person, Population, Relation, RelationKind

OWNERS = {
    "young_single": 0.30, "single": 0.62, "elder_alone": 0.90, "young_couple": 0.58, "one_child": 0.76,
    "two_children": 0.82, "empty_nest": 0.86, "elder_couple": 0.93, "lone_parent": 0.62, "three_generations": 0.92,
    "with_parent": 0.90, "grandparents": 0.92, "shared": 0.0,
}  # fmt: skip
"""The share of each kind of family that owns the dwelling it lives in."""

_MEAN_TENANCY = 3.6 * A_YEAR


class Homes:
    """Gives families dwellings, and dwellings owners."""

    def __init__(
        self, built: Built, families: Families, elsewhere: Elsewhere, chance: Random, today: date
    ) -> None:
        self._built, self._families, self._elsewhere = built, families, elsewhere
        self._chance, self._today = chance, today
        self.population: Population = families.population
        self.vacant: list[int] = []

    def settle(self, rural: bool) -> None:
        """Every family moves in somewhere; what is left over stays vacant."""
        dwellings = [d.place for d in self._built.dwellings]
        self._chance.shuffle(dwellings)
        families = self.population.families
        if len(dwellings) < len(families):
            raise RuntimeError(f"{len(families)} families for {len(dwellings)} dwellings")
        for family, dwelling in zip(families, dwellings, strict=False):
            family.dwelling = dwelling
            owns = (OWNERS[family.kind] + 0.97) / 2 if rural else OWNERS[family.kind]
            family.tenancy = "own" if self._chance.random() < owns else "rent"
            if family.tenancy == "rent" and family.kind != "shared" and self._chance.random() < 0.07:
                family.tenancy = "borrow"
            self._move_in(family)
        self.vacant = dwellings[len(families) :]
        for family in families:
            if family.tenancy != "own":
                self._find_owner(family.dwelling)
        for dwelling in self.vacant:
            if self._chance.random() < 0.88:
                self._find_owner(dwelling)

    def _move_in(self, family: Family) -> None:
        members = [self.population.people[m] for m in family.members]
        head = max(members[:2], key=lambda p: p.age(self._today) >= 24)
        if family.tenancy == "own":
            bought = self._since(family.dwelling, head, self._chance.betavariate(1.2, 1.5))
            self._relate(head, family.dwelling, "owner", bought)
            days = (self._today - bought).days
            family.since = bought + timedelta(days=min(self._chance.randint(20, 400), int(days * 0.8)))
        else:
            days = int(self._chance.expovariate(1 / _MEAN_TENANCY))
            family.since = max(self._today - timedelta(days=days), self._earliest(family.dwelling, head))
        for member in members:
            member.home = family.dwelling
            since = max(family.since, member.birth)
            self._relate(member, family.dwelling, "living", since)
            if family.tenancy == "rent" and member is head:
                self._relate(member, family.dwelling, "tenant", since)

    def _earliest(self, dwelling: int, head: Person) -> date:
        """The house stood and the person was grown up; the register goes back thirty years."""
        built = date(self._built.buildings[self._built.dwellings[dwelling].building].built, 9, 1)
        grown = head.birth + timedelta(days=int(20 * A_YEAR))
        return max(built, grown, self._today - timedelta(days=int(30 * A_YEAR)))

    def _since(self, dwelling: int, head: Person, ago: float) -> date:
        """A day between the earliest one (`ago` = 1) and today (0)."""
        days = max(0, (self._today - self._earliest(dwelling, head)).days)
        return self._today - timedelta(days=int(ago * days))

    def _find_owner(self, dwelling: int) -> None:
        """Another family of the community, people registered here who are away, or strangers."""
        draw = self._chance.random()
        others = [f for f in self._chance.sample(self.population.families, 3) if f.tenancy == "own"]
        if draw < 0.22 and others:
            owner = self.population.people[others[0].members[0]]
        else:
            owner = self._away(dwelling, registered=draw < 0.55)
        self._relate(owner, dwelling, "owner", self._since(dwelling, owner, self._chance.random()))

    def _away(self, dwelling: int, registered: bool) -> Person:
        """An owner who lives elsewhere; a registered one often has a family that is registered with them."""
        if not registered:
            owner = self._families.adult(30, 72)
            owner.elsewhere = self._elsewhere.near() if self._chance.random() < 0.5 else self._elsewhere.far()
            return owner
        family = self._families.couple(self._chance.randint(30, 68))
        if self._chance.random() < 0.4 and family[1].age(self._today) < 50:
            family.append(
                self._families.child(family[0], family[1], max(0.5, family[1].age(self._today) - 27.0))
            )
        where = self._elsewhere.work() if self._chance.random() < 0.6 else self._elsewhere.in_district()
        for member in family:
            member.elsewhere, member.registered = where, dwelling
            # Families that are away are numbered below those that live here.
            member.household = -2 - family[0].place
        return family[0]

    def _relate(self, person: Person, dwelling: int, kind: RelationKind, since: date) -> None:
        self.population.relations.append(Relation(person.place, dwelling, kind, since))
