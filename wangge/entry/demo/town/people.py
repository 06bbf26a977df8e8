"""The demo's town: people, the families they live in, and their dated ties to dwellings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

MAN, WOMAN = "1", "2"
"""Sex as GB/T 2261.1 codes it."""

RelationKind = Literal["registered", "living", "owner", "tenant"]


@dataclass(slots=True)
class Circumstances:
    """What departments know of somebody, as it truly is."""

    pension: bool = False
    insured_year: int | None = None
    insurance_kind: str = ""
    disability_kind: str = ""
    disability_level: int | None = None
    certificate_until: date | None = None
    care_subsidy: bool = False
    old_age_allowance: bool = False
    bank_account: bool = False
    checkup: date | None = None
    health_record: bool = False
    school: str = ""
    grade: str = ""


@dataclass(slots=True)
class Person:
    """Somebody of the town. Other people and dwellings are named by their places in the community's lists.

    `home` is the dwelling where they live (or died); `elsewhere` says where who doesn't live here lives.
    `registered` is a dwelling of the community, `registered_at` an address outside it; `in_district` says
    whether either lies in the district. `household` is the family they are registered with.
    """

    place: int
    code: str
    surname: str
    given: str
    sex: str
    birth: date
    family: int = -1
    id_kind: str = "resident_id"
    id_number: str = ""
    origin: str = "own"
    phone: str = ""
    former_phone: str = ""
    landline: str = ""
    father: int | None = None
    mother: int | None = None
    spouse: int | None = None
    twin: int | None = None
    death: date | None = None
    home: int | None = None
    former_home: int | None = None
    elsewhere: str = ""
    registered: int | None = None
    registered_at: str = ""
    registered_since: date | None = None
    in_district: bool = False
    household: int = -1
    household_number: str = ""
    relation_to_head: str = ""
    circumstances: Circumstances = field(default_factory=Circumstances)

    @property
    def name(self) -> str:
        """Surname and given name; a name from far west carries its dot in the given name."""
        return self.surname + self.given

    @property
    def alive(self) -> bool:
        """True unless they died."""
        return self.death is None

    @property
    def lives_here(self) -> bool:
        """True for who lives in one of the community's dwellings."""
        return self.home is not None and self.death is None

    def age(self, on: date) -> int:
        """Full years on a day."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


@dataclass(slots=True)
class Family:
    """People who live together; `tenancy` is own, rent or borrow."""

    place: int
    kind: str
    members: list[int]
    tenancy: str = "own"
    dwelling: int = -1
    since: date | None = None


@dataclass(slots=True)
class Relation:
    """A tie between a person and a dwelling from `since` until the day before `until`."""

    person: int
    dwelling: int
    kind: RelationKind
    since: date
    until: date | None = None
    household: str = ""


@dataclass(slots=True)
class Change:
    """Something that happened in the days the script tells of."""

    on: date
    kind: Literal["birth", "death", "move_in", "move_out", "move_within"]
    people: list[int]
    dwelling: int | None
    former_dwelling: int | None = None


@dataclass
class Population:
    """Everyone who has to do with one community."""

    people: list[Person] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def living_with(self, person: Person) -> list[Person]:
        """Those alive who live in the same household, the person among them."""
        if person.family < 0:
            return [person]
        return [m for m in (self.people[i] for i in self.families[person.family].members) if m.lives_here]
