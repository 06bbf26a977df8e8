"""The demo's town: families as they live together, each kind made by one function.

Shares and ages follow what the census of 2020 says of Chinese cities: one household in four or five is one person,
one in five is a couple of old people or one of them alone, children are few and mostly alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.people import MAN, WOMAN, Family, Person, Population
from wangge.entry.demo.town.person_names import given_name, name_from_far, name_of_twin, surnames
from wangge.entry.demo.town.plots import Character
from wangge.entry.demo.town.seeds import Urn

A_YEAR = 365.2425

KINDS = {
    "young_single": 7.5, "single": 5.5, "elder_alone": 9.5, "young_couple": 6.5, "one_child": 20, "two_children": 9.5,
    "empty_nest": 12.5, "elder_couple": 12, "lone_parent": 3.5, "three_generations": 11.5, "with_parent": 5.5,
    "grandparents": 2.5, "shared": 2.5,
}  # fmt: skip
"""Households in a hundred or so, by kind."""

_LEANING: dict[Character, dict[str, float]] = {
    "old": {"elder_alone": 1.4, "elder_couple": 1.3, "shared": 1.6, "one_child": 0.85},
    "settled": {"elder_couple": 1.1},
    "new": {"young_couple": 1.5, "two_children": 1.3, "elder_alone": 0.7, "elder_couple": 0.8},
    "rural": {
        "grandparents": 2.2,
        "three_generations": 1.7,
        "young_single": 0.4,
        "shared": 0.1,
        "one_child": 0.7,
    },
}


class Families:
    """Makes one community's families; people are numbered as they come."""

    def __init__(self, community: Community, character: Character, chance: Random, today: date) -> None:
        self._community, self._chance, self._today = community, chance, today
        weights = {kind: share * _LEANING[character].get(kind, 1.0) for kind, share in KINDS.items()}
        self._kinds = Urn.of(weights)
        self._clan = community.short[0] if community.rural and community.short[1:2] == "家" else ""
        self.population = Population()

    def make(self) -> Family:
        """One more household."""
        kind = self._kinds.draw(self._chance)
        recipes: dict[str, Callable[[], list[Person]]] = {
            "young_single": lambda: [self.adult(21, 35)],
            "single": lambda: [self.adult(36, 60)],
            "elder_alone": self._elder_alone,
            "young_couple": lambda: self.couple(self._chance.randint(24, 37)),
            "one_child": self._one_child,
            "two_children": lambda: self._with_children(self._chance.randint(28, 46), 2),
            "empty_nest": lambda: self.couple(self._chance.randint(49, 63)),
            "elder_couple": lambda: self.couple(min(94, self.elder_age())),
            "lone_parent": self._lone_parent,
            "three_generations": self._three_generations,
            "with_parent": self._with_parent,
            "grandparents": self._grandparents,
            "shared": self._shared,
        }
        members = recipes[kind]()
        family = Family(len(self.population.families), kind, [m.place for m in members])
        for member in members:
            member.family = family.place
        self.population.families.append(family)
        return family

    # People, one by one

    def person(self, sex: str, age: float, surname: str = "") -> Person:
        """Someone of about `age` years, with a name of their time."""
        chance = self._chance
        days = int(age * A_YEAR + chance.random() * A_YEAR)
        birth = self._today - timedelta(days=days)
        if not surname and self._clan and chance.random() < 0.4:
            surname = self._clan
        place = len(self.population.people)
        if not surname and chance.random() < 0.0006:
            surname, given = "", name_from_far(chance)
        else:
            surname = surname or surnames().draw(chance)
            given = given_name(chance, sex, birth.year)
        person = Person(place, f"{self._community.code}-{place + 1:05d}", surname, given, sex, birth)
        self.population.people.append(person)
        return person

    def adult(self, low: int, high: int) -> Person:
        """Someone of an age between."""
        return self.person(self._chance.choice((MAN, WOMAN)), self._chance.randint(low, high))

    def elder_age(self) -> int:
        """62 to 97, fewer with every year."""
        return 62 + int(36 * self._chance.betavariate(1.05, 2.3))

    def couple(self, age: int, surname: str = "") -> list[Person]:
        """A man of this age and a woman some years younger or older."""
        man = self.person(MAN, age, surname)
        woman = self.person(WOMAN, max(20, age - round(self._chance.gauss(1.8, 2.4))))
        man.spouse, woman.spouse = woman.place, man.place
        return [man, woman]

    def child(self, father: Person | None, mother: Person, age: float, sex: str = "") -> Person:
        """A child of this age, with the father's name mostly."""
        if father is None:
            surname = "" if self._chance.random() < 0.75 else mother.surname
        else:
            surname = mother.surname if self._chance.random() < 0.06 else father.surname
        child = self.person(sex or self._chance.choices((MAN, WOMAN), (0.525, 0.475))[0], age, surname)
        child.father, child.mother = father.place if father else None, mother.place
        return child

    def twin_of(self, child: Person) -> Person:
        """A twin: the same day, a name that sounds alike."""
        sex = child.sex if self._chance.random() < 0.64 else (MAN if child.sex == WOMAN else WOMAN)
        place = len(self.population.people)
        given = name_of_twin(self._chance, child.given, sex, child.birth.year)
        twin = Person(
            place, f"{self._community.code}-{place + 1:05d}", child.surname, given, sex, child.birth
        )
        twin.father, twin.mother, twin.twin, child.twin = child.father, child.mother, child.place, place
        self.population.people.append(twin)
        return twin

    # Households

    def _children_of(self, parents: list[Person], mother_age: float, count: int) -> list[Person]:
        first = self._chance.gauss(26.5, 3.2)
        ages = [min(24.0, mother_age - max(20.0, first))]
        for _ in range(count - 1):
            ages.append(ages[-1] - self._chance.uniform(1.6, 7.5))
        children: list[Person] = []
        for age in ages:
            if age < -0.9:
                continue
            children.append(self.child(parents[0], parents[1], max(0.0, age) if age > 0 else age + 0.9))
            if len(children) == 1 and self._chance.random() < (0.018 if count == 1 else 0.035):
                children.append(self.twin_of(children[0]))
                break
        return children

    def _one_child(self) -> list[Person]:
        # Some of these families have had their child in the last months.
        if self._chance.random() > 0.025:
            return self._with_children(self._chance.randint(25, 47), 1)
        parents = self.couple(self._chance.randint(25, 36))
        newborn = self.child(parents[0], parents[1], 0)
        newborn.birth = self._today - timedelta(days=self._chance.randint(1, 110))
        return [*parents, newborn]

    def _with_children(self, mother_age: int, count: int) -> list[Person]:
        parents = self.couple(mother_age + 2)
        return parents + self._children_of(parents, self._years(parents[1]), count)

    def _years(self, person: Person) -> float:
        return (self._today - person.birth).days / A_YEAR - 0.5

    def _elder_alone(self) -> list[Person]:
        return [self.person(WOMAN if self._chance.random() < 0.66 else MAN, min(97, self.elder_age() + 3))]

    def _lone_parent(self) -> list[Person]:
        mother = self.person(WOMAN, self._chance.randint(28, 50))
        return [
            mother,
            self.child(None, mother, max(0.5, self._years(mother) - self._chance.uniform(22, 31))),
        ]

    def _three_generations(self) -> list[Person]:
        young = self._with_children(self._chance.randint(27, 48), 1 if self._chance.random() < 0.7 else 2)
        return young + self._elders_of(young[0] if self._chance.random() < 0.7 else young[1])

    def _elders_of(self, child: Person) -> list[Person]:
        """The parents of somebody; of an old couple often one is left, mostly she."""
        age = int(self._years(child)) + self._chance.randint(23, 31)
        draw = self._chance.random()
        both = draw < 0.5 and age < 85
        elders = []
        if both or draw >= 0.86:
            father = self.person(MAN, age, child.surname)
            child.father = father.place
            elders.append(father)
        if both or draw < 0.86:
            mother = self.person(WOMAN, age - self._chance.randint(-1, 4))
            child.mother = mother.place
            elders.append(mother)
        if both:
            elders[0].spouse, elders[1].spouse = elders[1].place, elders[0].place
        return elders

    def _with_parent(self) -> list[Person]:
        child = self.adult(36, 62)
        middle = [child]
        if self._chance.random() < 0.6:
            spouse = self.person(WOMAN if child.sex == MAN else MAN, self._years(child))
            child.spouse, spouse.spouse = spouse.place, child.place
            middle.append(spouse)
        return middle + self._elders_of(child)

    def _grandparents(self) -> list[Person]:
        old = self.couple(self._chance.randint(54, 74))
        son = self.child(old[0], old[1], self._years(old[1]) - self._chance.uniform(21, 26), MAN)
        wife = self.person(WOMAN, max(20.0, self._years(son) - 1))
        son.spouse, wife.spouse = wife.place, son.place
        grandchild = self.child(
            son, wife, min(15.0, max(0.6, self._years(wife) - self._chance.uniform(21, 27)))
        )
        return [*old, grandchild]

    def _shared(self) -> list[Person]:
        return [self.adult(19, 36) for _ in range(self._chance.choices((2, 3, 4), (0.6, 0.28, 0.12))[0])]
