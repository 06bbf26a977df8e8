"""Writing scenarios. Planning itself takes place outside any transaction; what it yields is written in small ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.ground.workforce import actions as workforce
from wangge.platform.access.errors import Conflict, Forbidden, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.planning import states
from wangge.work.planning.making import Made, make_plan
from wangge.work.planning.models import Scenario
from wangge.work.planning.records import PlanSettings

MAKE, APPROVE = "planning.make", "planning.approve"
ENDED = 20
"""Vanished grids whose duties end in one transaction."""
Progress = Callable[[int, int], None]


def default_settings() -> PlanSettings:
    """The city's band of households, and the first seed."""
    return PlanSettings(low=city.value("households_low"), high=city.value("households_high"))


def make(
    *,
    prefix: str,
    by: Actor,
    settings: PlanSettings | None = None,
    name: str = "",
    progress: Progress | None = None,
) -> str:
    """Plan an area anew and keep the plan as a scenario; returns its id. The rest of the city stays as it is.

    Asked again under the same name for the same thing it answers with what it made. ``progress`` is told how many
    communities are done, of how many. Raises ``Forbidden`` outside the actor's areas, ``Conflict`` for a name that
    stands for something else, ``Invalid`` where there is nothing to plan.
    """
    if not scope(by, MAKE).covers(prefix):
        raise Forbidden(
            "outside_your_areas", _("%(area)s lies outside your areas.") % {"area": prefix or "*"}
        )
    wanted = settings or default_settings()
    title = name or f"{prefix} {clock.local(clock.now()):%Y-%m-%d %H:%M:%S}".strip()
    there = _named(prefix, title, wanted, by)
    if there is not None:
        return str(there.uid)
    made = make_plan(prefix, wanted, progress)
    plan = areas.draft_plan(grids=made.grids, memberships=made.memberships, by=by, prefix=prefix)
    try:
        return _keep(prefix, title, wanted, made, plan, by)
    except IntegrityError:  # the same was asked twice at a time, and the other was quicker
        areas.discard_plan(plan=plan, by=by)
        there = _named(prefix, title, wanted, by)
        if there is None:
            raise
        return str(there.uid)


def approve(*, scenario: str, by: Actor) -> None:
    """A second person stands for the scenario. Raises ``Forbidden`` for its maker, ``Conflict`` if it is no draft."""
    row = _found(scenario, by, APPROVE)
    if (row.state, row.approved_by) == ("approved", by.id):
        return
    if row.made_by == by.id:
        raise Forbidden(
            "two_people", _("Whoever made a plan can't approve it."), advice=_("Ask a colleague.")
        )
    areas.bring_up_to_date(plan=row.plan)
    with transaction.atomic():
        _move(row, "approve", approved_by=by.id, approved_at=clock.now())
        areas.approve_plan(plan=row.plan, by=by)
        trail.record(by=by, verb="planning.approve", object_kind="scenario", object_id=scenario)


def put_in_force(*, scenario: str, by: Actor, at: datetime | None = None) -> list[str]:
    """From a moment on (now, if none is named) the scenario's grids hold; cases keep the grid of their day.

    Duties in grids that are no more end then; returns the ids of the workers concerned. Done again after it was
    broken off, it ends the duties that are left.
    """
    row = _found(scenario, by, APPROVE)
    if row.state != "in_force":
        areas.bring_up_to_date(plan=row.plan)
        with transaction.atomic():
            start = areas.put_in_force(plan=row.plan, at=at, by=by)
            _move(row, "put_in_force", from_at=start)
            trail.record(
                by=by, verb="planning.put_in_force", object_kind="scenario", object_id=scenario,
                details={"from": start.isoformat()},
            )  # fmt: skip
    return _end_duties(row, by)


def withdraw(*, scenario: str, by: Actor) -> None:
    """A scenario that never came into force is given up, its plan taken away; its report stays."""
    row = _found(scenario, by, MAKE)
    if row.state == "withdrawn":
        return
    plan = row.plan
    with transaction.atomic():
        _move(row, "withdraw", plan="")
        trail.record(by=by, verb="planning.withdraw", object_kind="scenario", object_id=scenario)
    areas.discard_plan(plan=plan, by=by)


def _named(prefix: str, name: str, wanted: PlanSettings, by: Actor) -> Scenario | None:
    there = Scenario.objects.filter(prefix=prefix, name=name).first()
    if there is not None and (there.made_by != by.id or there.settings != wanted.model_dump()):
        raise Conflict(
            "name_taken",
            _("Another scenario has the name %(name)s.") % {"name": name},
            advice=_("Choose another name."),
        )
    return there


@transaction.atomic
def _keep(prefix: str, name: str, wanted: PlanSettings, made: Made, plan: str, by: Actor) -> str:
    scenario = Scenario.objects.create(
        name=name, prefix=prefix, settings=wanted.model_dump(), report=made.report.model_dump(), plan=plan,
        made_by=by.id, made_at=clock.now(),
    )  # fmt: skip
    trail.record(
        by=by, verb="planning.make", object_kind="scenario", object_id=str(scenario.uid),
        details={"prefix": prefix, "plan": plan, "grids": made.report.grids},
    )  # fmt: skip
    return str(scenario.uid)


def _move(row: Scenario, verb: str, **fields: object) -> None:
    """Change the state as the table says; of two who try at once, one is told."""
    to = states.after(row.state, verb)
    if to is None:
        raise Conflict(
            "wrong_state", _("This can't be done to a scenario that is %(state)s.") % {"state": row.state},
            advice=_("Look at the scenario again: it has moved on."),
        )  # fmt: skip
    if not Scenario.objects.filter(pk=row.pk, state=row.state).update(state=to, **fields):
        raise Conflict("moved_on", _("Somebody else was quicker."), advice=_("Look at the scenario again."))
    row.state = to


def _end_duties(row: Scenario, by: Actor) -> list[str]:
    row.refresh_from_db()
    assert row.from_at is not None
    gone = areas_queries.grids_gone(row.plan)
    concerned: set[str] = set()
    for start in range(0, len(gone), ENDED):
        concerned |= set(workforce.end_duties_in(grids=gone[start : start + ENDED], at=row.from_at, by=by))
    return sorted(concerned)


def _found(uid: str, by: Actor, permission: str) -> Scenario:
    held = scope(by, permission)
    row = Scenario.objects.filter(uid=uid).first()
    if row is None or not held.covers(row.prefix):
        raise NotFound("no_such_scenario", _("There is no such scenario."))
    return row
