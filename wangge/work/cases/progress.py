"""How far a case has come: the sum of its steps, pure. Columns of ``Case`` hold it; a fold over the steps gives it again.

``after`` is the only place where a verb changes a figure that a rate is made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from wangge.work.cases import clocks, states
from wangge.work.cases.clocks import HandlingClock, Times


@dataclass(frozen=True, slots=True)
class Happening:
    """A step, as far as it moves a case. ``limit``: the time that dispatching set, or that an extension gave."""

    verb: str
    to: str
    clock: str
    at: datetime
    department: str = ""
    crew: str = ""
    found: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """``counts_at`` is when the case entered the counts: handled, or overdue and unhandled, whichever came first (应结案)."""

    state: str = "new"
    department: str = ""
    crew: str = ""
    found: str = ""
    asked: str = ""
    clock: HandlingClock = field(default_factory=HandlingClock)
    stage_due_at: datetime | None = None
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    handled_at: datetime | None = None
    closed_at: datetime | None = None
    counts_at: datetime | None = None
    reworks: int = 0
    passes: int = 0
    reopened: int = 0
    rated: bool = False
    imported: bool = False


COLUMNS = tuple(one.name for one in fields(Progress) if one.name != "clock")


def after(before: Progress, step: Happening, times: Times) -> Progress:
    """The progress after one more step."""
    moved = replace(before, state=step.to, clock=_clock(before.clock, step, times))
    moved = _dated(moved, step)
    if moved.asked and f"allow_{moved.asked}" not in {move.verb for move in states.moves_from(step.to)}:
        moved = replace(moved, asked="")  # it lapses: nobody can decide it any more
    if step.to != before.state:
        stage = states.STAGES.get(step.to)
        limit = times.stage_limit(stage) if stage else ""
        moved = replace(moved, stage_due_at=times.due(step.at, limit) if limit else None)
    return replace(moved, counts_at=_counts_at(moved))


def fold(steps: Iterable[Happening], times: Times) -> Progress:
    """What the steps of a case come to, from nothing."""
    progress = Progress()
    for step in steps:
        progress = after(progress, step, times)
    return progress


def _clock(clock: HandlingClock, step: Happening, times: Times) -> HandlingClock:
    match step.clock:
        case "start":
            return clocks.start(step.limit, step.at, times)
        case "stop":
            return clocks.stop(clock, step.at)
        case "resume":
            return clocks.resume(clock, step.at, times)
        case "extend":
            return clocks.extend(clock, step.limit, times)
        case "forget":
            return HandlingClock()
    return clock


def _dated(moved: Progress, step: Happening) -> Progress:
    """The figures that each verb moves; a verb that isn't named moves none."""
    match step.verb:
        case "verify" | "check":
            return replace(moved, found=step.found)
        case "import":
            return replace(moved, imported=True)
        case "file":
            return replace(moved, filed_at=step.at)
        case "dispatch":
            return replace(moved, department=step.department, dispatched_at=step.at, handled_at=None)
        case "assign":
            return replace(moved, crew=step.crew)
        case "feed_back":
            return replace(moved, handled_at=step.at)
        case "forward":
            return replace(moved, found="")
        case "send_back":
            return replace(moved, handled_at=None)
        case "rework":
            return replace(moved, handled_at=None, crew="", reworks=moved.reworks + 1)
        case "close":
            return replace(moved, closed_at=step.at)
        case "rate":
            return replace(moved, rated=True)
        case "reopen":
            return replace(moved, found="", closed_at=None, rated=False, reopened=moved.reopened + 1)
        case "give_back" | "extend" | "shelve":
            return replace(moved, asked=step.verb)
        case "allow_give_back":
            return replace(
                moved, asked="", department="", crew="", dispatched_at=None, passes=moved.passes + 1
            )
        case "allow_extend" | "allow_shelve" | "refuse":
            return replace(moved, asked="")
    return moved


def _counts_at(moved: Progress) -> datetime | None:
    due_at = moved.clock.due_at
    if (
        due_at is None
        or moved.imported
        or moved.state in states.ASIDE
        or moved.state in ("rejected", "voided", "merged")
    ):
        return None
    return min(moved.handled_at, due_at) if moved.handled_at else due_at
