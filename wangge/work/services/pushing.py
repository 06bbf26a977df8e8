"""How what was found reaches people: a clerk's list where data suffice, else a to-do at the door, by telephone or on behalf."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from wangge.ground.registry import queries as registry
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.services import states, words
from wangge.work.services.declaring import admission, standing_on
from wangge.work.services.models import Entitlement, Programme
from wangge.work.services.moving import move, standing_of
from wangge.work.services.records import Pushed
from wangge.work.services.short_writes import each_in_short_writes
from wangge.work.todos import actions as todos

AT_THE_DOOR = {"no_application": "on_behalf"}
"""What is left of 免申即享 once something has to be asked for: it is done on behalf."""


def push_due(*, by: Actor) -> Pushed:
    """Bring out everything that is due today: offers found since, and confirmed services whose day to decline has passed.

    Only programmes in force push. Stopped in between and run again, nobody is offered the same twice.
    """
    scope(by, "services.manage")
    done = {"push": 0, "list": 0, "": 0}
    for programme in Programme.objects.order_by("code"):
        versions = list(programme.versions.filter(replaced=False).select_related("programme"))
        version = standing_on(versions, clock.today())
        if version is not None:
            # What an older version found waits until the new one has screened it.
            rows = _locked().filter(state="proposed", version=version)
            each_in_short_writes(
                list(rows.values_list("pk", flat=True)), lambda key: _out(key, by, done), _written
            )
    settled = settle_due(by=by)
    return Pushed(pushed=done["push"], listed=done["list"], without_place=done[""], settled=settled)


def settle_due(*, by: Actor) -> int:
    """Settle what was confirmed, told and not declined by its day; returns how many.

    What the rule no longer says waits for the clerk: a date alone decides nothing that is in doubt.
    """
    scope(by, "services.manage")
    due = _locked().filter(state="confirmed", stands=True, decline_until__lt=clock.today())

    def settle(key: int) -> int:
        row = due.filter(pk=key).first()
        return 0 if row is None else bool(move(row, "settle", by=by, outcome="settled"))

    return each_in_short_writes(list(due.values_list("pk", flat=True)), settle, _written)


def _locked() -> QuerySet[Entitlement]:
    return (
        Entitlement.objects.select_for_update(of=("self",))
        .select_related("programme", "version")
        .order_by("pk")
    )


def _out(key: int, by: Actor, done: dict[str, int]) -> int:
    row = _locked().filter(pk=key, state="proposed").first()
    if row is None:
        return 0
    verb = next(m.verb for m in states.possible(row.state, standing_of(row)) if m.who == "delivery")
    place = registry.place_of_person(row.person) if verb == "push" else None
    if verb == "push" and place is None:
        # Nobody knows the door to knock at; it stays on the department's list until somebody does.
        verb = ""
    else:
        due = clock.now() + timedelta(days=row.version.due_days) if place else None
        todo = _push(row, place, due, by) if place and due else ""
        move(row, verb, by=by, due_at=due, todo=todo)
    done[verb] += 1
    return bool(verb)


def _push(row: Entitlement, place: str, due: datetime, by: Actor) -> str:
    person = registry.current(row.person)
    return todos.push(
        admission=admission(row.programme.code), place=place, subject_kind="person", subject=person, persons=[person],
        household=registry.household_of(person) or "", origin=("services", str(row.uid)), title=_title(row),
        reason=_reason(row), elements=row.asked, department=row.programme.department, purpose=row.version.purpose,
        due_at=due, by=by,
    )  # fmt: skip


def _written(count: int) -> None:
    """Each offer has its own audit row."""


def _title(row: Entitlement) -> tuple[str, str]:
    mode = AT_THE_DOOR.get(row.version.mode, row.version.mode)
    zh, en = words.both("modes", mode)
    return f"{row.programme.name_zh}（{zh}）", f"{row.programme.name_en} ({en.lower()})"


def _reason(row: Entitlement) -> tuple[str, str]:
    """Why this person, and what is still to be asked."""
    if not row.asked:
        return row.reason_zh, row.reason_en
    asked = [element(code) for code in row.asked]
    zh, en = "、".join(one.zh for one in asked), ", ".join(one.en for one in asked)
    return f"{row.reason_zh}。需要问清：{zh}", f"{row.reason_en}. To be asked: {en}"
