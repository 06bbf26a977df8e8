"""Knocks are rationed: departments share one budget of uninvited visits per household and month."""

from __future__ import annotations

from datetime import date, datetime, time

from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.todos.models import Knock


def earliest(household: str, at: datetime) -> datetime | None:
    """When the next uninvited visit may be, or None if it may be at once.

    The budget counts visits, not matters: on a day already visited, and in a month with knocks left, nothing waits.
    """
    day = clock.local(at).date()
    visited = Knock.objects.filter(household=household, day__year=day.year, day__month=day.month)
    if visited.count() < city.value("knocks_per_month") or visited.filter(day=day).exists():
        return None
    opens = time.fromisoformat(city.value("visiting_hours")[0])
    return datetime.combine(_next_month(day), opens, tzinfo=clock.city_zone())


def spend(household: str, at: datetime) -> None:
    """A visit took place."""
    Knock.objects.get_or_create(household=household, day=clock.local(at).date())


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
