"""Putting matters into the inbox, one or many at once. What isn't on the published list today doesn't enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.platform.access import purposes
from wangge.platform.access.errors import Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores import rows
from wangge.work.todos import knocks, origins
from wangge.work.todos.models import Admission, Todo


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter at one place. ``origin`` is (room, reference); ``title`` and ``reason`` are (Chinese, English)."""

    place: str
    subject_kind: str
    subject: str
    origin: tuple[str, str]
    title: tuple[str, str]
    reason: tuple[str, str]
    household: str = ""
    persons: Sequence[str] = ()
    elements: Sequence[str] = ()
    department: str = ""
    due_at: datetime | None = None


@transaction.atomic
def push_all(
    *, admission: str, matters: Sequence[Matter], by: Actor, purpose: str = "base_register"
) -> list[str]:
    """Put matters of one kind into the inboxes of whoever is on duty at their places; returns their uids, in order.

    While a to-do of the same origin and admission is open, that one is returned. Give some dozens at a time, all of one
    room. Raises ``Invalid`` for what isn't on the list today, or has no reason.
    """
    if not matters:
        return []
    admitted = _admitted(admission)
    for one in matters:
        origins.of(one.origin[0])
        if not all(one.reason):
            raise Invalid("no_reason", _("A to-do needs a reason in both languages."))
    there = _already_open(admitted, matters)
    fresh = {one.origin: one for one in matters if one.origin not in there}
    uids = there | _created(admitted, fresh, purpose, by)
    return [uids[one.origin] for one in matters]


def _admitted(code: str) -> Admission:
    day = clock.today()
    row = rows.get(Admission, "code", code)
    if row is None or not row.from_on <= day <= (row.to_on or day):
        raise Invalid(
            "not_admitted",
            _("%(code)s is not on the list of what may be asked of a grid today.") % {"code": code},
            advice=_("Have it admitted first: department, basis, minutes, end."),
        )
    return row


def _already_open(admitted: Admission, matters: Sequence[Matter]) -> dict[tuple[str, str], str]:
    open_ = Todo.objects.filter(
        state="open", admission=admitted, origin_room__in={one.origin[0] for one in matters},
        origin_ref__in={one.origin[1] for one in matters},
    )  # fmt: skip
    return {(room, ref): str(uid) for room, ref, uid in open_.values_list("origin_room", "origin_ref", "uid")}


def _created(
    admitted: Admission, fresh: Mapping[tuple[str, str], Matter], purpose: str, by: Actor
) -> dict[tuple[str, str], str]:
    if not fresh:
        return {}
    keys = areas.place_keys(one.place for one in fresh.values())
    waits = {} if admitted.invited else _waits(fresh.values())
    made = {ref: _row(admitted, one, keys[one.place], waits.get(one.household)) for ref, one in fresh.items()}
    for row in made.values():
        rows.insert(row)
    purposes.give_all(
        ((purposes.at_place(one.place), one.persons, f"todo:{made[ref].uid}") for ref, one in fresh.items()),
        purpose=purpose,
    )
    trail.record_all(
        by=by, verb="todos.push", object_kind="todo",
        acts=[
            (str(made[ref].uid), {"admission": admitted.code, "origin": ":".join(ref), "subject": one.subject})
            for ref, one in fresh.items()
        ],
    )  # fmt: skip
    return {ref: str(row.uid) for ref, row in made.items()}


def _waits(matters: Iterable[Matter]) -> dict[str, datetime | None]:
    return knocks.earliest_of((one.household for one in matters), clock.now())


def _row(admitted: Admission, one: Matter, place: int, not_before: datetime | None) -> Todo:
    return Todo(
        admission=admitted, place_id=place, household=one.household, subject_kind=one.subject_kind, subject=one.subject,
        department=one.department or admitted.department, title_zh=one.title[0], title_en=one.title[1],
        reason_zh=one.reason[0], reason_en=one.reason[1], elements=sorted(one.elements), origin_room=one.origin[0],
        origin_ref=one.origin[1], created_at=clock.now(), due_at=one.due_at, not_before=not_before,
    )  # fmt: skip
