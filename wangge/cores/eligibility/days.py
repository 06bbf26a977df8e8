"""Room `cores.eligibility`: whole months and years between days, as law and people count them."""

from __future__ import annotations

import calendar
import datetime as dt


def months_before(on: dt.date, months: int) -> dt.date | None:
    """The last day from which this many whole months have passed on `on`; None before the year 1."""
    count = on.year * 12 + on.month - 1 - months
    year, month = divmod(count, 12)
    if year < dt.MINYEAR:
        return None
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def months_between(day: dt.date, on: dt.date) -> int:
    """Whole months from `day` to `on`."""
    return (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)


def age_on(birth: dt.date, on: dt.date) -> int:
    """Whole years since birth."""
    return months_between(birth, on) // 12


def on_day(on: dt.date, at: tuple[int, int] | None) -> dt.date:
    """The day `at` (month, day) of the year of `on`, or `on` itself."""
    return on if at is None else dt.date(on.year, *at)
