"""The demo's town: working days and opening hours around the script, as data of the city."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

HOURS = "08:30-12:00 14:30-18:00"
"""Two half-open intervals of a working day."""

_WEEKEND = 5


def kind_of(day: date) -> tuple[str, str]:
    """workday, weekend, holiday or makeup (a weekend day that is worked on), and the holiday's name.

    After the last year that the State Council has published, weekends only.
    """
    import chinese_calendar
    from chinese_calendar.constants import holidays, workdays

    if day in holidays:
        _, name = chinese_calendar.get_holiday_detail(day)
        return "holiday", name or ""
    if day in workdays:
        return "makeup", ""
    return ("weekend" if day.weekday() >= _WEEKEND else "workday"), ""


def write_calendar(path: Path, first: date, last: date) -> None:
    """`date,kind,holiday,hours` from `first` to `last`; hours are empty on days off."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["date", "kind", "holiday", "hours"])
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            kind, name = kind_of(day)
            lines.writerow([day.isoformat(), kind, name, HOURS if kind in ("workday", "makeup") else ""])
