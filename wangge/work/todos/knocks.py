"""Knocks are rationed: departments share one budget of uninvited visits per household and month.

The budget is kept in three places with the one rule of this module: where a matter is pushed (it waits for its month), where
the inbox is read (what was pushed before waits, too), and on the phone, which gets ``rules`` and ``visits_of``. What was done at a
door is never refused for it: a visit that took place is counted, and the trail says where it was one too many.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.todos.models import Knock
from wangge.work.todos.records import VisitingRules


def rules() -> VisitingRules:
    """The city's budget and hours of uninvited visits."""
    opens, closes = city.value("visiting_hours")
    return VisitingRules(
        per_month=city.value("knocks_per_month"), opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)
    )  # fmt: skip


def visits_of(households: Iterable[str], at: datetime) -> dict[str, list[date]]:
    """The days of this month on which each household was visited without an invitation; those without a visit are left out."""
    day, found = clock.local(at).date(), dict[str, list[date]]()
    rows = Knock.objects.filter(household__in=set(households), day__year=day.year, day__month=day.month)
    for household, visited in rows.order_by("day").values_list("household", "day"):
        found.setdefault(household, []).append(visited)
    return found


def earliest(household: str, at: datetime) -> datetime | None:
    """When the next uninvited visit may be, or None if it may be at once.

    The budget counts visits, not matters: on a day already visited, and in a month with knocks left, nothing waits.
    """
    return earliest_of([household], at)[household]


def earliest_of(households: Iterable[str], at: datetime) -> dict[str, datetime | None]:
    """``earliest`` of many households at once."""
    day, wanted, rule = clock.local(at).date(), {one for one in households if one}, rules()
    visits = visits_of(wanted, at)
    later = datetime.combine(_next_month(day), rule.opens, tzinfo=clock.city_zone())
    return {one: later if _used(visits.get(one, []), day, rule.per_month) else None for one in wanted}


def spend(household: str, at: datetime) -> bool:
    """A visit took place; says whether it was within the budget."""
    within = earliest(household, at) is None
    Knock.objects.get_or_create(household=household, day=clock.local(at).date())
    return within


def _used(days: list[date], today: date, budget: int) -> bool:
    return len(days) >= budget and today not in days


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
