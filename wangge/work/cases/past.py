"""A case from another system's past, as an import brings it. Plain: it is made before anything of Django is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PastClass:
    """A class that an import speaks of; made where the catalogue doesn't have its code."""

    code: str
    kind: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PastCase:
    """``outside_number`` makes a case known again (``la311:1-870704831``); ``day`` is what the wall calendar showed there.

    ``state`` is one of ``states.STATES``; moments are aware; position in degrees, or neither.
    """

    outside_number: str
    day: date
    reported_at: datetime
    state: str
    class_code: str
    department: str
    source: str
    closed_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    description: str = ""
