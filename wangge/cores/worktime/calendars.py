"""Room `cores.worktime`: when an administration is open, as data of its city.

What a day is, is asked in this order: the city's own override table; the public holidays and make-up
working days of the State Council (`chinesecalendar`, 2004 to 2026 in version 1.11); the plain week.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from wangge.cores.worktime.errors import CalendarUnknown as CalendarUnknown
from wangge.cores.worktime.rulers import Ruler, wall

Span = tuple[dt.time, dt.time | None]
"""Open from … until …, half-open; None is the day's end."""

HOURS: tuple[Span, ...] = ((dt.time(8, 30), dt.time(12)), (dt.time(14, 30), dt.time(18)))
Week = tuple[tuple[Span, ...], ...]
"""The opening hours of Monday to Sunday."""
WEEK: Week = (HOURS,) * 5 + ((), ())

_DAY = dt.timedelta(days=1)


class DayKind(StrEnum):
    """What an override makes of a day."""

    DAY_OFF = "day_off"
    WORKING_DAY = "working_day"


@dataclass(frozen=True)
class Season:
    """Other hours from `first` to `last`, both included: `05-01` for every year, `2026-05-01` for once."""

    first: str
    last: str
    week: Week

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in the season, which may reach over the turn of the year."""
        spelt = day.isoformat()
        if len(self.first) == len(spelt):
            return self.first <= spelt <= self.last
        within = (self.first <= spelt[5:], spelt[5:] <= self.last)
        return all(within) if self.first <= self.last else any(within)


@dataclass(frozen=True)
class Calendar:
    """Opening hours of a city. Build it from settings with `calendar_from` in `.settings`.

    `overrides` are (date, kind) pairs and win over everything. `complete_years` are years that the library
    doesn't know and whose overrides an administrator has declared complete: there, a day without an override
    follows the plain week. In any other year unknown to the library only the days that stand in `overrides`
    are known, and the first day that isn't raises CalendarUnknown.
    """

    week: Week = WEEK
    zone: str = "Asia/Shanghai"
    overrides: tuple[tuple[dt.date, DayKind], ...] = ()
    seasons: tuple[Season, ...] = ()
    complete_years: frozenset[int] = frozenset()

    @cached_property
    def zone_info(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def _kinds(self) -> dict[dt.date, DayKind]:
        return dict(self.overrides)

    def __post_init__(self) -> None:
        if not any(self.week) and not any(hours for season in self.seasons for hours in season.week):
            raise ValueError("the calendar has no opening hours on any day of the week")

    def hours(self, day: dt.date) -> tuple[Span, ...]:
        """The opening hours of a day, () when it is closed. Raises CalendarUnknown."""
        week = next((season.week for season in self.seasons if season.holds(day)), self.week)
        kind = self._kinds.get(day) or self._public(day)
        if kind is None:
            return week[day.weekday()]
        if kind is DayKind.DAY_OFF:
            return ()
        # A Sunday that is worked on keeps the hours of an ordinary day.
        return week[day.weekday()] or next((hours for hours in week if hours), ())

    def _public(self, day: dt.date) -> DayKind | None:
        from chinese_calendar.constants import holidays, workdays

        first, last = known_years()
        if not first <= day.year <= last:
            if day.year in self.complete_years:
                return None
            raise CalendarUnknown(day)
        if day in workdays:
            return DayKind.WORKING_DAY
        return DayKind.DAY_OFF if day in holidays else None

    @cached_property
    def ruler(self) -> Ruler:
        """All known days around the library's years, without a gap (8,000 days: some 50 ms, once)."""
        year = known_years()[0]
        while self._knows(dt.date(year - 1, 12, 31)):
            year -= 1
        day, midnight, zone = dt.date(year, 1, 1), dt.time(0), self.zone_info
        ruler = Ruler(zone, first=wall(day, midnight, zone))
        while self._knows(day):
            following = day + _DAY
            ruler.add(
                (wall(day, start, zone), wall(day, end, zone) if end else wall(following, midnight, zone))
                for start, end in self.hours(day)
            )
            day = following
        ruler.last = wall(day, midnight, zone)
        return ruler

    def _knows(self, day: dt.date) -> bool:
        first, last = known_years()
        known = first <= day.year <= last or day.year in self.complete_years
        return (known or day in self._kinds) and day.year < dt.MAXYEAR


@lru_cache(maxsize=1)
def known_years() -> tuple[int, int]:
    """The first and the last year whose public holidays the library knows."""
    from chinese_calendar.constants import holidays

    return min(holidays).year, max(holidays).year
