"""Shapes of what a city keeps about itself."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel


class DayRecord(BaseModel):
    """A day that is worked on, or isn't, whatever the national calendar says."""

    day: date
    working: bool
    note: str
