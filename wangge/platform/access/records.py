"""Shapes that access gives to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from wangge.platform.audit.records import ChainRecord


@dataclass(frozen=True, slots=True)
class Held:
    """One grant in force, as it travels inside ``Actor.holds``."""

    role: str
    area: str
    department: str


@dataclass(frozen=True, slots=True)
class BoundPerson:
    """The resident whom an account is bound to, as it travels inside ``Actor.holds``."""

    person: str


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A role that somebody held in an area from a moment until another (None: still)."""

    role: str
    area: str
    from_at: datetime
    to_at: datetime | None


class DepartmentRecord(BaseModel):
    """A department."""

    model_config = ConfigDict(frozen=True)
    code: str
    name_zh: str
    name_en: str


class GrantRecord(BaseModel):
    """A dated grant of a user. ``with_duty``: it comes with a duty of the roster and ends with it."""

    model_config = ConfigDict(frozen=True)
    role: str
    area: str
    department: str
    from_at: datetime
    to_at: datetime | None
    with_duty: bool = False


class UserRecord(BaseModel):
    """A user with the grants in force; of oneself also ``may``, the permissions that these carry somewhere."""

    model_config = ConfigDict(frozen=True)
    uid: str
    username: str
    name: str
    language: str
    grants: list[GrantRecord]
    may: list[str] = []


class UserPage(BaseModel):
    """Users, and how many there are in all."""

    model_config = ConfigDict(frozen=True)
    total: int
    items: list[UserRecord]


class DeviceRecord(BaseModel):
    """A phone that was enrolled, without its token."""

    model_config = ConfigDict(frozen=True)
    uid: str
    label: str
    enrolled_at: datetime
    revoked_at: datetime | None


class TrailDetail(BaseModel):
    """A detail of an act in words: a count, a code, names of elements or columns; never a person's value."""

    model_config = ConfigDict(frozen=True)
    name: str
    value: str


class TrailLine(BaseModel):
    """A line of an object's trail in the reader's words.

    ``who`` is the post held then; ``mine``: the reader's own act. ``late``: recorded later than done. ``task`` is what it was done
    for (``todo:…``, ``case:…``). ``holds``: it is what was sealed; None: not sealed yet.
    """

    model_config = ConfigDict(frozen=True)
    id: int
    at: datetime
    recorded_at: datetime
    late: bool
    who: str
    mine: bool
    verb: str
    what: str
    kind: str
    of: str
    object_id: str
    why: str
    task: str
    via: str
    details: list[TrailDetail]
    sealed: int | None
    holds: bool | None


class TrailVerb(BaseModel):
    """Something that was done to an object, to filter by."""

    model_config = ConfigDict(frozen=True)
    code: str
    name: str


class TrailPage(BaseModel):
    """A page of a trail; ``unbroken``: every sealed line of it holds. ``chain`` is of the whole trail."""

    model_config = ConfigDict(frozen=True)
    total: int
    items: list[TrailLine]
    verbs: list[TrailVerb]
    chain: ChainRecord
    unbroken: bool
