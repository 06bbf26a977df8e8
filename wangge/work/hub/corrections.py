"""Corrections in return feeds: a department's row says one thing, and a better source another.

Who said what, what was found, when, and under which task; only of elements that an agreement "out" with that department
covers today (no data moves without one).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wangge.ground.registry.parts import row_and_part
from wangge.ground.registry.records import Conflict
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.hub.agreements import agreed_out
from wangge.work.hub.models import Confirmation, ReturnRow

UNIQUE = ["department", "kind", "reference", "element"]


def tell(found: Sequence[Conflict], task: str, by: Actor) -> None:
    """Put corrections into the return feeds of the departments that said otherwise. In the caller's transaction.

    A later finding about the same value of the same row takes the place of the earlier one.
    """
    said = [one for one in found if one.offered_source.department]
    agreed = agreed_out({one.offered_source.department for one in said}) if said else {}
    rows = [_line(one, task) for one in said if one.element in agreed[one.offered_source.department]]
    _write({(row.department, row.reference, row.element): row for row in rows}, task, by)


def ended(one: Confirmation, *, outcome: str, value: str | None, task: str, at: datetime, by: Actor) -> None:
    """A confirmation ended otherwise than the department said: the outcome stands with the correction, or alone."""
    feed = one.delivery.feed
    if one.element not in agreed_out([feed.department])[feed.department]:
        return
    told = ReturnRow.objects.filter(
        department=feed.department, kind="correction", element=one.element, task=task
    )
    if told.update(outcome=outcome):
        return
    line = row_and_part(one.row)
    row = ReturnRow(
        department=feed.department, kind="correction", reference=task, element=one.element, person=one.person,
        feed=feed.code, delivery=str(one.delivery.uid), row=line[0], part=line[1], said=one.offered, value=value, source="task",
        task=task, outcome=outcome, at=at,
    )  # fmt: skip
    _write({(row.department, row.reference, row.element): row}, task, by)


def _line(one: Conflict, task: str) -> ReturnRow:
    said, better = one.offered_source, one.held_source
    seen = better.kind in ("task", "door")
    return ReturnRow(
        department=said.department, kind="correction", reference=":".join(map(str, (said.feed, said.batch, said.row, said.part))),
        element=one.element, person=one.person, feed=said.feed, delivery=said.batch, row=said.row, part=said.part,
        said=one.offered, value=one.held, source=better.department or better.kind, task=task,
        at=better.observed_at if seen else clock.now(),
    )  # fmt: skip


def _write(rows: dict[tuple[str, str, str], ReturnRow], task: str, by: Actor) -> None:
    ReturnRow.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=UNIQUE, batch_size=50,
        update_fields=["person", "feed", "delivery", "row", "part", "said", "value", "source", "task", "outcome", "at"],
    )  # fmt: skip
    for code in sorted({row.department for row in rows.values()}):
        mine = [row for row in rows.values() if row.department == code]
        trail.record(
            by=by, verb="hub.correct", object_kind="department", object_id=code,
            details={"rows": len(mine), "elements": sorted({row.element for row in mine}), "task": task},
        )  # fmt: skip
