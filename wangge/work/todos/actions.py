"""Writing the inbox: admit, push, settle, withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import actions as registry
from wangge.ground.registry.records import ObservationIn
from wangge.platform.access import labels, purposes
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid
from wangge.platform.elements import lint
from wangge.platform.stores import rows
from wangge.work.todos import knocks, origins, standing
from wangge.work.todos.models import Admission, Attempt, Todo
from wangge.work.todos.outcomes import KINDS, Outcome
from wangge.work.todos.outcomes import outcome as outcome_of
from wangge.work.todos.pushing import Matter as Matter
from wangge.work.todos.pushing import push_all as push_all
from wangge.work.todos.records import TodoRecord
from wangge.work.todos.shown import todo_of

LONGEST = 24 * 60
"""Minutes that a visit may have taken."""


@transaction.atomic
def admit(
    *,
    code: str,
    kind: str,
    department: str,
    name_zh: str,
    name_en: str,
    basis: str,
    minutes: int,
    by: Actor,
    from_on: date,
    to_on: date | None = None,
    funds: str = "",
    invited: bool = False,
    urgent: bool = False,
) -> None:
    """Put a matter on the published list, or change it. Urgent additions must end (``to_on``); a name that touches a red line
    is refused: what stands here is asked of people at their doors.
    """
    if kind not in KINDS:
        raise Invalid(
            "unknown_kind", _("There is no kind of to-do %(kind)s.") % {"kind": kind}, advice=", ".join(KINDS)
        )
    crossed = lint.check(name_zh, name_en)
    if crossed:
        raise Invalid(
            "red_line",
            f"{name_zh}: {labels.chosen(crossed.zh, crossed.en)}",
            advice=_("Name the service itself, not a group of people to be watched."),
        )
    if to_on is not None and to_on < from_on:
        raise Invalid("ends_before", _("It ends before it begins."))
    if urgent and to_on is None:
        raise Invalid("urgent_without_end", _("An urgent addition needs the date on which it ends."))
    Admission.objects.update_or_create(
        code=code,
        defaults={
            "kind": kind,
            "department": department,
            "name_zh": name_zh,
            "name_en": name_en,
            "basis": basis,
            "minutes": minutes,
            "from_on": from_on,
            "to_on": to_on,
            "funds": funds,
            "invited": invited,
            "urgent": urgent,
        },
    )
    trail.record(
        by=by,
        verb="todos.admit",
        object_kind="admission",
        object_id=code,
        details={"department": department, "kind": kind},
    )


@transaction.atomic
def push(
    *,
    admission: str,
    place: str,
    subject_kind: str,
    subject: str,
    origin: tuple[str, str],
    title: tuple[str, str],
    reason: tuple[str, str],
    by: Actor,
    household: str = "",
    persons: Iterable[str] = (),
    elements: Iterable[str] = (),
    department: str = "",
    purpose: str = "base_register",
    due_at: datetime | None = None,
) -> str:
    """Put one matter into the inbox of whoever is on duty at a place; returns its uid.

    ``origin`` is (room, reference): while a to-do of the same origin and admission is open, that one is returned. ``title``
    and ``reason`` are (Chinese, English); a to-do without a reason is refused. ``persons`` may be opened for it, as
    far as the elements of ``purpose`` go; ``elements`` are what is to be found out. Raises ``Invalid`` for what isn't on the published list today.
    """
    matter = Matter(
        place, subject_kind, subject, origin, title, reason, household, tuple(persons), tuple(elements), department, due_at
    )  # fmt: skip
    return push_all(admission=admission, matters=[matter], purpose=purpose, by=by)[0]


@transaction.atomic
def settle(
    *,
    todo: str,
    outcome: str,
    by: Actor,
    values: Mapping[str, str | None] | None = None,
    minutes: int | None = None,
    note: str = "",
    at: datetime | None = None,
    invited: bool = False,
) -> TodoRecord:
    """End a to-do, or note an attempt in vain. The room it came from hears of it in this transaction.

    ``values`` are elements of the subject found under this task: they become observations. ``at`` is when it happened (a
    phone's report may be late). ``invited``: the household had asked to be visited, so that the visit uses none of its knocks.
    Settled twice by the same person with the same outcome, it stays as it is; otherwise
    ``Conflict`` says how it ended.
    """
    row = standing.locked(by, todo)
    chosen = outcome_of(row.admission.kind, outcome)
    if chosen is None:
        allowed = ", ".join(o.code for o in KINDS[row.admission.kind])
        raise Invalid(
            "unknown_outcome",
            _("%(outcome)s doesn't end this kind of to-do.") % {"outcome": outcome},
            advice=allowed,
        )
    if minutes is not None and not 0 <= minutes <= LONGEST:
        raise Invalid("bad_minutes", _("%(minutes)s min isn't the length of a visit.") % {"minutes": minutes})
    # What is said to happen later would spend a household's knock later, too.
    happened = min(at or clock.now(), clock.now())
    if row.state != "open":
        return _again(row, outcome, by)
    unasked = sorted(set(values or {}) - set(row.elements))
    if unasked:
        raise Invalid(
            "not_asked", _("This to-do doesn't ask for %(elements)s.") % {"elements": ", ".join(unasked)}
        )
    rows.insert(Attempt(todo=row, at=happened, by=by.id, outcome=outcome, minutes=minutes))
    knock = _knocked(row, chosen, happened, invited)
    if not chosen.ends:
        return _tried(row, chosen, happened, knock, by)
    ending = {"state": "settled", "outcome": outcome, "settled_at": happened, "settled_by": by.id}
    rows.update(row, {**ending, "minutes": minutes, "note": note})
    ended = todo_of(row)
    if values and row.subject_kind == "person":
        registry.observe(observations=_observations(row, values, happened), by=by)
    purposes.end(task=task_of(todo))
    trail.record(
        by=by,
        verb="todos.settle",
        object_kind="todo",
        object_id=todo,
        details={
            "outcome": outcome,
            "elements": sorted(values or {}),
            "origin": f"{row.origin_room}:{row.origin_ref}",
            **knock,
        },
    )
    origins.of(row.origin_room).settled(ended, outcome=outcome, values=values or {}, at=happened, by=by)
    return ended


@transaction.atomic
def withdraw(*, by: Actor, todo: str = "", origin: tuple[str, str] | None = None, why: str) -> int:
    """Take back open to-dos (one, or all of an origin) that are no longer needed; returns how many."""
    meant = Todo.objects.filter(state="open")
    meant = (
        meant.filter(uid=todo)
        if todo
        else meant.filter(origin_room=(origin or ("", ""))[0], origin_ref=(origin or ("", ""))[1])
    )
    uids = [str(uid) for uid in meant.values_list("uid", flat=True)]
    for uid in uids:
        Todo.objects.filter(uid=uid).update(
            state="withdrawn", settled_at=clock.now(), settled_by=by.id, note=why[:400]
        )
        purposes.end(task=task_of(uid))
        trail.record(by=by, verb="todos.withdraw", object_kind="todo", object_id=uid, details={"why": why})
    return len(uids)


def task_of(todo: str) -> str:
    """How a to-do is named as a task in purposes and looks."""
    return f"todo:{todo}"


def subject_of(todo: str) -> str | None:
    """The person whom a to-do is about, or None; for what is learnt about them after it ended."""
    return Todo.objects.filter(uid=todo, subject_kind="person").values_list("subject", flat=True).first()


def _again(row: Todo, outcome: str, by: Actor) -> TodoRecord:
    if row.state == "settled" and row.outcome == outcome and row.settled_by == by.id:
        return todo_of(row)
    raise Conflict(
        "already_ended",
        _("This to-do has ended already: %(how)s.") % {"how": row.outcome or row.state},
        advice=_("Nothing is left to do; what you found was kept."),
    )


def _knocked(row: Todo, chosen: Outcome, happened: datetime, invited: bool) -> dict[str, str]:
    """Count the visit, if it was one that nobody had asked for; what the trail says of it."""
    if not chosen.visited or not row.household:
        return {}
    if invited or row.admission.invited:
        return {"knock": "invited"}
    return {"knock": "counted" if knocks.spend(row.household, happened) else "over_budget"}


def _tried(row: Todo, chosen: Outcome, happened: datetime, knock: dict[str, str], by: Actor) -> TodoRecord:
    row.not_before = max(happened, row.not_before or happened) + timedelta(days=chosen.again_in)
    row.save(update_fields=["not_before"])
    trail.record(
        by=by,
        verb="todos.try",
        object_kind="todo",
        object_id=str(row.uid),
        details={"outcome": chosen.code, **knock},
    )
    return todo_of(row)


def _observations(row: Todo, values: Mapping[str, str | None], at: datetime) -> list[ObservationIn]:
    return [
        ObservationIn(
            uid=str(new_uid()),
            subject_kind="person",
            subject=row.subject,
            element=element,
            value=value,
            observed_at=at,
            task=task_of(str(row.uid)),
        )
        for element, value in sorted(values.items())
    ]
