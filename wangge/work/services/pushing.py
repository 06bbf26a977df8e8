"""How what was found reaches people: a clerk's list where data suffice, else a to-do at the door, by telephone or on behalf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from wangge.ground.registry import queries as registry
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.services import states, words
from wangge.work.services.declaring import admission, standing_on
from wangge.work.services.models import Entitlement, Programme, Version
from wangge.work.services.moving import line, move, standing_of
from wangge.work.services.records import Pushed
from wangge.work.services.short_writes import each_in_short_writes
from wangge.work.todos import actions as todos

AT_THE_DOOR = {"no_application": "on_behalf"}
"""What is left of 免申即享 once something has to be asked for: it is done on behalf."""
AT_ONCE = 10
"""Offers a statement."""
NO_DOOR = "no door"


def push_due(*, by: Actor) -> Pushed:
    """Bring out everything that is due today: offers found since, and confirmed services whose day to decline has passed.

    Only programmes in force push. Stopped in between and run again, nobody is offered the same twice. Whose door nobody knows
    stays on the department's list until somebody does.
    """
    scope(by, "services.manage")
    done = Counter[str]()
    for programme in Programme.objects.order_by("code"):
        versions = list(programme.versions.filter(replaced=False).select_related("programme"))
        version = standing_on(versions, clock.today())
        if version is not None:
            # What an older version found waits until the new one has screened it.
            rows = Entitlement.objects.filter(
                programme=programme, version=version, state="proposed"
            ).order_by("pk")
            keys = list(rows.values_list("pk", flat=True))
            blocks = [keys[i : i + AT_ONCE] for i in range(0, len(keys), AT_ONCE)]
            each_in_short_writes(blocks, lambda block, v=version: _out(block, v, by, done))  # type: ignore[misc]
    settled = settle_due(by=by)
    return Pushed(pushed=done["push"], listed=done["list"], without_place=done[NO_DOOR], settled=settled)


def settle_due(*, by: Actor) -> int:
    """Settle what was confirmed, told and not declined by its day; returns how many.

    What the rule no longer says waits for the clerk: a date alone decides nothing that is in doubt.
    """
    scope(by, "services.manage")
    due = due_on(clock.today())

    def settle(key: int) -> int:
        row = _locked(due).filter(pk=key).first()
        return 0 if row is None else bool(move(row, "settle", by=by, outcome="settled"))

    return each_in_short_writes(list(due.values_list("pk", flat=True)), settle)


def due_on(day: date) -> QuerySet[Entitlement]:
    """What was confirmed, still stands, and could be declined until before this day, the longest due first."""
    due = Entitlement.objects.filter(state="confirmed", stands=True, decline_until__lt=day)
    return due.order_by("decline_until", "pk")


def _locked(rows: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    return rows.select_for_update(of=("self",)).select_related("programme", "version").order_by("pk")


def _out(keys: Sequence[int], version: Version, by: Actor, done: Counter[str]) -> int:
    """Bring out a block of offers of one version; returns how many went out."""
    by_verb: dict[str, list[Entitlement]] = {"list": [], "push": []}
    for row in _locked(Entitlement.objects.filter(pk__in=keys, state="proposed")):
        verbs = (m.verb for m in states.possible(row.state, standing_of(row)) if m.who == "delivery")
        by_verb[next(verbs)].append(row)
    due = clock.now() + timedelta(days=version.due_days)
    pushed = _push(by_verb["push"], version, due, by)
    acts: list[tuple[str, dict[str, trail.Detail]]] = []
    for verb, rows, due_at in (("push", pushed, due), ("list", by_verb["list"], None)):
        state = line(rows[0], verb).to if rows else ""
        Entitlement.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=state, changed_at=clock.now(), due_at=due_at
        )
        said = {"programme": version.programme.code, "to": state}
        acts += [(str(row.uid), {**said, "subjects": [row.person]}) for row in rows]
    trail.record_all(by=by, verb="services.offer", object_kind="entitlement", acts=acts)
    done.update(
        {"push": len(pushed), "list": len(by_verb["list"]), NO_DOOR: len(by_verb["push"]) - len(pushed)}
    )
    return len(acts)


def _push(rows: Sequence[Entitlement], version: Version, due: datetime, by: Actor) -> list[Entitlement]:
    """Put offers into the inbox of whoever is on duty where each person lives; returns those for which there was a door."""
    persons = [row.person for row in rows]
    homes, today = registry.homes_of(persons), registry.currents(persons)
    found = [row for row in rows if homes[row.person][0] is not None]
    matters = [
        todos.Matter(
            place=homes[row.person][0] or "", household=homes[row.person][1] or "", subject_kind="person",
            subject=today[row.person], persons=[today[row.person]], origin=("services", str(row.uid)), title=_title(row),
            reason=_reason(row), elements=row.asked, department=version.programme.department, due_at=due,
        )
        for row in found
    ]  # fmt: skip
    todos.push_all(
        admission=admission(version.programme.code), matters=matters, purpose=version.purpose, by=by
    )
    return found


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
