"""The demo's town: where people are registered (户籍), with whom, and under which citizen's number.

人户一致: registered where they live. 人在户不在: live here, registered elsewhere. 户在人不在: registered here, away.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.elsewhere import Elsewhere
from wangge.entry.demo.town.families import A_YEAR, Families
from wangge.entry.demo.town.id_numbers import Registrar, check_digit, sequences
from wangge.entry.demo.town.kinship import relation
from wangge.entry.demo.town.people import MAN, WOMAN, Family, Person, Population, Relation
from wangge.entry.demo.town.seeds import Urn

_WHERE = {
    "own": Urn.of({"here": 0.84, "nearby": 0.04, "district": 0.03, "near": 0.06, "far": 0.03}),
    "rent": Urn.of({"here": 0.01, "nearby": 0.04, "district": 0.07, "near": 0.42, "far": 0.46}),
    "borrow": Urn.of({"here": 0.30, "nearby": 0.20, "district": 0.10, "near": 0.25, "far": 0.15}),
}
"""Where a family is registered, by its tenancy: at home, with kin in the community, in the district, further off."""

_ORIGIN_HERE = Urn.of({"own": 0.72, "near": 0.16, "far": 0.12})


class Registrations:
    """Registers one community's people."""

    def __init__(
        self, community: Community, families: Families, elsewhere: Elsewhere, chance: Random, today: date
    ) -> None:
        self._community, self._families, self._elsewhere = community, families, elsewhere
        self._chance, self._today = chance, today
        self._registrar = Registrar(community)
        self.population: Population = families.population

    def register(self) -> None:
        """Everyone gets a place, a household and a number."""
        for family in list(self.population.families):
            self._family(family)
        for person in list(self.population.people):
            if person.family < 0:
                self._away(person)
        for person in self.population.people:
            self._dated(person)
            self._numbered(person)
        self._households()

    def _family(self, family: Family) -> None:
        members = [self.population.people[m] for m in family.members]
        if family.kind == "shared":
            for member in members:
                self._place(member, family, _WHERE["rent"].draw(self._chance), member.place)
            return
        where = _WHERE[family.tenancy].draw(self._chance)
        kin = self._kin_dwelling() if where == "nearby" else None
        first = self._place(members[0], family, where, family.place, kin)
        for member in members[1:]:
            if self._goes_own_way(member, members):
                apart = Urn.of({"nearby": 0.2, "district": 0.2, "near": 0.45, "far": 0.15}).draw(self._chance)
                self._place(member, family, apart, 10_000 + member.place)
            elif member.age(self._today) > 0 or self._older_than(member, 75) or self._chance.random() < 0.5:
                member.registered, member.registered_at, member.in_district = first
                member.household, member.origin = members[0].household, members[0].origin
        if family.kind in ("elder_couple", "empty_nest", "elder_alone") and members[0].registered is not None:
            self._grown_child(members)

    def _older_than(self, person: Person, days: int) -> bool:
        return (self._today - person.birth).days > days

    def _goes_own_way(self, member: Person, members: list[Person]) -> bool:
        """Elders who moved in with their children keep their place; a few spouses and children too."""
        if member.age(self._today) < 18:
            return False
        is_elder = any(member.place in (other.father, other.mother) for other in members)
        return self._chance.random() < (0.36 if is_elder and member is not members[0] else 0.06)

    def _kin_dwelling(self) -> int:
        return self._chance.choice(self.population.families).dwelling

    def _place(
        self, person: Person, family: Family, where: str, household: int, kin: int | None = None
    ) -> tuple[int | None, str, bool]:
        if where == "here":
            person.registered = family.dwelling
        elif where == "nearby":
            person.registered = kin if kin is not None else self._kin_dwelling()
        else:
            draws = {
                "district": self._elsewhere.in_district,
                "near": self._elsewhere.near,
                "far": self._elsewhere.far,
            }
            person.registered_at = draws[where]()
        person.in_district = where in ("here", "nearby", "district")
        person.household = household
        person.origin = _ORIGIN_HERE.draw(self._chance) if person.in_district else where
        return person.registered, person.registered_at, person.in_district

    def _grown_child(self, parents: list[Person]) -> None:
        """One in four old couples has a grown child who is still registered with them and works elsewhere."""
        if self._chance.random() > 0.26:
            return
        years = parents[-1].age(self._today) - self._chance.uniform(23, 31)
        if years < 19:
            return
        child = self._families.person(self._chance.choice((MAN, WOMAN)), years, parents[0].surname)
        for parent in parents:
            if parent.sex == MAN:
                child.father = parent.place
            else:
                child.mother = parent.place
        self._absent(child, parents[0])
        if years > 30 and self._chance.random() < 0.4:
            spouse = self._families.person(WOMAN if child.sex == MAN else MAN, years - 1)
            child.spouse, spouse.spouse = spouse.place, child.place
            young = self._families.child(child, spouse, years - 28) if child.sex == MAN else None
            self._absent(spouse, parents[0], child.elsewhere)
            if young:
                self._absent(young, parents[0], child.elsewhere)

    def _absent(self, person: Person, head: Person, where: str = "") -> None:
        person.elsewhere = where or self._elsewhere.work()
        person.registered, person.household, person.in_district = head.registered, head.household, True

    def _away(self, person: Person) -> None:
        """Who doesn't live here: registered here with their dwelling, with their parents, or a stranger who owns."""
        if person.registered is not None:
            person.in_district = True
            person.origin = _ORIGIN_HERE.draw(self._chance)
        elif person.elsewhere:
            person.registered_at, person.origin = (
                person.elsewhere,
                "near" if "宜昌市" in person.elsewhere else "far",
            )
        else:
            # The generation between grandparents and grandchild: registered with the parents, at work far away.
            elder = self.population.people[self._elder_of(person)]
            self._absent(person, elder)
            person.registered_at, person.in_district = elder.registered_at, elder.in_district

    def _elder_of(self, person: Person) -> int:
        if person.father is not None:
            return person.father
        assert person.spouse is not None
        spouse = self.population.people[person.spouse]
        assert spouse.father is not None
        return spouse.father

    def _dated(self, person: Person) -> None:
        if person.registered is None and not person.registered_at:
            return
        days = (self._today - person.birth).days
        native = days < 18 * A_YEAR or self._chance.random() < 0.4
        ago = days - self._chance.randint(3, 45) if native else int(days * self._chance.uniform(0.05, 0.7))
        person.registered_since = self._today - timedelta(days=min(max(1, ago), max(1, days - 1)))
        if person.registered is not None:
            relation_ = Relation(person.place, person.registered, "registered", person.registered_since)
            self.population.relations.append(relation_)

    def _numbered(self, person: Person) -> None:
        chance = self._chance
        if person.registered is None and not person.registered_at:
            person.id_kind = "none" if person.age(self._today) == 0 else person.id_kind
            if person.id_kind == "none":
                return
        if not person.in_district and person.family >= 0 and chance.random() < 0.002:
            self._other_papers(person)
            return
        twin = self.population.people[person.twin] if person.twin is not None else None
        if twin is not None and twin.id_kind == "resident_id" and twin.id_number:
            number = self._registrar.issue_in(twin.id_number[:6], person.birth, person.sex, chance)
            if number:
                person.id_number = number
                return
        origin = person.origin
        native = person.in_district and person.age(self._today) < 18 and chance.random() < 0.93
        # Twins need two numbers of one division and day: only the district's own are always enough.
        if native or twin is not None:
            origin = "own"
        person.id_number = self._registrar.issue(chance, person.birth, person.sex, origin)

    def _other_papers(self, person: Person) -> None:
        """A few residents have a passport, or a residence permit of Hong Kong, Macao and Taiwan people."""
        division = self._chance.choice(("810000", "820000", "830000"))
        numbers = [
            s
            for s in sequences(self._community, division, person.birth)
            if (s % 2 == 1) == (person.sex == MAN)
        ]
        person.registered_at = "台湾省" if division == "830000" else "香港特别行政区"
        if numbers and self._chance.random() < 0.7:
            body = f"{division}{person.birth:%Y%m%d}{numbers[0]:03d}"
            person.id_kind, person.id_number = "hk_macao_taiwan_permit", body + check_digit(body)
        else:
            serial = self._community.ordinal * 1000 + person.place % 1000
            person.id_kind, person.id_number = "passport", f"E{serial * 61 % 10**8:08d}"

    def _households(self) -> None:
        """Household numbers and relations to the head, for those registered in the district."""
        groups: dict[tuple[int | None, str, int], list[Person]] = {}
        for person in self.population.people:
            if person.in_district:
                groups.setdefault((person.registered, person.registered_at, person.household), []).append(
                    person
                )
        for serial, members in enumerate(groups.values(), 1):
            head = next((m for m in members if m.age(self._today) >= 18), members[0])
            for member in members:
                member.household_number = f"{self._community.ordinal:04d}{serial:05d}"
                member.relation_to_head = relation(member, head, self.population.people)
