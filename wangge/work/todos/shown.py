"""Rows of the inbox as records."""

from __future__ import annotations

from wangge.platform.clock import clock
from wangge.work.todos import outcomes
from wangge.work.todos.models import Admission, Todo
from wangge.work.todos.records import AdmissionRecord, OutcomeRecord, TodoLine, TodoRecord


def todo_of(row: Todo) -> TodoRecord:
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
        invited=admission.invited,
        outcomes=[
            OutcomeRecord(code=o.code, zh=o.zh, en=o.en, ends=o.ends) for o in outcomes.KINDS[admission.kind]
        ],
    )


def overseen(record: TodoLine) -> TodoLine:
    """The same for whoever oversees: what was asked, of which grid, how late and how it ended; nothing about whom."""
    about = ("reason_zh", "reason_en", "place", "household", "subject_kind", "subject", "origin_ref")
    held = record.model_dump() | dict.fromkeys(about, "")
    return TodoLine(**held | {"lon": None, "lat": None, "elements": [], "minutes": None})


def admission_of(row: Admission) -> AdmissionRecord:
    """The record of a matter on the published list."""
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
