"""The handling clock of a case: pure arithmetic over working time. It starts, stops, runs on, and is never set back.

The clock runs in the unit of its limit (工作时 in opening hours, 紧急工作时 round the clock, …). What was used before the
present run is kept in that unit, exactly; the due moment follows from it and moves only when the clock runs on after a stop
or when more time is granted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Protocol


class Times(Protocol):
    """Reckoning with limits such as ``4 工作时`` in a city's calendar."""

    def due(self, start: datetime, limit: str, used: Fraction = Fraction(0)) -> datetime:
        """When the limit runs out if ``used`` units of it were spent before ``start``; at once if nothing is left."""

    def between(self, start: datetime, end: datetime, limit: str) -> Fraction:
        """Units of the limit that run between two moments."""

    def amount(self, limit: str) -> Fraction:
        """How many units the limit has."""

    def longer(self, limit: str, amount: str) -> str:
        """The limit and an amount of the same unit together; raises ``ValueError`` for another unit."""

    def stage_limit(self, stage: str) -> str:
        """The city's limit of a stage; empty where there is none."""


@dataclass(frozen=True, slots=True)
class HandlingClock:
    """``used`` units were spent before ``since``; the run that began then ended at ``stopped_at``, or goes on."""

    limit: str = ""
    used: Fraction = Fraction(0)
    since: datetime | None = None
    stopped_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether time is being used."""
        return self.since is not None and self.stopped_at is None

    def late(self, moment: datetime) -> bool:
        """Whether the time ran out before the clock was stopped or, if it runs, before ``moment``."""
        return self.due_at is not None and (self.stopped_at or moment) > self.due_at


def start(limit: str, at: datetime, times: Times) -> HandlingClock:
    """A fresh clock for one department: dispatching starts it."""
    return HandlingClock(limit, since=at, due_at=times.due(at, limit))


def stop(clock: HandlingClock, at: datetime) -> HandlingClock:
    """Time no longer runs; the due moment stays, to be held against the moment of stopping."""
    return replace(clock, stopped_at=at) if clock.running else clock


def resume(clock: HandlingClock, at: datetime, times: Times) -> HandlingClock:
    """Time runs on with what was left. A clock that had run out stays run out: stopping it buys nothing."""
    if clock.since is None or clock.stopped_at is None:
        return clock
    used = clock.used + times.between(clock.since, clock.stopped_at, clock.limit)
    due_at = clock.due_at if clock.late(at) else times.due(at, clock.limit, used)
    return HandlingClock(clock.limit, used, at, None, due_at)


def extend(clock: HandlingClock, amount: str, times: Times) -> HandlingClock:
    """More time: the only thing that moves the due moment of a clock that runs."""
    if clock.since is None:
        return clock
    limit = times.longer(clock.limit, amount)
    left = clock.used <= times.amount(limit)
    return replace(
        clock, limit=limit, due_at=times.due(clock.since, limit, clock.used) if left else clock.due_at
    )
