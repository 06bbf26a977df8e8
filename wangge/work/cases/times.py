"""Reckoning with limits in the city's own calendar: the seam between this room and ``cores.worktime``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from wangge.cores.worktime.calendars import Calendar, CalendarUnknown
from wangge.cores.worktime.clocks import due_at, elapsed
from wangge.cores.worktime.limits import Limit
from wangge.cores.worktime.remaining import remaining
from wangge.platform.access.errors import Conflict
from wangge.platform.city import hours
from wangge.platform.city import settings as city
from wangge.work.cases import words


class CityTimes:
    """``clocks.Times`` in the city's calendar. What the city has set is looked up when it is first needed: most verbs
    need nothing of it. Moments are whole seconds, and so are the due moments made of them.
    """

    @cached_property
    def calendar(self) -> Calendar:
        """The city's calendar as its settings are now."""
        return hours.calendar()

    @cached_property
    def stage_limits(self) -> dict[str, str]:
        """The limits of the stages."""
        return dict(city.value("stage_limits"))

    def stage_limit(self, stage: str) -> str:
        """The limit of one stage; empty where the city has none."""
        return self.stage_limits.get(stage, "")

    def due(self, start: datetime, limit: str, used: Fraction = Fraction(0)) -> datetime:
        """When the limit runs out; raises ``Conflict`` where the calendar doesn't reach so far."""
        whole = Limit.parse(limit)
        left = whole.amount - used
        if left <= 0:
            return start
        with _known_days():
            return due_at(start, Limit(left, whole.unit), self.calendar).replace(microsecond=0)

    def between(self, start: datetime, end: datetime, limit: str) -> Fraction:
        """Units of the limit that run between two moments, exactly."""
        with _known_days():
            return elapsed(start, end, Limit.parse(limit).unit, self.calendar)

    def amount(self, limit: str) -> Fraction:
        """How many units the limit has."""
        return Limit.parse(limit).amount

    def longer(self, limit: str, amount: str) -> str:
        """Both together; raises ``ValueError`` for another unit."""
        return str(Limit.parse(limit) + Limit.parse(amount))

    def left(self, moment: datetime, due: datetime, limit: str) -> str:
        """What is left, as people say it (``剩 3 工作时``); empty where the calendar doesn't reach so far."""
        try:
            said = remaining(moment, due, Limit.parse(limit).unit, self.calendar)
        except CalendarUnknown:
            return ""
        return said.text("zh" if words.in_chinese() else "en")


@contextmanager
def _known_days() -> Iterator[None]:
    try:
        yield
    except CalendarUnknown as unknown:
        raise Conflict(
            "calendar_unknown", _("Whether %(day)s is a working day isn't known yet.") % {"day": unknown.date},
            advice=_("Have an administrator enter that year's public holidays and make-up days."),
        ) from unknown  # fmt: skip
