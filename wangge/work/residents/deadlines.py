"""Until when a question is to be answered, and what is left of that: reckoned in the city's own calendar."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.cores.worktime.calendars import CalendarUnknown
from wangge.cores.worktime.clocks import due_at
from wangge.cores.worktime.limits import Limit
from wangge.cores.worktime.remaining import remaining
from wangge.platform.access.errors import Conflict
from wangge.platform.city import hours
from wangge.platform.clock import clock


def due(start: datetime, limit: str) -> datetime:
    """When the limit (``5 工作日``) runs out. Raises ``Conflict`` where the calendar doesn't reach so far."""
    try:
        return due_at(start, Limit.parse(limit), hours.calendar()).replace(microsecond=0)
    except CalendarUnknown as unknown:
        raise Conflict(
            "calendar_unknown", _("Whether %(day)s is a working day isn't known yet.") % {"day": unknown.date},
            advice=_("Have an administrator enter that year's public holidays and make-up days."),
        ) from unknown  # fmt: skip


def left(until: datetime, limit: str) -> tuple[str, str]:
    """What is left, or by how much it is exceeded, in both languages; empty where the calendar doesn't reach so far."""
    try:
        said = remaining(clock.now(), until, Limit.parse(limit).unit, hours.calendar())
    except CalendarUnknown:
        return "", ""
    return said.text("zh"), said.text("en")
