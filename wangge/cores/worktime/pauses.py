"""Room `cores.worktime`: clocks that stand still for a while: a case is shelved (挂账), an extension is asked.

A pause is (from, to), half-open, `to` None while it lasts. Pauses may overlap and come in any order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from wangge.cores.worktime.calendars import Calendar
from wangge.cores.worktime.clocks import due_at, elapsed
from wangge.cores.worktime.limits import Limit, Unit
from wangge.cores.worktime.rulers import instant

Pause = tuple[dt.datetime, dt.datetime | None]


def elapsed_with_pauses(
    start: dt.datetime, end: dt.datetime, unit: Unit, calendar: Calendar, pauses: Iterable[Pause]
) -> Fraction:
    """How many units have run from `start` to `end` while the clock was not stopped.

    Raises CalendarUnknown, ValueError for naive moments or an end before its start.
    """
    total = elapsed(start, end, unit, calendar)
    for first, last in _merged(pauses):
        first, last = max(first, start), end if last is None else min(last, end)
        if first < last:
            total -= elapsed(first, last, unit, calendar)
    return total


def due_with_pauses(
    start: dt.datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Pause]
) -> dt.datetime | None:
    """The first moment at which the limit has run; None while a pause that has no end yet keeps it open."""
    left = limit.amount
    for first, last in _merged(pauses):
        if last is not None and last <= start:
            continue
        if first > start:
            run = elapsed(start, first, limit.unit, calendar)
            if run >= left:
                break
            left -= run
        if last is None:
            return None
        start = last
    return due_at(start, Limit(left, limit.unit), calendar)


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    merged: list[Pause] = []
    for first, last in sorted(pauses, key=lambda pause: instant(pause[0])):
        if last is not None and instant(last) < instant(first):
            raise ValueError(f"found a pause that ends at {last} before it starts at {first}")
        if merged and (merged[-1][1] is None or merged[-1][1] >= first):
            before = merged[-1]
            end = None if before[1] is None or last is None else max(before[1], last)
            merged[-1] = (before[0], end)
        else:
            merged.append((first, last))
    return merged
