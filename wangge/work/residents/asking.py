"""A person asks their grid worker to come, or to ring: a to-do like any other, on the published list, without a knock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import queries as registry
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.residents.permitting import bound
from wangge.work.todos import actions as todos
from wangge.work.todos import queries as inbox

How = Literal["visit", "call"]
ADMISSION = "asked_for"
DUE_AFTER = timedelta(days=5)
MINUTES = 15
LONGEST = 100
TITLES: dict[How, tuple[str, str]] = {
    "visit": ("居民预约上门", "A resident asks for a visit"),
    "call": ("居民请回电话", "A resident asks to be rung"),
}


def admit_asking(*, department: str, basis: str, from_on: date, by: Actor) -> None:
    """Put what residents ask of their worker on the list of what may be asked of a grid; once an installation."""
    todos.admit(
        code=ADMISSION, kind="visit", department=department, name_zh="居民预约上门或回电",
        name_en="Come or ring because a resident asked", basis=basis, minutes=MINUTES, invited=True, from_on=from_on, by=by,
    )  # fmt: skip


def may_ask(actor: Actor) -> bool:
    """Whether this city has put such requests on its list today."""
    today = clock.today()
    return any(
        one.code == ADMISSION and one.from_on <= today <= (one.to_on or today)
        for one in inbox.admissions(actor)
    )


@transaction.atomic
def ask_worker(*, how: How, about: str, by: Actor) -> str:
    """Ask for a visit or a call; returns the to-do's uid. While one is open, asking again changes nothing and returns that one.

    Raises ``Invalid`` for what says nothing or too much, ``Conflict`` where no dwelling is known or the city takes none.
    """
    person, said = bound(by), " ".join(about.split())
    if not said or len(said) > LONGEST:
        raise Invalid(
            "say_what_for", _("Say in at most %(most)d characters what it is about.") % {"most": LONGEST}
        )
    place = registry.place_of_person(person)
    if place is None or not may_ask(by):
        raise Conflict(
            "nobody_to_ask",
            _("Nobody can be sent by this page."),
            advice=_("Ring your grid worker or the community."),
        )
    todo = todos.push(
        admission=ADMISSION, place=place, subject_kind="person", subject=person, persons=[person],
        household=registry.household_of(person) or "", origin=("residents", person), title=TITLES[how],
        reason=(f"本人说：{said}", f"They say: {said}"), due_at=clock.now() + DUE_AFTER, by=by,
    )  # fmt: skip
    trail.record(
        by=by, verb="residents.ask_worker", object_kind="todo", object_id=todo,
        details={"how": how, "subjects": [person]},
    )  # fmt: skip
    return todo
