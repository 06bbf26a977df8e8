"""The one place where a case moves: look up the table, check who and when, add the step, write the sum, see to the rest.

Every verb of ``actions`` comes through ``move``. A case is changed only in the version that was read; who comes second is
told what the first one did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from wangge.platform.access import purposes
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.stores import rows
from wangge.work.cases import field_work, progress, states
from wangge.work.cases.acting import name_of, post_of
from wangge.work.cases.finding import held
from wangge.work.cases.models import Application, Case, Step
from wangge.work.cases.progress import Happening, Progress
from wangge.work.cases.refusals import moved_on
from wangge.work.cases.reporters import task_of
from wangge.work.cases.standing import columns_of, moment, open_since, progress_of
from wangge.work.cases.states import Move
from wangge.work.cases.times import CityTimes

# While a case lies with a department, whoever handles it may telephone the reporter.
WITH_DEPARTMENT = ("to_sign", "handling", "shelved")


@dataclass(frozen=True, slots=True)
class Bringing:
    """What an act brings along. ``columns`` are columns of the case that no rate is made of (its class, its address)."""

    note: str = ""
    department: str = ""
    crew: str = ""
    found: str = ""
    limit: str = ""
    seen_at: datetime | None = None
    columns: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def move(
    *, case: str, verb: str, by: Actor, version: int | None = None, bringing: Bringing | None = None
) -> Case:
    """Do one verb to a case; returns the row as it then stands.

    Raises ``NotFound`` for a case that the actor may not know of, ``Forbidden`` where the verb isn't the actor's to do, and
    ``Conflict`` where the case has moved on since ``version`` or its state doesn't allow the verb.
    """
    row, line = held(case=case, verb=verb, by=by, version=version)
    return carry_out(row, line, by=by, bringing=bringing or Bringing())


def carry_out(row: Case, line: Move, *, by: Actor, bringing: Bringing) -> Case:
    """Write the step, the sum of all steps, the audit row, and what follows from it for others."""
    at = moment()
    before = progress_of(row)
    step = Happening(
        verb=line.verb, to=line.leads_to(row.state), clock=line.clock, at=at, department=bringing.department,
        crew=bringing.crew, found=bringing.found, limit=bringing.limit,
    )  # fmt: skip
    moved = progress.after(before, step, CityTimes())
    others = dict(bringing.columns)
    if moved.state in states.ON_SITE and not row.place:
        others["place"] = field_work.place_of(row)
    _write(row, line.verb, moved, others)
    _add_step(row, before, moved, step, by=by, bringing=bringing, permission=line.permission)
    trail.record(
        by=by, verb=f"cases.{line.verb}", object_kind="case", object_id=str(row.uid),
        details={"number": row.number, "from": before.state, "to": moved.state, "department": moved.department},
    )  # fmt: skip
    _follow_up(row, before, moved, step, by=by)
    return row


def _write(row: Case, verb: str, moved: Progress, others: dict[str, Any]) -> None:
    new = {**columns_of(moved), "open_since": open_since(moved.state, row.reported_at), **_plain(others)}
    changes = {name: value for name, value in new.items() if getattr(row, name) != value}
    was = row.version
    if not rows.update(row, {**changes, "version": was + 1}, only_if={"version": was}):
        raise moved_on(Case.objects.get(pk=row.pk), verb)
    for name, value in others.items():
        setattr(row, name, value)


def _plain(others: dict[str, Any]) -> dict[str, Any]:
    """Rows of other tables by their keys."""
    return {
        f"{name}_id" if isinstance(value, Model) else name: value.pk if isinstance(value, Model) else value
        for name, value in others.items()
    }


def _add_step(
    row: Case,
    before: Progress,
    moved: Progress,
    step: Happening,
    *,
    by: Actor,
    bringing: Bringing,
    permission: str,
) -> None:
    made = Step(
        case=row, n=row.version, verb=step.verb, from_state=before.state, to_state=step.to, by=by.id,
        post=post_of(by, permission), name=name_of(by), at=step.at, seen_at=bringing.seen_at, note=bringing.note,
        clock=step.clock, department=step.department, crew=step.crew, found=step.found, limit=step.limit,
        due_at=moved.clock.due_at, stage_due_at=moved.stage_due_at,
    )  # fmt: skip
    rows.insert(made)


def _follow_up(row: Case, before: Progress, moved: Progress, step: Happening, *, by: Actor) -> None:
    """What a new state means for others: a to-do on site, who may telephone the reporter, applications that lapse."""
    if (
        before.state in states.ON_SITE
        and moved.state != before.state
        and step.verb not in ("verify", "check")
    ):
        field_work.withdraw(row, by=by)
    if moved.state in states.ON_SITE and moved.state != before.state:
        field_work.ask(row, by=by)
    if before.state in WITH_DEPARTMENT and moved.state not in WITH_DEPARTMENT:
        purposes.end(task=task_of(row))
    if before.asked and not moved.asked:
        Application.objects.filter(case=row, outcome="").update(
            outcome="lapsed", decided_by=by.id, decided_at=moment()
        )
