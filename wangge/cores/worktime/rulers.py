"""Room `cores.worktime`: opening time as a ruler: every instant has a place on it, every place an instant.

Instants are whole microseconds since 1970 in UTC, so that nothing is lost by adding. The ruler of a calendar
lays all its known days end to end.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from wangge.cores.worktime.errors import CalendarUnknown

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SECOND = 1_000_000
DAY = 86_400 * SECOND


def instant(moment: dt.datetime) -> int:
    """Microseconds since 1970. Raises ValueError for a moment without a time zone."""
    try:
        since = moment - EPOCH
    except TypeError as error:
        message = f"found the moment {moment} without a time zone, expected one with"
        raise ValueError(message) from error
    return since.days * DAY + since.seconds * SECOND + since.microseconds


def moment_of(at: int, zone: dt.tzinfo) -> dt.datetime:
    """The moment in a time zone."""
    return (EPOCH + dt.timedelta(microseconds=at)).astimezone(zone)


def wall(day: dt.date, time: dt.time, zone: dt.tzinfo) -> int:
    """The instant when clocks in the zone show this; where clocks are set back, the first such one."""
    return instant(dt.datetime.combine(day, time, tzinfo=zone))


@dataclass
class Ruler:
    """Spans of opening time in order, each with its start, its end and the opening time `before` it.

    It measures from the instant `first` to `last`; `days` is the opening time before each day that opens.
    """

    zone: dt.tzinfo
    first: int
    last: int = 0
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    total: int = 0

    def add(self, spans: Iterable[tuple[int, int]]) -> None:
        """The spans of one more day."""
        day = self.total
        for start, end in spans:
            # Where clocks are set on or back, spans may touch or vanish.
            start = max(start, self.ends[-1]) if self.ends else start
            if end > start:
                self.starts.append(start)
                self.ends.append(end)
                self.before.append(self.total)
                self.total += end - start
        if self.total > day:
            self.days.append(day)

    def place(self, at: int) -> int:
        """Opening time from the ruler's start to the instant. Raises CalendarUnknown beyond the ruler."""
        if not self.first <= at < self.last:
            raise self._unknown(at)
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return 0
        return self.before[index] + min(at, self.ends[index]) - self.starts[index]

    def reached(self, place: int) -> int:
        """The first instant at which this much opening time has run. Raises CalendarUnknown."""
        if place > self.total:
            raise self._unknown(self.last)
        index = max(0, bisect_left(self.before, place) - 1)
        return self.starts[index] + place - self.before[index]

    def opening(self, place: int) -> int:
        """The instant at which opening time goes on after this place. Raises CalendarUnknown."""
        if place >= self.total:
            raise self._unknown(self.last)
        index = bisect_right(self.before, place) - 1
        return self.starts[index] + place - self.before[index]

    def day(self, place: int) -> tuple[int, int, int]:
        """The day of a place, how far the place lies in it, and how long it is open. Raises CalendarUnknown.

        Where one day's opening time ends and the next one's starts, the place is in the next one.
        """
        if place >= self.total:
            raise self._unknown(self.last)
        index = bisect_right(self.days, place) - 1
        return index, place - self.days[index], self.length(index)

    def length(self, index: int) -> int:
        """How long the day is open. Raises CalendarUnknown behind the last day."""
        if index >= len(self.days):
            raise self._unknown(self.last)
        return (self.days[index + 1] if index + 1 < len(self.days) else self.total) - self.days[index]

    def days_before(self, place: int) -> Fraction:
        """The same place counted in days that open, each day's opening time as 1."""
        if place == self.total:
            return Fraction(len(self.days))
        day, into, length = self.day(place)
        return day + Fraction(into, length)

    def _unknown(self, at: int) -> CalendarUnknown:
        return CalendarUnknown(moment_of(at, self.zone).date())
