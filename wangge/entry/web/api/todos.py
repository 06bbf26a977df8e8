"""The inbox over HTTP."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema
from pydantic import AwareDatetime

from wangge.entry.web.answers import Made
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.areas.records import Points
from wangge.ground.workforce import queries as workforce
from wangge.platform.access.actions import known_department
from wangge.work.todos import actions, exporting, queries
from wangge.work.todos.filters import Filters
from wangge.work.todos.records import (
    AdmissionRecord,
    Inbox,
    MinutesLine,
    TodoCounts,
    TodoLines,
    TodoPage,
    TodoRecord,
)

router = GuardedRouter(tags=["todos"])


class Settling(Schema):
    """How a to-do ended."""

    outcome: str
    values: dict[str, str | None] = {}
    minutes: int | None = None
    note: str = ""
    at: AwareDatetime | None = None


class Admitting(Schema):
    """A matter for the published list. ``minutes`` is what one visit takes; ``funds`` says who pays."""

    # A programme's own matter has its code from the programme: `programme:alone_visit`.
    code: str = Field(pattern=r"^(programme:)?[a-z][a-z0-9_]{1,59}$", max_length=60)
    kind: str
    department: str
    name_zh: str = Field(min_length=1, max_length=80)
    name_en: str = Field(min_length=1, max_length=120)
    basis: str = Field(min_length=1, max_length=200)
    minutes: int = Field(ge=1, le=actions.LONGEST)
    from_on: date
    to_on: date | None = None
    funds: str = Field("", max_length=80)
    invited: bool = False
    urgent: bool = False


class Listed(Filters):
    """A list shows what is open, unless another state (or, with an empty one, every state) is asked for."""

    state: str = "open"


class Counted(Filters):
    """What is counted, in every state."""


@router.get("/", permission="todos.list", response=TodoLines)
def todos(request: ActingRequest, filters: Query[Listed], limit: int = 50, offset: int = 0) -> TodoLines:
    """To-dos by filter, the most urgent first."""
    return queries.lines(request.actor, filters, limit=limit, offset=offset)


@router.get("/todos.xlsx", permission="todos.list", response={200: None})
def todos_workbook(request: ActingRequest, filters: Query[Listed]) -> HttpResponse:
    """The filtered list as a workbook."""
    return xlsx(f"{_('To-dos')}.xlsx", exporting.todos(request.actor, filters))


@router.get("/points", permission="todos.see", response=Points)
def points(request: ActingRequest, filters: Query[Listed], zoom: float = 15) -> Points:
    """The list as points of a map, gathered by zoom: their counts add up to the list's total."""
    return queries.points(request.actor, filters, zoom=zoom)


@router.get("/inbox", permission="todos.see", response=Inbox)
def inbox(request: ActingRequest, grid: str = "") -> Inbox:
    """Today's walk."""
    return queries.inbox(request.actor, grid=grid)


@router.get("/counts", permission="todos.list", response=TodoCounts)
def counts(request: ActingRequest, filters: Query[Counted]) -> TodoCounts:
    """How many of a filter stand in each state."""
    return queries.counts(request.actor, filters)


@router.get("/without-worker", permission="todos.see", response=TodoPage)
def without_worker(request: ActingRequest, limit: int = 50) -> TodoPage:
    """What waits for the grid lead because nobody is on duty there."""
    return queries.without_worker(request.actor, workforce.grids_on_duty(request.actor), limit=limit)


@router.get("/admissions", permission="todos.admissions.see", response=list[AdmissionRecord])
def admissions(request: ActingRequest, department: str = "") -> list[AdmissionRecord]:
    """What may be asked of a grid."""
    return queries.admissions(request.actor, department=department)


@router.get("/admissions.xlsx", permission="todos.admissions.see", response={200: None})
def admissions_workbook(request: ActingRequest, department: str = "") -> HttpResponse:
    """The same as a workbook."""
    return xlsx(f"{_('Admissions')}.xlsx", exporting.admissions(request.actor, department=department))


@router.post("/admissions", permission="todos.admissions.manage", response=Made)
def admit(request: ActingRequest, body: Admitting) -> Made:
    """Put a matter on the published list, or change it."""
    known_department(body.department)
    actions.admit(**body.dict(), by=request.actor)
    return Made(uid=body.code)


@router.get("/my-minutes", permission="todos.settle", response=list[MinutesLine])
def my_minutes(request: ActingRequest, from_on: date, to_on: date) -> list[MinutesLine]:
    """What each department's matters took of one's own time."""
    return queries.my_minutes(request.actor, from_on=from_on, to_on=to_on)


@router.get("/{uid}", permission="todos.see", response=TodoRecord)
def todo(request: ActingRequest, uid: str) -> TodoRecord:
    """One to-do."""
    return queries.todo(request.actor, uid)


@router.post("/{uid}/settle", permission="todos.settle", response=TodoRecord)
def settle(request: ActingRequest, uid: str, body: Settling) -> TodoRecord:
    """End a to-do, or note an attempt in vain."""
    return actions.settle(
        todo=uid,
        outcome=body.outcome,
        values=body.values,
        minutes=body.minutes,
        note=body.note,
        at=body.at,
        by=request.actor,
    )
