"""Writing scenarios: made (``drafts``), changed by hand (``editing``), approved by a second person, put into force, given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.ground.workforce import actions as workforce
from wangge.platform.access.errors import Forbidden
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.planning.drafts import carry_out as carry_out
from wangge.work.planning.drafts import make as make
from wangge.work.planning.editing import edit as edit
from wangge.work.planning.finding import APPROVE, MAKE, found, step
from wangge.work.planning.models import Hand, Scenario

ENDED = 20
"""Vanished grids whose duties end in one transaction."""


def approve(*, scenario: str, by: Actor) -> None:
    """A second person stands for the scenario. Raises ``Forbidden`` for who made or changed it, ``Conflict`` if it is no draft."""
    row = found(scenario, by, APPROVE)
    if (row.state, row.approved_by) == ("approved", by.id):
        return
    if row.made_by == by.id:
        raise Forbidden(
            "two_people", _("Whoever made a plan can't approve it."), advice=_("Ask a colleague.")
        )
    if row.hands.filter(by=by.id).exists():
        raise Forbidden(
            "two_people", _("Whoever changed a plan can't approve it."), advice=_("Ask a colleague.")
        )
    if row.plan:
        areas.bring_up_to_date(plan=row.plan)
    with transaction.atomic():
        step(row, "approve", approved_by=by.id, approved_at=clock.now())
        Hand.objects.filter(scenario=row).update(approved_by=by.id)
        areas.approve_plan(plan=row.plan, by=by)
        trail.record(by=by, verb="planning.approve", object_kind="scenario", object_id=scenario)


def put_in_force(*, scenario: str, by: Actor, at: datetime | None = None) -> list[str]:
    """From a moment on (now, if none is named) the scenario's grids hold; cases keep the grid of their day.

    Duties in grids that are no more end then; returns the ids of the workers concerned. Done again after it was
    broken off, it ends the duties that are left.
    """
    row = found(scenario, by, APPROVE)
    if row.state != "in_force":
        if row.plan:
            areas.bring_up_to_date(plan=row.plan)
        with transaction.atomic():
            # The state first: a scenario without a plan yet is told what it is, not that a plan is missing.
            step(row, "put_in_force", from_at=(at or clock.now()))
            start = areas.put_in_force(plan=row.plan, at=at, by=by)
            Scenario.objects.filter(pk=row.pk).update(from_at=start)
            trail.record(
                by=by, verb="planning.put_in_force", object_kind="scenario", object_id=scenario,
                details={"from": start.isoformat()},
            )  # fmt: skip
    return _end_duties(row, by)


def withdraw(*, scenario: str, by: Actor) -> None:
    """A scenario that never came into force is given up, its plan taken away; its report stays. What is being planned stops."""
    row = found(scenario, by, MAKE)
    if row.state == "withdrawn":
        return
    plan = row.plan
    with transaction.atomic():
        step(row, "withdraw", plan="")
        trail.record(by=by, verb="planning.withdraw", object_kind="scenario", object_id=scenario)
    if plan:
        areas.discard_plan(plan=plan, by=by)


def _end_duties(row: Scenario, by: Actor) -> list[str]:
    row.refresh_from_db()
    assert row.from_at is not None
    gone = areas_queries.grids_gone(row.plan)
    concerned: set[str] = set()
    for start in range(0, len(gone), ENDED):
        concerned |= set(workforce.end_duties_in(grids=gone[start : start + ENDED], at=row.from_at, by=by))
    return sorted(concerned)
