"""Reading the inbox. Every list, count and single to-do goes through the same scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Sum

from wangge.ground.areas.expressions import area_code
from wangge.ground.areas.grouping import box_from
from wangge.ground.areas.records import Points
from wangge.platform.access import policy
from wangge.platform.access import queries as access
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.todos import knocks, standing, walk
from wangge.work.todos.filters import EVERYTHING, OPEN
from wangge.work.todos.filters import Filters as Filters
from wangge.work.todos.models import Admission, Attempt, Todo
from wangge.work.todos.points import shown_on_map
from wangge.work.todos.records import (
    AdmissionRecord,
    Door,
    Inbox,
    MinutesLine,
    TodoCounts,
    TodoLine,
    TodoLines,
    TodoPage,
    TodoRecord,
    VisitingRules,
)
from wangge.work.todos.shown import admission_of, overseen, todo_of

if TYPE_CHECKING:
    from wangge.work.todos.standing import Located


SEE, LIST = "todos.see", "todos.list"


def admissions(actor: Actor, *, department: str = "") -> list[AdmissionRecord]:
    """What may be asked of a grid (by one department, if named): a published list, urgent additions with their end."""
    rows = Admission.objects.order_by("department", "code")
    return [admission_of(one) for one in (rows.filter(department=department) if department else rows)]


def todo(actor: Actor, uid: str) -> TodoRecord:
    """One to-do; ``NotFound`` outside the actor's scope, as if it weren't there."""
    return todo_of(standing.seen(actor, uid))


def waiting_for(actor: Actor, *, origin: tuple[str, str]) -> TodoRecord | None:
    """The open to-do of an origin (room, reference), or None where the actor sees none."""
    waiting = Todo.objects.filter(state="open", origin_room=origin[0], origin_ref=origin[1])
    for uid in waiting.values_list("uid", flat=True)[:1]:
        with suppress(NotFound):
            return todo_of(standing.seen(actor, str(uid)))
    return None


def ids_of_origin(actor: Actor, origin: tuple[str, str]) -> list[str]:
    """Ids of all to-dos that came of a thing (room, reference); whoever may open the thing may know of them."""
    rows = Todo.objects.filter(origin_room=origin[0], origin_ref=origin[1]).order_by("id")
    return [str(uid) for uid in rows.values_list("uid", flat=True)]


def todos(actor: Actor, filters: Filters = EVERYTHING, *, limit: int = 50, offset: int = 0) -> TodoPage:
    """To-dos by filter as their holders see them, the most urgent first."""
    rows = filters.narrow(_seen(actor)).order_by("due_at", "id")
    page = rows[offset : offset + min(max(limit, 0), 200)]
    return TodoPage(total=rows.count(), items=[todo_of(row) for row in page])


def lines(actor: Actor, filters: Filters = EVERYTHING, *, limit: int = 50, offset: int = 0) -> TodoLines:
    """The same for whoever may list them: who only oversees reads nothing about whom."""
    rows, tell = listed(actor, filters), teller(actor)
    page = rows[offset : offset + min(max(limit, 0), 200)]
    return TodoLines(total=rows.count(), items=[tell(row) for row in page])


def listed(actor: Actor, filters: Filters) -> QuerySet[Located]:
    """The rows of a list in its order: its pages and its file are cut from these."""
    if filters.subject or filters.box:  # whom it is about, and where exactly: not for those who only oversee
        return filters.narrow(_seen(actor)).order_by("due_at", "id")
    return filters.narrow(_seen(actor, LIST)).order_by("due_at", "id")


def teller(actor: Actor) -> Callable[[Located], TodoLine]:
    """How this actor reads a row: whole where the matter is theirs to see, else without whom it is about."""
    own = scope(actor, SEE) if policy.allows(actor, SEE) else None

    def tell(row: Located) -> TodoLine:
        record = todo_of(row)
        theirs = own is not None and own.covers(row.area or "", row.department)
        return record if theirs else overseen(record)

    return tell


def points(actor: Actor, filters: Filters = EVERYTHING, *, zoom: float = 15) -> Points:
    """The same to-dos as points of a map; the sum of all is the list's total."""
    return shown_on_map(filters.narrow(_seen(actor)), box_from(filters.box), zoom)


