"""Rows that the registry's bulk loads take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Relation = Literal["registered", "living", "owner", "tenant"]


class DwellingIn(NamedTuple):
    """A dwelling to load; ``building`` is the key that ``areas.actions.load_buildings`` gave."""

    building: int
    door: str
    entrance: str = ""
    floor: int | None = None
    area: Decimal | None = None
    plate: str = ""


class HouseholdIn(NamedTuple):
    """A household to load, with its members. It is known again by its number; without one, by ``uid`` if that is given."""

    dwelling: str | None
    members: tuple[str, ...] = ()
    number: str = ""
    uid: str = ""


class ResidenceIn(NamedTuple):
    """A dated relation to load. It is known again by person, dwelling, relation and first day."""

    person: str
    dwelling: str
    relation: Relation
    from_on: date | None = None
    to_on: date | None = None
    source: str = ""


class KinIn(NamedTuple):
    """``other`` is ``person``'s … (code of GB/T 4761)."""

    person: str
    other: str
    kinship: str


class OrganisationIn(NamedTuple):
    """An organisation to load; known again by its credit code. ``place`` is an id of ``areas``."""

    name: str
    credit_code: str = ""
    kind: str = ""
    address: str = ""
    place: str = ""


class PartIn(NamedTuple):
    """A part to load; known again by its code. Degrees, CGCS2000."""

    code: str
    class_code: str
    lon: float
    lat: float
    name: str = ""
    department: str = ""
