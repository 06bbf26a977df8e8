"""Shapes of the inbox."""

from __future__ import annotations

from datetime import date, datetime, time

from pydantic import BaseModel, ConfigDict

FROZEN = ConfigDict(frozen=True)


class OutcomeRecord(BaseModel):
    """A way to end a to-do."""

    model_config = FROZEN
    code: str
    zh: str
    en: str
    ends: bool


class AdmissionRecord(BaseModel):
    """A matter that may be asked of the grid."""

    model_config = FROZEN
    code: str
    kind: str
    department: str
    name_zh: str
    name_en: str
    basis: str
    minutes: int
    funds: str
    invited: bool
    urgent: bool
    from_on: date
    to_on: date | None


class TodoLine(BaseModel):
    """A to-do in a list; persons are named by opaque ids, their fields come from the registry.

    Whoever only oversees reads it without ``lon`` and ``lat`` (None), and with reason, place, household and subject empty.
    ``invited``: somebody comes because the household asked, so that it uses no knock.
    """

    model_config = FROZEN
    uid: str
    admission: str
    kind: str
    department: str
    title_zh: str
    title_en: str
    reason_zh: str
    reason_en: str
    elements: list[str]
    place: str
    grid: str | None
    lon: float | None
    lat: float | None
    household: str
    subject_kind: str
    subject: str
    origin_room: str
    origin_ref: str
    state: str
    created_at: datetime
    not_before: datetime | None
    due_at: datetime | None
    overdue: bool
    settled_at: datetime | None
    outcome: str
    minutes: int | None
    minutes_expected: int
    invited: bool
    outcomes: list[OutcomeRecord]


class TodoRecord(TodoLine):
    """A to-do as its holder sees it: with its place."""

    lon: float
    lat: float


class VisitingRules(BaseModel):
    """Uninvited visits: how many a household may have in a calendar month, all departments together, and between which hours."""

    model_config = FROZEN
    per_month: int
    opens: time
    closes: time


class Door(BaseModel):
    """One stop of a walk with the matters that wait there."""

    model_config = FROZEN
    place: str
    household: str
    lon: float
    lat: float
    minutes: int
    todos: list[TodoRecord]


class Inbox(BaseModel):
    """Today's work in the order of a walk."""

    model_config = FROZEN
    total: int
    overdue: int
    minutes: int
    doors: list[Door]


class MinutesLine(BaseModel):
    """What one department's matters took of a worker's time: visits (in vain too), of how many to-dos, in how many minutes."""

    model_config = FROZEN
    department: str
    department_zh: str
    department_en: str
    visits: int
    todos: int
    minutes: int


class TodoPage(BaseModel):
    """A page of to-dos."""

    model_config = FROZEN
    total: int
    items: list[TodoRecord]


class TodoLines(BaseModel):
    """A page of a list of to-dos, each told as far as its reader may know."""

    model_config = FROZEN
    total: int
    items: list[TodoLine]


class TodoCounts(BaseModel):
    """How much waits; each figure is the length of a list (`GET /api/todos/` with the same filter)."""

    model_config = FROZEN
    open: int
    overdue: int
    waiting: int
    settled: int
