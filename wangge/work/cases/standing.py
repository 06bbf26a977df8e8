"""How a case stands right now, as the conditions of ``states.py`` ask it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.cases.clocks import HandlingClock
from wangge.work.cases.models import Case
from wangge.work.cases.states import Standing


def standing_of(row: Case, moment: datetime) -> Standing:
    """Everything a condition may ask."""
    until = reopen_until(row)
    return Standing(
        patrol=row.source == "patrol",
        found=row.found,
        asked=row.asked,
        late=clock_of(row).late(moment),
        rated=row.rated,
        reopenable=until is not None and clock.local(moment).date() <= until,
    )


def clock_of(row: Case) -> HandlingClock:
    """The handling clock, from the case's columns."""
    return HandlingClock(row.limit, Fraction(row.used), row.clock_since, row.clock_stopped_at, row.due_at)


def reopen_until(row: Case) -> date | None:
    """The last day on which the reporter may reopen a closed case (city setting ``reopen_within_days``)."""
    if row.closed_at is None or row.imported:
        return None
    return clock.local(row.closed_at).date() + timedelta(days=city.value("reopen_within_days"))
