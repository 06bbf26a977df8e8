"""How long things take: desks work in the city's opening hours, urgent matters day and night, handling on its own limit."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from wangge.cores.worktime.calendars import Calendar
from wangge.cores.worktime.clocks import due_at, next_opening
from wangge.cores.worktime.limits import Limit, Unit
from wangge.cores.worktime.settings import calendar_from

URGENT = (Unit.URGENT_HOUR, Unit.URGENT_WORKDAY)
_DAYS = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday", "sat": "saturday",
         "sun": "sunday"}  # fmt: skip


class Times:
    """Reckoning with the working time of one city."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    @classmethod
    def of(cls, hours: dict[str, list[str]], zone: str) -> Times:
        """The times of a city whose setting ``working_hours`` is this."""
        return cls(calendar_from({"zone": zone, "week": {_DAYS[day]: spans for day, spans in hours.items()}}))

    def desk(self, after: datetime, minutes: float, *, urgent: bool = False) -> datetime:
        """When a desk has done with something that came to it: minutes of opening time later; urgent matters don't wait."""
        if urgent:
            return after + timedelta(minutes=minutes)
        return due_at(
            next_opening(after, self._calendar),
            Limit(Fraction(round(minutes * 60), 3600), Unit.WORKING_HOUR),
            self._calendar,
        )

    def share(self, start: datetime, limit: str, share: float) -> datetime:
        """When a share of a limit has run, on the limit's own clock."""
        whole = _limit(limit)
        part = whole.amount * Fraction(round(max(share, 0.01) * 1000), 1000)
        return due_at(start, Limit(part, whole.unit), self._calendar)


def is_urgent(limit: str) -> bool:
    """Whether a limit runs day and night."""
    return _limit(limit).unit in URGENT


def amount(limit: str, share: float) -> str:
    """A share of a limit in its own unit, in whole units, one at least: what a department asks for in addition."""
    whole = _limit(limit)
    return str(Limit(max(1, round(whole.amount * Fraction(str(share)))), whole.unit))


@lru_cache(maxsize=256)
def _limit(text: str) -> Limit:
    return Limit.parse(text)
