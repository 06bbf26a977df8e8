"""A day was declared a holiday or a workday: the due moments of open cases follow.

A case's figures are the sum of its steps in the city's calendar. Where the calendar changes, the sum of an open case is made
again from its steps, which stay as they were, and a step of its own says why its due moments moved and where to. A case that is
over keeps the moments that it was judged by: what was published doesn't change afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from wangge.platform.access import policy
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.stores import rows
from wangge.work.cases import progress
from wangge.work.cases.acting import post_of
from wangge.work.cases.models import Case, Step
from wangge.work.cases.progress import Happening, Progress
from wangge.work.cases.standing import columns_of, moment
from wangge.work.cases.times import CityTimes

PERMISSION = "city.manage"
VERB = "redate"
AT_ONCE = 100
MOVED = ("used", "due_at", "stage_due_at", "counts_at")
"""What follows from the calendar; all else of a case is as its steps say, in any calendar."""


def redate_chunk(*, after: int, why: str, by: Actor) -> int | None:
    """Reckon the next open cases anew; returns where to go on, None at the end. Run again, it finds nothing to move.

    Cases that were brought in from elsewhere have no clock of ours. Raises ``Forbidden``.
    """
    policy.require(by, PERMISSION)
    found = list(
        Case.objects.filter(open_since__isnull=False, imported=False, pk__gt=after).order_by("pk")[:AT_ONCE]
    )
    if not found:
        return None
    histories: dict[int, list[Step]] = {row.pk: [] for row in found}
    for step in Step.objects.filter(case__in=found).order_by("case", "n"):
        histories[step.case_id].append(step)
    times = CityTimes()
    with transaction.atomic():
        for row in found:
            _redate(row, progress.fold(happenings(histories[row.pk]), times), why, by)
    return found[-1].pk


def happenings(steps: Iterable[Step]) -> list[Happening]:
    """Steps as what moves a case."""
    return [
        Happening(s.verb, s.to_state, s.clock, s.at, s.department, s.crew, s.found, s.limit) for s in steps
    ]


def _redate(row: Case, moved: Progress, why: str, by: Actor) -> None:
    columns = columns_of(moved)
    changes = {name: columns[name] for name in MOVED if getattr(row, name) != columns[name]}
    if not changes:
        return
    was = row.version
    # Somebody who acts at this moment comes first: the task is tried again and finds the case as it then stands.
    if not rows.update(row, {**changes, "version": was + 1}, only_if={"version": was}):
        raise RuntimeError(f"case {row.number} moved while its due moments were made again")
    rows.insert(
        Step(
            case=row, n=was + 1, verb=VERB, from_state=row.state, to_state=row.state, by=by.id, post=post_of(by, PERMISSION),
            at=moment(), note=why, due_at=columns["due_at"], stage_due_at=columns["stage_due_at"],
        )
    )  # fmt: skip
    trail.record(
        by=by, verb=f"cases.{VERB}", object_kind="case", object_id=str(row.uid), details={"number": row.number, "why": why},
    )  # fmt: skip
