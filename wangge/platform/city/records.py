"""Shapes of what a city keeps about itself."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel


class DayRecord(BaseModel):
    """A day that is worked on, or isn't, whatever the national calendar says."""

    day: date
    working: bool
    note: str


class NowRecord(BaseModel):
    """The city, its moment, and its working time: ``until`` while it is at work, else ``opens_at``."""

    name_zh: str
    name_en: str
    zone: str
    now: datetime
    working: bool
    until: datetime | None
    opens_at: datetime | None
