"""What a city says of itself. Anybody may know: deadlines that bind offices follow from it."""

from __future__ import annotations

from wangge.platform.audit.actor import Actor
from wangge.platform.city import hours
from wangge.platform.city.models import DayOverride
from wangge.platform.city.records import DayRecord, NowRecord


def days(actor: Actor, *, year: int | None = None) -> list[DayRecord]:
    """The declared days of a year, or all, in their order."""
    rows = DayOverride.objects.order_by("day")
    if year is not None:
        rows = rows.filter(day__year=year)
    return [DayRecord(day=row.day, working=row.working, note=row.note) for row in rows]


def now(actor: Actor) -> NowRecord:
    """The city, its moment, and whether it is at work."""
    return hours.now()