def counts(actor: Actor, filters: Filters = EVERYTHING) -> TodoCounts:
    """How many of a filter stand in each state: each figure is the length of the list with that state (or ``overdue``)."""
    asked = filters.model_copy(update={"state": "", "overdue": False})
    rows, moment = listed(actor, asked).order_by(), clock.now()
    return TodoCounts(
        open=rows.filter(state="open").count(),
        overdue=rows.filter(state="open", due_at__lt=moment).count(),
        waiting=rows.filter(state="open", not_before__gt=moment).count(),
        settled=rows.filter(state="settled").count(),
    )


def inbox(actor: Actor, *, grid: str = "") -> Inbox:
    """Today's work as a walk: doors in order, each with its matters. What must wait for its day isn't shown, nor what would be
    one uninvited visit too many.
    """
    rows = Filters(state="open", grid=grid).narrow(_seen(actor)).exclude(not_before__gt=clock.now())
    records = _within_budget([todo_of(row) for row in rows.order_by("due_at", "id")[:500]])
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


def my_minutes(actor: Actor, *, from_on: date, to_on: date) -> list[MinutesLine]:
    """What each department's matters took of the actor's own time from one day to another (both included), the most first.

    It is the worker's own evidence: nobody else's is read here, and nothing is ranked.
    """
    since, until = (
        datetime.combine(day, time(), tzinfo=clock.city_zone())
        for day in (from_on, to_on + timedelta(days=1))
    )
    rows = Attempt.objects.filter(by=actor.id, at__gte=since, at__lt=until)
    names = access.department_names(actor)
    found = rows.values_list("todo__department").annotate(
        visits=Count("pk"), todos=Count("todo", distinct=True), took=Sum("minutes", default=0)
    )
    lines = [
        MinutesLine(
            department=code, department_zh=names.get(code, (code, code))[0],
            department_en=names.get(code, (code, code))[1], visits=visits, todos=count, minutes=took,
        )
        for code, visits, count, took in found
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.minutes, line.department))


def visiting_rules(actor: Actor) -> VisitingRules:
    """The budget and the hours of uninvited visits: anybody may know what a household has to put up with."""
    return knocks.rules()


def visits_this_month(actor: Actor, *, grid: str, households: Iterable[str]) -> dict[str, list[date]]:
    """The days of this month on which households of a grid were visited uninvited, for whoever goes there.

    Raises ``NotFound`` for a grid outside the actor's areas.
    """
    if not scope(actor, "todos.settle").covers(grid):
        raise standing.no_such_todo()
    return knocks.visits_of(households, clock.now())


def without_worker(actor: Actor, grids_on_duty: Iterable[str], *, limit: int = 200) -> TodoPage:
    """Open to-dos of the actor's area in grids where nobody is on duty, or in no grid: they wait for the grid lead."""
    rows = OPEN.narrow(_seen(actor)).exclude(area__in=list(grids_on_duty)).order_by("due_at", "id")
    return TodoPage(total=rows.count(), items=[todo_of(row) for row in rows[: min(limit, 200)]])


def _seen(actor: Actor, permission: str = SEE) -> QuerySet[Located]:
    rows = Todo.objects.select_related("admission", "place").annotate(area=area_code("place"))
    return scope(actor, permission).rows(rows, area="area", department="department")


def _within_budget(records: list[TodoRecord]) -> list[TodoRecord]:
    waits = knocks.earliest_of((one.household for one in records), clock.now())
    return [one for one in records if one.invited or waits.get(one.household) is None]


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
