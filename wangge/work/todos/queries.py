"""Reading the inbox. Every list, count and single to-do goes through the same scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas.expressions import area_code
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.todos import outcomes, walk
from wangge.work.todos.models import Admission, Todo
from wangge.work.todos.records import (
    AdmissionRecord,
    Door,
    Inbox,
    OutcomeRecord,
    TodoCounts,
    TodoPage,
    TodoRecord,
)


class Area(TypedDict):
    """What a row carries beside its columns: today's area code of its place."""

    area: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Located = WithAnnotations[Todo, Area]


def admissions(actor: Actor) -> list[AdmissionRecord]:
    """What may be asked of a grid: a published list, urgent additions with their end."""
    return [_admission(one) for one in Admission.objects.order_by("department", "code")]


def todo(actor: Actor, uid: str) -> TodoRecord:
    """One to-do; ``NotFound`` outside the actor's scope, as if it weren't there."""
    row = _seen(actor).filter(uid=uid).first()
    if row is None:
        raise NotFound("no_such_todo", _("There is no such to-do in your area."))
    return record(row)


def todos(
    actor: Actor,
    *,
    state: str = "",
    subject: str = "",
    origin: str = "",
    grid: str = "",
    overdue: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> TodoPage:
    """To-dos by filter, the most urgent first."""
    rows = _filtered(actor, state=state, subject=subject, origin=origin, grid=grid, overdue=overdue)
    ordered = rows.order_by("due_at", "id")[offset : offset + min(limit, 200)]
    return TodoPage(total=rows.count(), items=[record(row) for row in ordered])


def counts(actor: Actor, *, grid: str = "") -> TodoCounts:
    """How much waits, in the same scope as the lists."""
    moment = clock.now()
    rows = _filtered(actor, grid=grid)
    waiting = Q(state="open", not_before__gt=moment)
    return TodoCounts(
        open=rows.filter(Q(state="open") & ~waiting).count(),
        overdue=rows.filter(state="open", due_at__lt=moment).count(),
        waiting=rows.filter(waiting).count(),
        settled=rows.filter(state="settled").count(),
    )


def inbox(actor: Actor, *, grid: str = "") -> Inbox:
    """Today's work as a walk: doors in order, each with its matters. What must wait for its day isn't shown."""
    rows = _filtered(actor, state="open", grid=grid).exclude(not_before__gt=clock.now())
    records = [record(row) for row in rows.order_by("due_at", "id")[:500]]
    doors = _doors(records)
    horizon = clock.now()
    urgent = [
        door
        for door in doors
        if any(t.due_at and clock.local(t.due_at).date() <= clock.local(horizon).date() for t in door.todos)
    ]
    ordered = walk.order(urgent, [door for door in doors if door not in urgent])
    return Inbox(
        total=len(records),
        overdue=sum(one.overdue for one in records),
        minutes=sum(door.minutes for door in ordered),
        doors=ordered,
    )


def without_worker(actor: Actor, grids_on_duty: Iterable[str], *, limit: int = 200) -> TodoPage:
    """Open to-dos of the actor's area in grids where nobody is on duty, or in no grid: they wait for the grid lead."""
    rows = _filtered(actor, state="open").exclude(area__in=list(grids_on_duty)).order_by("due_at", "id")
    return TodoPage(total=rows.count(), items=[record(row) for row in rows[: min(limit, 200)]])


def open_for_subject(actor: Actor, subjects: Iterable[str]) -> list[TodoRecord]:
    """Open to-dos about these subjects, in the actor's scope."""
    return [
        record(row)
        for row in _filtered(actor, state="open").filter(subject__in=list(subjects)).order_by("due_at", "id")
    ]


def _seen(actor: Actor) -> QuerySet[Located]:
    rows = Todo.objects.select_related("admission", "place").annotate(area=area_code("place"))
    return scope(actor, "todos.see").rows(rows, area="area", department="department")


def _filtered(
    actor: Actor,
    *,
    state: str = "",
    subject: str = "",
    origin: str = "",
    grid: str = "",
    overdue: bool = False,
) -> QuerySet[Located]:
    rows = _seen(actor)
    if state:
        rows = rows.filter(state=state)
    if subject:
        rows = rows.filter(subject=subject)
    if origin:
        rows = rows.filter(origin_room=origin)
    if grid:
        rows = rows.filter(area__startswith=grid)
    return rows.filter(state="open", due_at__lt=clock.now()) if overdue else rows


def _doors(records: list[TodoRecord]) -> list[Door]:
    grouped: dict[tuple[str, str], list[TodoRecord]] = defaultdict(list)
    for one in records:
        grouped[one.place, one.household].append(one)
    return [
        Door(
            place=place,
            household=household,
            lon=matters[0].lon,
            lat=matters[0].lat,
            minutes=sum(m.minutes_expected for m in matters),
            todos=matters,
        )
        for (place, household), matters in grouped.items()
    ]


def record(row: Todo) -> TodoRecord:
    """The record of a row that carries ``area`` (or of one just written, whose grid is then None)."""
    admission = row.admission
    return TodoRecord(
        uid=str(row.uid),
        admission=admission.code,
        kind=admission.kind,
        department=row.department,
        title_zh=row.title_zh,
        title_en=row.title_en,
        reason_zh=row.reason_zh,
        reason_en=row.reason_en,
        elements=row.elements,
        place=str(row.place.uid),
        grid=getattr(row, "area", None) or None,
        lon=row.place.lon,
        lat=row.place.lat,
        household=row.household,
        subject_kind=row.subject_kind,
        subject=row.subject,
        origin_room=row.origin_room,
        origin_ref=row.origin_ref,
        state=row.state,
        created_at=row.created_at,
        not_before=row.not_before,
        due_at=row.due_at,
        overdue=row.state == "open" and row.due_at is not None and row.due_at < clock.now(),
        settled_at=row.settled_at,
        outcome=row.outcome,
        minutes=row.minutes,
        minutes_expected=admission.minutes,
        outcomes=[
            OutcomeRecord(code=o.code, zh=o.zh, en=o.en, ends=o.ends) for o in outcomes.KINDS[admission.kind]
        ],
    )


def _admission(row: Admission) -> AdmissionRecord:
    return AdmissionRecord(
        code=row.code,
        kind=row.kind,
        department=row.department,
        name_zh=row.name_zh,
        name_en=row.name_en,
        basis=row.basis,
        minutes=row.minutes,
        funds=row.funds,
        invited=row.invited,
        urgent=row.urgent,
        from_on=row.from_on,
        to_on=row.to_on,
    )
