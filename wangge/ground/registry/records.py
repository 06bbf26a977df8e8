"""What the registry tells others, and what it takes in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from wangge.ground.registry.loads import DwellingIn as DwellingIn
from wangge.ground.registry.loads import HouseholdIn as HouseholdIn
from wangge.ground.registry.loads import KinIn as KinIn
from wangge.ground.registry.loads import OrganisationIn as OrganisationIn
from wangge.ground.registry.loads import PartIn as PartIn
from wangge.ground.registry.loads import Relation as Relation
from wangge.ground.registry.loads import ResidenceIn as ResidenceIn


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


# What was said, and by whom


class Source(Record):
    """Who said a value. ``kind``: department, task (seen at the door under one), door (seen without), self, or relations
    (it follows from the person's relations to dwellings). Feed, batch and row name a department's row, ``part`` which person
    of it (1 or 2); ``observation`` what was seen.
    """

    kind: Literal["department", "task", "door", "self", "relations"]
    department: str = ""
    feed: str = ""
    batch: str = ""
    row: int | None = None
    part: int = 1
    observation: str = ""
    observed_at: datetime


class Conflict(Record):
    """Two sources say different things of one element. ``held`` is what stands now, ``offered`` what stands against it.

    ``kind`` says who settles it: ``confirm`` — a to-do at the door; ``correct`` — nobody knocks, the department of
    ``offered_source`` gets a correction to ``held``; ``next_visit`` — a to-do at the next visit; ``supervisor`` — two workers
    differ without having seen each other's, their supervisor decides.
    """

    person: str
    element: str
    kind: Literal["confirm", "correct", "next_visit", "supervisor"]
    held: str | None = Field(repr=False)
    held_source: Source
    offered: str | None = Field(repr=False)
    offered_source: Source


class FoldResult(Record):
    """What a chunk of rows did: conflicts to act on, and the persons of whom a fact has another value now."""

    conflicts: list[Conflict]
    changed: list[str]


class ObservationIn(Record):
    """One element of one subject as somebody found it. ``uid`` is the observer's own (a second one with it counts once).

    ``value`` is text as answers give it (ISO dates, yes/no, codes); None: there is none. ``base_version`` is the version of
    the subject that the observer saw; ``task`` the one in hand (``todo:…``), if any.
    """

    uid: str
    subject: str
    element: str
    value: str | None = Field(repr=False)
    observed_at: datetime
    subject_kind: Literal["person"] = "person"
    base_version: int | None = None
    task: str = ""


class Observed(Record):
    """What became of an observation: folded, conflict (both values are kept), routed to whoever is on duty where the subject
    lives now, or waiting for its subject to be known. ``corrections`` go to departments; nobody has to knock for them.
    """

    uid: str
    state: Literal["stored", "folded", "conflict", "routed", "waiting"]
    duplicate: bool = False
    conflict: Conflict | None = None
    corrections: list[Conflict] = []


Arriving = Literal["born", "moved_in", "let"]
"""How somebody comes to be behind a door whom the registry may not know."""


class Welcomed(Record):
    """Whom somebody new behind a door turned out to be. ``contradicts``: the number is another name's, and nobody moved."""

    person: str
    known: bool
    contradicts: bool
    conflicts: list[str]


class RoutedRecord(Record):
    """An observation from outside, which waits for somebody on duty where its subject lives. Without its value: the person is
    opened to see it.
    """

    uid: str
    person: str
    name: str
    element: str
    observed_at: datetime
    received_at: datetime


# People and households, masked


class PersonCard(Record):
    """A person as lists show them: masked. ``unconfirmed`` names elements on which sources differ."""

    uid: str
    version: int
    name: str | None
    sex: str | None
    birth_year: str | None
    phone: str | None
    relation_to_head: str | None
    lives_here: bool | None
    registered_here: bool | None
    household: str | None
    dwelling: str | None
    address: str
    unconfirmed: list[str]


class PeoplePage(Record):
    """People, and how many there are in all."""

    total: int
    items: list[PersonCard]


class DwellingRecord(Record):
    """A dwelling with its building's address and today's area code."""

    uid: str
    plate: str
    place: str
    address: str
    compound: str
    entrance: str
    floor: int | None
    door: str
    area: str


class ResidenceRecord(Record):
    """A dated relation of a person to a dwelling."""

    person: str
    dwelling: str
    relation: Relation
    from_on: date | None
    to_on: date | None
    source: str


class HouseholdCard(Record):
    """Who belongs to a door: the household's members and whoever has a relation to the dwelling today, masked.

    ``presence`` per person: ``here`` registered and living, ``moved_out`` registered only (户在人不在), ``moved_in`` living
    only (人在户不在), ``elsewhere`` neither.
    """

    uid: str | None
    dwelling: DwellingRecord | None
    people: list[PersonCard]
    presence: dict[str, str]
    relations: list[ResidenceRecord]


class PlateRecord(Record):
    """What a door plate stands for: one door, or all doors of a building."""

    code: str
    kind: Literal["dwelling", "building"]
    households: list[HouseholdCard]


# One person, opened


class MyData(Record):
    """One element of a person with where it comes from. ``value`` is text; ``shown`` the words for it.

    ``standing``: authority, door (confirmed under a task), said, or unconfirmed.
    """

    element: str
    label_zh: str
    label_en: str
    group: str
    value: str | None = Field(repr=False)
    shown_zh: str | None = Field(repr=False)
    shown_en: str | None = Field(repr=False)
    source: str
    source_zh: str
    source_en: str
    observed_at: datetime
    standing: Literal["authority", "door", "said", "unconfirmed"]
    fresh: bool


class PersonOpened(Record):
    """A person, unmasked, for the task in hand. ``withheld`` names what was asked for and this task doesn't need."""

    uid: str
    version: int
    task: str
    facts: list[MyData]
    withheld: list[str]


# A worker's phone


class BundlePerson(Record):
    """A person as the phone of the grid's worker holds them: name and year whole, the telephone masked.

    ``ask`` names what may be asked at the next visit because it isn't held or isn't fresh; everything else is not asked again.
    """

    uid: str
    version: int
    household: str | None
    name: str | None
    sex: str | None
    birth_year: str | None
    phone: str | None
    relation_to_head: str | None
    lives_here: bool | None
    registered_here: bool | None
    ask: list[str]
    unconfirmed: list[str]


class BundleHousehold(Record):
    """A household of the grid."""

    uid: str
    dwelling: str


class GridBundle(Record):
    """All doors of a grid."""

    grid: str
    made_at: datetime
    dwellings: list[DwellingRecord]
    households: list[BundleHousehold]
    people: list[BundlePerson]
    relations: list[ResidenceRecord]


# Organisations and parts


class OrganisationRecord(Record):
    """An organisation."""

    uid: str
    credit_code: str
    name: str
    kind: str
    address: str
    place: str


class OrganisationPage(Record):
    """Organisations, and how many there are in all."""

    total: int
    items: list[OrganisationRecord]


class PartRecord(Record):
    """A part with its position in degrees, CGCS2000."""

    uid: str
    code: str
    class_code: str
    name: str
    lon: float
    lat: float
    department: str


class PartPage(Record):
    """Parts, and how many there are in all."""

    total: int
    items: list[PartRecord]


class DisputeRecord(Record):
    """An element of a person on which sources differ today. Without the values."""

    person: str
    element: str
    kind: Literal["confirm", "correct", "next_visit"]
    held_source: Source
    offered_source: Source


class LinkRecord(Record):
    """A department's row (the first person of it, or the second: ``part``) means this person."""

    person: str
    feed: str
    department: str
    batch: str
    row: int
    part: int
    observed_at: datetime
    probability: float | None
    decided_by: str
