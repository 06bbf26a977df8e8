"""How a case stands right now: as the conditions of ``states.py`` ask it, and its columns as the sum of its steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.cases import progress, states
from wangge.work.cases.clocks import HandlingClock
from wangge.work.cases.models import Case
from wangge.work.cases.progress import Progress
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


def progress_of(row: Case) -> Progress:
    """The sum of a case's steps, from its columns."""
    return Progress(clock=clock_of(row), **{name: getattr(row, name) for name in progress.COLUMNS})


def columns_of(sum_: Progress) -> dict[str, Any]:
    """The same sum as columns."""
    run = sum_.clock
    ticking = {
        "limit": run.limit,
        "used": str(run.used),
        "clock_since": run.since,
        "clock_stopped_at": run.stopped_at,
        "due_at": run.due_at,
    }
    return {**{name: getattr(sum_, name) for name in progress.COLUMNS}, **ticking}


def open_since(state: str, reported_at: datetime) -> datetime | None:
    """What ``Case.open_since`` is in a state."""
    return reported_at if state in states.OPEN else None


def moment() -> datetime:
    """Now, in whole seconds: what a workbook shows is then what was held against the limit."""
    return clock.now().replace(microsecond=0)
