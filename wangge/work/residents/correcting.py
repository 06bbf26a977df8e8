"""A person says that something held about them is wrong: it becomes what they said, and where that can't settle it, a visit."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import actions as registry_actions
from wangge.ground.registry import queries as registry
from wangge.ground.registry.records import ObservationIn
from wangge.platform.access import actors
from wangge.platform.access.errors import Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid
from wangge.platform.elements.registry import Element, UnknownElement, element
from wangge.work.residents.models import Correction
from wangge.work.residents.permitting import bound
from wangge.work.todos import actions as todos
from wangge.work.todos import queries as inbox

ADMISSION = "confirm_correction"
DUE_AFTER = timedelta(days=15)
MINUTES = 10


def admit_corrections(*, department: str, basis: str, from_on: date, by: Actor) -> None:
    """Put visits that residents ask for by a correction on the list of what may be asked of a grid; once an installation."""
    todos.admit(
        code=ADMISSION, kind="confirm", department=department, name_zh="核实居民提出的更正",
        name_en="Confirm a correction that a resident asked for", basis=basis, minutes=MINUTES, invited=True,
        from_on=from_on, by=by,
    )  # fmt: skip


def ask_correction(*, element: str, value: str | None, by: Actor, note: str = "") -> str:
    """Say what an element of one's own should be; returns the correction's uid.

    What no authority says otherwise stands at once, as the person's own word. Against an authority it is kept beside its value,
    and the grid worker comes to see (invited: it costs no knock). Raises ``Invalid`` for an element or value that can't be.
    """
    person, one = bound(by), _shown(element)
    observation = str(new_uid())
    # The registry stores what was said first and folds it second; it is not lost whatever happens below.
    seen = registry_actions.observe(
        observations=[
            ObservationIn(
                uid=observation, subject=actors.person_of(by) or person, element=element, value=value,
                observed_at=clock.now(),
            )
        ],
        by=by,
    )[0]  # fmt: skip
    with transaction.atomic():
        row = Correction.objects.create(
            person=person, element=element, observation=observation, note=" ".join(note.split())[:200],
            state="taken" if seen.conflict is None else "noted", asked_at=clock.now(),
        )  # fmt: skip
        if seen.conflict is not None:
            row.todo = _visit(row, person, one, by)
            row.state = "to_confirm" if row.todo else "noted"
            row.save(update_fields=["todo", "state"])
        trail.record(
            by=by, verb="residents.ask_correction", object_kind="correction", object_id=str(row.uid),
            details={"elements": [element], "state": row.state, "subjects": [person]},
        )  # fmt: skip
    return str(row.uid)


def _shown(code: str) -> Element:
    try:
        one = element(code)
    except UnknownElement:
        raise Invalid("unknown_element", _("There is no such data.")) from None
    if one.holder != "person" or not one.resident_sees:
        raise Invalid("unknown_element", _("There is no such data."))
    return one


def _visit(row: Correction, person: str, one: Element, by: Actor) -> str:
    """A to-do at their door, or "" where their door isn't known or the city hasn't admitted such visits."""
    place = registry.place_of_person(person)
    admitted = any(a.code == ADMISSION and _holds(a.from_on, a.to_on) for a in inbox.admissions(by))
    if place is None or not admitted:
        return ""
    return todos.push(
        admission=ADMISSION, place=place, subject_kind="person", subject=person, persons=[person],
        household=registry.household_of(person) or "", origin=("residents", str(row.uid)), elements=[one.code],
        title=(f"核实居民更正：{one.zh}", f"A resident's correction: {one.en}"),
        reason=(f"本人提出{one.zh}登记有误，与现有记录不一致", f"The resident says that the recorded “{one.en}” is wrong"),
        department=one.authority, purpose=one.purpose, due_at=clock.now() + DUE_AFTER, by=by,
    )  # fmt: skip


def _holds(first: date, last: date | None) -> bool:
    return first <= clock.today() and (last is None or clock.today() <= last)
