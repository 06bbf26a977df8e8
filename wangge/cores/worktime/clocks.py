"""Room `cores.worktime`: when a limit ends, how much time has run, and what is left.

A clock that is started while the administration is closed starts at its next opening. All times are
half-open and aware; results are in the calendar's zone. Everything is exact: times in whole microseconds,
amounts as fractions. One rounding is left: days of unequal opening time may put the end of a limit in workdays
between two microseconds; it is then the later one.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import lru_cache

from wangge.cores.worktime.calendars import Calendar
from wangge.cores.worktime.limits import Limit, Unit
from wangge.cores.worktime.rulers import DAY, SECOND, instant, moment_of, wall

HOUR = 3600 * SECOND
_CLOCK = {Unit.URGENT_HOUR: HOUR, Unit.URGENT_WORKDAY: DAY}


def due_at(start: dt.datetime, limit: Limit, calendar: Calendar) -> dt.datetime:
    """The first moment at which the limit has run. Raises CalendarUnknown, ValueError for a naive `start`."""
    at, unit = instant(start), limit.unit
    if unit in _CLOCK:
        end = at + _ticks(limit.amount, _CLOCK[unit])
    elif unit is Unit.NATURAL_DAY:
        end = _natural_end(at, limit.amount, calendar)
    elif unit is Unit.WORKING_HOUR:
        end = calendar.ruler.reached(calendar.ruler.place(at) + _ticks(limit.amount, HOUR))
    else:
        end = _workday_end(at, limit.amount, calendar)
    return moment_of(end, calendar.zone_info)


def elapsed(start: dt.datetime, end: dt.datetime, unit: Unit, calendar: Calendar) -> Fraction:
    """How many units have run from `start` to `end`, exactly.

    Raises CalendarUnknown, ValueError for naive moments or an `end` before `start`.
    """
    first, last = instant(start), instant(end)
    if last < first:
        raise ValueError(f"found the end {end} before the start {start}, expected it not before")
    if unit in _CLOCK:
        return Fraction(last - first, _CLOCK[unit])
    if unit is Unit.NATURAL_DAY:
        return _natural_place(last, calendar) - _natural_place(first, calendar)
    ruler = calendar.ruler
    before, after = ruler.place(first), ruler.place(last)
    if unit is Unit.WORKING_HOUR:
        return Fraction(after - before, HOUR)
    return ruler.days_before(after) - ruler.days_before(before)


def is_open(at: dt.datetime, calendar: Calendar) -> bool:
    """Whether the administration is open at this moment. Raises CalendarUnknown, ValueError."""
    return next_opening(at, calendar) == at


def next_opening(at: dt.datetime, calendar: Calendar) -> dt.datetime:
    """`at` itself in opening hours, else the moment of the next opening. Raises CalendarUnknown, ValueError."""
    opening = calendar.ruler.opening(calendar.ruler.place(instant(at)))
    return moment_of(opening, calendar.zone_info)


def _onwards(into: int, length: int, amount: Fraction) -> tuple[int, int, int]:
    """From `into` of `length` by `amount` days: whole days on, and a place (numerator, denominator) in that day.

    The place is never 0: what ends with a day ends then, and not at the next opening.
    """
    numerator = into * amount.denominator + amount.numerator * length
    denominator = length * amount.denominator
    whole, rest = divmod(numerator, denominator)
    return (whole, rest, denominator) if rest else (whole - 1, denominator, denominator)


def _workday_end(at: int, amount: Fraction, calendar: Calendar) -> int:
    ruler = calendar.ruler
    day, into, length = ruler.day(ruler.place(at))
    whole, into, length = _onwards(into, length, amount)
    day += whole
    return ruler.reached(-(-into * ruler.length(day) // length) + ruler.days[day])


def _natural_day(at: int, calendar: Calendar) -> tuple[dt.date, int, int]:
    """The local date of an instant, how far the instant lies in it, and how long that date is."""
    day = moment_of(at, calendar.zone_info).date()
    midnight = _midnight(day, calendar.zone_info)
    return day, at - midnight, _midnight(day + dt.timedelta(days=1), calendar.zone_info) - midnight


def _natural_place(at: int, calendar: Calendar) -> Fraction:
    day, into, length = _natural_day(at, calendar)
    return day.toordinal() + Fraction(into, length)


def _natural_end(at: int, amount: Fraction, calendar: Calendar) -> int:
    day, into, length = _natural_day(at, calendar)
    whole, into, length = _onwards(into, length, amount)
    day += dt.timedelta(days=whole)
    midnight = _midnight(day, calendar.zone_info)
    long = _midnight(day + dt.timedelta(days=1), calendar.zone_info) - midnight
    return midnight - (-into * long // length)


@lru_cache(maxsize=4096)
def _midnight(day: dt.date, zone: dt.tzinfo) -> int:
    return wall(day, dt.time(0), zone)


def _ticks(amount: Fraction, length: int) -> int:
    """So many times `length`, in whole microseconds, rounded up."""
    return -(-amount.numerator * length // amount.denominator)
