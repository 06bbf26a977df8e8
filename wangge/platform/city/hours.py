"""When the city is at work: its calendar, and how things stand at this moment."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from wangge.cores.worktime.calendars import Calendar, CalendarUnknown, DayKind, known_years
from wangge.cores.worktime.clocks import is_open, next_opening
from wangge.cores.worktime.settings import calendar_from
from wangge.platform.city import days
from wangge.platform.city import settings as city
from wangge.platform.city.records import NowRecord
from wangge.platform.clock import clock

PLAIN_YEARS = 5
"""Years beyond those whose public holidays are known that follow the plain week."""
_WEEK = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday"}  # fmt: skip


def calendar() -> Calendar:
    """The city's calendar as its settings are now."""
    hours = json.dumps(city.value("working_hours"), sort_keys=True)
    return _calendar(settings.TIME_ZONE, hours, tuple(days.overrides().items()))


def now() -> NowRecord:
    """The city's moment, and until when it is at work or from when on it will be (None where the calendar doesn't reach)."""
    moment = clock.local(clock.now())
    working, until, opens_at = _at_work(moment)
    return NowRecord(
        name_zh=city.value("city_name_zh"), name_en=city.value("city_name_en"), zone=settings.TIME_ZONE, now=moment,
        working=working, until=until, opens_at=opens_at,
    )  # fmt: skip


def _at_work(moment: datetime) -> tuple[bool, datetime | None, datetime | None]:
    held = calendar()
    try:
        if not is_open(moment, held):
            return False, None, next_opening(moment, held)
        spans = held.hours(moment.date())
    except CalendarUnknown:
        return False, None, None
    # A span without an end lasts until the day's.
    closing = next((end for _opens, end in spans if end is None or moment.time() < end), None)
    return True, datetime.combine(moment.date(), closing, tzinfo=moment.tzinfo) if closing else None, None


@lru_cache(maxsize=8)
def _calendar(zone: str, hours: str, declared: tuple[tuple[date, bool], ...]) -> Calendar:
    """Kept, since a calendar lays out all its years when it is first asked; another set of days makes another calendar.

    The public holidays of next year are published in November. Until they are known a year follows the plain week: a report
    or a dispatch on the last day of December can't wait for a table.
    """
    _first, last = known_years()
    week = {_WEEK[day]: spans for day, spans in json.loads(hours).items()}
    overrides = {day: DayKind.WORKING_DAY if working else DayKind.DAY_OFF for day, working in declared}
    plain = range(last + 1, last + 1 + PLAIN_YEARS)
    return calendar_from({"zone": zone, "week": week, "overrides": overrides, "complete_years": plain})
