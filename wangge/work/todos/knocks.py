"""Knocks are rationed: departments share one budget of uninvited visits per household and month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.todos.models import Knock


def earliest(household: str, at: datetime) -> datetime | None:
    """When the next uninvited visit may be, or None if it may be at once.

    The budget counts visits, not matters: on a day already visited, and in a month with knocks left, nothing waits.
    """
    return earliest_of([household], at)[household]


def earliest_of(households: Iterable[str], at: datetime) -> dict[str, datetime | None]:
    """``earliest`` of many households at once."""
    day, wanted = clock.local(at).date(), {one for one in households if one}
    visits: dict[str, list[date]] = {one: [] for one in wanted}
    rows = Knock.objects.filter(household__in=wanted, day__year=day.year, day__month=day.month)
    for household, visited in rows.values_list("household", "day"):
        visits[household].append(visited)
    budget, opens = city.value("knocks_per_month"), time.fromisoformat(city.value("visiting_hours")[0])
    later = datetime.combine(_next_month(day), opens, tzinfo=clock.city_zone())
    return {one: None if len(days) < budget or day in days else later for one, days in visits.items()}


def spend(household: str, at: datetime) -> None:
    """A visit took place."""
    Knock.objects.get_or_create(household=household, day=clock.local(at).date())


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
