"""Linkage's reading of dates as departments write them; lunar and unclear ones are flagged, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from wangge.cores.linkage.numerals import arabic, narrow

_LUNAR = re.compile(r"农历|阴历|旧历|正月|腊月|冬月|初[一二三四五六七八九十\d]|廿|闰")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.年 ]+(\d{1,2})[-/.月 ]+(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}.*)?$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\.0|0{6})?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?$")
_SHORT = re.compile(r"^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_PARTIAL = re.compile(r"^(\d{4})(?:[-/.年]?(\d{1,2})?月?)?年?$")
_SERIAL = re.compile(r"^(\d{5})(?:\.0)?$")
_SPREADSHEET_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a date field says: the day, or only the year and month, and why (``reason``).

    ``ok``, ``blank``, ``partial`` (year, perhaps month), ``lunar``, ``two_digit_year`` (read as 19xx when
    nothing else is possible), ``serial`` (a spreadsheet's day number), ``day_or_month`` (05/06/1990 may be
    either), ``impossible``, ``unrecognised``.
    """

    value: str | None
    year: int | None
    month: int | None
    reason: str


def read_date(text: str | None) -> DateReading:
    """A date in a dozen shapes, with the reason when it could not be read. Never raises."""
    narrowed = narrow(str(text)) if text is not None else ""
    if not narrowed:
        return DateReading(None, None, None, "blank")
    if _LUNAR.search(narrowed):
        return DateReading(None, None, None, "lunar")
    compact = arabic(narrowed)
    if match := _YEAR_FIRST.match(compact) or _PACKED.match(compact):
        year, month, day = (int(g) for g in match.groups())
        return _day(year, month, day, reason="ok")
    if match := _YEAR_LAST.match(compact):
        return _year_last(*(int(g) for g in match.groups()))
    if match := _SHORT.match(compact):
        year, month, day = (int(g) for g in match.groups())
        if year < 30:
            return DateReading(None, None, None, "two_digit_year")
        return _day(1900 + year, month, day, reason="two_digit_year")
    if match := _SERIAL.match(compact):
        found = _SPREADSHEET_EPOCH + timedelta(days=int(match.group(1)))
        return DateReading(found.isoformat(), found.year, found.month, "serial")
    if match := _PARTIAL.match(compact):
        return _partial(int(match.group(1)), int(match.group(2)) if match.group(2) else None)
    return DateReading(None, None, None, "unrecognised")


def normalise_date(text: str | None) -> str | None:
    """The ISO day a field says, or None when it says none for certain (see ``read_date`` for the reason)."""
    return read_date(text).value


def _day(year: int, month: int, day: int, reason: str) -> DateReading:
    try:
        return DateReading(date(year, month, day).isoformat(), year, month, reason)
    except ValueError:
        return DateReading(None, None, None, "impossible")


def _year_last(first: int, second: int, year: int) -> DateReading:
    if first > 12 >= second or first == second:
        return _day(year, second, first, reason="ok")
    if second > 12 >= first:
        return _day(year, first, second, reason="ok")
    return DateReading(None, year, None, "day_or_month" if first <= 12 else "impossible")


def _partial(year: int, month: int | None) -> DateReading:
    if not 1850 <= year <= 2099 or (month is not None and not 1 <= month <= 12):
        return DateReading(None, None, None, "impossible")
    return DateReading(None, year, month, "partial")
