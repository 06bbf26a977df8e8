"""Room `cores.worktime`: a calendar from a city's settings, which are plain data (JSON or YAML)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wangge.cores.worktime.calendars import HOURS, Calendar, DayKind, Season, Span, Week

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\s*$")
_KEYS = {"zone", "hours", "week", "seasons", "overrides", "complete_years"}


def calendar_from(settings: Mapping[str, Any]) -> Calendar:
    """The calendar that these settings describe. Raises ValueError naming the setting that is wrong.

    `hours`: opening hours of Monday to Friday such as `["08:30-12:00", "14:30-18:00"]`; `week`: hours of
    single weekdays by name, `[]` for closed; `zone`: a name of the IANA database; `overrides`: `{"2027-01-01":
    "day_off", "2027-02-20": "working_day"}`; `complete_years`: years whose overrides are complete;
    `seasons`: a list of `{first, last, hours, week}` with `05-01` (every year) or `2026-05-01` (once).
    """
    unknown = sorted(set(settings) - _KEYS)
    if unknown:
        raise ValueError(f"found the setting '{unknown[0]}', expected only {', '.join(sorted(_KEYS))}")
    zone = str(settings.get("zone", "Asia/Shanghai"))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"zone: found '{zone}', expected a time zone such as Asia/Shanghai") from error
    return Calendar(
        week=_week(settings, "", HOURS),
        zone=zone,
        overrides=tuple(sorted(map(_override, dict(settings.get("overrides") or {}).items()))),
        seasons=tuple(_season(i, season) for i, season in enumerate(settings.get("seasons") or [])),
        complete_years=frozenset(map(int, settings.get("complete_years") or [])),
    )


def _week(settings: Mapping[str, Any], where: str, default: tuple[Span, ...]) -> Week:
    hours = settings.get("hours")
    plain = default if hours is None else _spans(hours, f"{where}hours")
    week = [plain] * 5 + [(), ()]
    for name, texts in dict(settings.get("week") or {}).items():
        if name not in WEEKDAYS:
            raise ValueError(f"{where}week: found '{name}', expected one of {', '.join(WEEKDAYS)}")
        week[WEEKDAYS.index(name)] = _spans(texts, f"{where}week.{name}")
    return tuple(week)


def _spans(texts: Sequence[str], where: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for text in texts:
        spans.append(_span(text, where))
        if len(spans) > 1 and (spans[-2][1] is None or spans[-2][1] > spans[-1][0]):
            raise ValueError(f"{where}: '{text}' starts before the hours before it end")
    return tuple(spans)


def _span(text: str, where: str) -> Span:
    match = _SPAN.match(text)
    try:
        if not match:
            raise ValueError
        hour, minute, until, past = map(int, match.groups())
        start = dt.time(hour, minute)
        end = None if (until, past) == (24, 0) else dt.time(until, past)
        if end is not None and end <= start:
            raise ValueError
    except ValueError as error:
        raise ValueError(f"{where}: found '{text}', expected hours of one day such as 08:30-12:00") from error
    return start, end


def _override(item: tuple[object, object]) -> tuple[dt.date, DayKind]:
    day, kind = item
    try:
        return dt.date.fromisoformat(str(day)), DayKind(str(kind))
    except ValueError as error:
        kinds = " or ".join(DayKind)
        raise ValueError(f"overrides: found '{day}: {kind}', expected such as 2027-01-01: {kinds}") from error


def _season(index: int, settings: Mapping[str, Any]) -> Season:
    where = f"seasons[{index}]."
    first, last = str(settings.get("first")), str(settings.get("last"))
    for text in (first, last):
        try:
            # 2004 is a leap year: the 29th of February may be named.
            dt.date.fromisoformat(text if len(text) > 5 else f"2004-{text}")
        except ValueError as error:
            message = f"{where}first/last: found '{text}', expected such as 05-01 or 2026-05-01"
            raise ValueError(message) from error
    if len(first) != len(last) or (len(first) > 5 and first > last):
        raise ValueError(f"{where}last: found '{last}', expected a day of the same form not before '{first}'")
    if settings.get("hours") is None:
        raise ValueError(f"{where}hours: expected the season's opening hours")
    return Season(first, last, _week(settings, where, ()))
