"""Shapes that access gives to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict


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


class DeviceRecord(BaseModel):
    """A phone that was enrolled, without its token."""

    model_config = ConfigDict(frozen=True)
    uid: str
    label: str
    enrolled_at: datetime
    revoked_at: datetime | None
