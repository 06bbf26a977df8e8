"""Room `cores.worktime`: what an administrator must fill in before time can be counted further."""

from __future__ import annotations

import datetime as dt


class CalendarUnknown(LookupError):
    """Nobody knows yet whether `date` is a working day."""

    def __init__(self, date: dt.date) -> None:
        self.date = date
        super().__init__(
            f"whether {date} is a working day is not known. Enter the public holidays and make-up working days "
            f"of {date.year} in the calendar's overrides and add {date.year} to its complete years."
        )
