"""Writing the roster. A duty and the grants that follow from it are one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.workforce import duties
from wangge.ground.workforce.models import Duty, Worker
from wangge.ground.workforce.rota import Span
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql

MANAGE = "workforce.manage"
ROSTER = "workforce.roster"
"""Who gives duties looks first whether the grid and the worker are free: one after the other."""
CLOCKS_APART = timedelta(minutes=5)


@transaction.atomic
def add_worker(*, user: str, name: str, phone: str, kind: str, community: str, by: Actor) -> str:
    """Put the person behind a user account on the roster of a community; returns the worker's id.

    Raises ``NotFound`` for an unknown account, ``Conflict`` for one that is on the roster.
    """
    _must_cover(by, community)
    postgresql.alone(ROSTER)
    if kind not in dict(Worker.KINDS):
        raise Invalid(
            "unknown_kind", _("A worker is full_time, part_time or micro, not %(kind)s.") % {"kind": kind}
        )
    account = get_user_model().objects.filter(uid=user).values_list("pk", flat=True).first()
    if account is None:
        raise NotFound("no_such_user", _("There is no such user."))
    if Worker.objects.filter(user=account).exists():
        raise Conflict("on_the_roster", _("This person is on the roster."))
    worker = Worker.objects.create(
        user_id=account, name=name, phone=phone or None, kind=kind, community=community
    )
    trail.record(
        by=by, verb="workforce.add_worker", object_kind="worker", object_id=str(worker.uid),
        details={"kind": kind, "community": community},
    )  # fmt: skip
    return str(worker.uid)


@transaction.atomic
def assign(
    *,
    worker: str,
    grid: str,
    by: Actor,
    kind: str = "main",
    from_at: datetime | None = None,
    to_at: datetime | None = None,
) -> str:
    """A worker looks after a grid from a moment (now, if none is named) until another; returns the duty's id.

    The grant moves with it: while a substitute has the grid, the worker in charge doesn't. Raises ``Conflict`` where
    two of a kind would have the grid at once, ``Invalid`` for dates the wrong way round or a helper of a micro grid.
    """
    _must_cover(by, grid)
    postgresql.alone(ROSTER)
    holder = _worker(worker)
    span = Span(from_at or clock.now(), to_at)
    _check(holder, grid, kind, span)
    before = duties.spans_of(grid)
    duty = Duty.objects.create(worker=holder, grid=grid, kind=kind, from_at=span.from_at, to_at=span.to_at)
    duties.settle_grants(grid, before, by)
    trail.record(
        by=by, verb="workforce.assign", object_kind="duty", object_id=str(duty.uid),
        details={"worker": worker, "grid": grid, "kind": kind},
    )  # fmt: skip
    return str(duty.uid)


@transaction.atomic
def end_duty(*, duty: str, by: Actor, at: datetime | None = None) -> None:
    """A duty ends now, or at a moment to come; one that hasn't begun by then goes. Raises ``NotFound``."""
    row = Duty.objects.filter(uid=duty).first()
    if row is None:
        raise NotFound("no_such_duty", _("There is no such duty."))
    _must_cover(by, row.grid)
    _end(row, _not_past(at), by)


@transaction.atomic
def hand_over(*, grid: str, worker: str, by: Actor, at: datetime | None = None) -> str:
    """From a moment on another worker is in charge of a grid: the present duty ends and hers begins. Returns hers."""
    _must_cover(by, grid)
    postgresql.alone(ROSTER)
    moment = _not_past(at)
    for duty in Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=moment), grid=grid, kind="main"):
        _end(duty, moment, by)
    return assign(worker=worker, grid=grid, by=by, from_at=moment)


@transaction.atomic
def end_duties_in(*, grids: list[str], at: datetime, by: Actor) -> list[str]:
    """These grids are no more from a moment on: their duties end then. Returns the ids of the workers concerned."""
    rows = Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=at), grid__in=grids).select_related("worker")
    concerned = sorted({str(duty.worker.uid) for duty in rows})
    for duty in rows:
        _end(duty, at, by)
    return concerned


@transaction.atomic
def leave(*, worker: str, by: Actor) -> None:
    """A worker leaves the roster: her duties end now."""
    row = _worker(worker)
    _must_cover(by, row.community)
    now = clock.now()
    for duty in Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=now), worker=row):
        _end(duty, now, by)
    row.left_at = now
    row.save(update_fields=["left_at"])
    trail.record(by=by, verb="workforce.leave", object_kind="worker", object_id=worker)


def _end(duty: Duty, moment: datetime, by: Actor) -> None:
    """The duty ends; one that hasn't begun by then is left without a span."""
    before = duties.spans_of(duty.grid)
    duty.to_at = max(moment, duty.from_at)
    duty.save(update_fields=["to_at"])
    duties.settle_grants(duty.grid, before, by)
    trail.record(
        by=by, verb="workforce.end_duty", object_kind="duty", object_id=str(duty.uid),
        details={"grid": duty.grid, "at": moment.isoformat()},
    )  # fmt: skip


def _check(holder: Worker, grid: str, kind: str, span: Span) -> None:
    if kind not in dict(Duty.KINDS):
        raise Invalid("unknown_kind", _("A duty is main or substitute, not %(kind)s.") % {"kind": kind})
    if span.end <= span.from_at:
        raise Invalid("wrong_way_round", _("A duty ends after it begins."))
    if holder.left_at is not None:
        raise Conflict("left", _("This worker has left the roster."))
    if holder.kind == "micro":
        raise Invalid(
            "micro_helper", _("Helpers of a micro grid see no register, so they can't be on duty in a grid."),
            advice=_("Assign a full-time or part-time worker."),
        )  # fmt: skip
    if not areas.grid_is_known(grid):
        raise NotFound("no_such_grid", _("There is no grid %(code)s.") % {"code": grid})
    for other in Duty.objects.filter(grid=grid, kind=kind):
        if span.overlaps(Span(other.from_at, other.to_at)):
            raise Conflict(
                "two_at_once", _("Somebody else is on this duty in grid %(grid)s at that time.") % {"grid": grid},
                advice=_("End the other duty first, or choose other dates."),
            )  # fmt: skip


def _not_past(at: datetime | None) -> datetime:
    """The moment meant, now if none is; one that is hardly past was meant as now by a slow clock."""
    now = clock.now()
    if at and at < now - CLOCKS_APART:
        raise Invalid("in_the_past", _("What was on duty stays: a duty can't end in the past."))
    return max(at or now, now)


def _worker(uid: str) -> Worker:
    row = Worker.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound("no_such_worker", _("There is no such worker."))
    return row


def _must_cover(by: Actor, area: str) -> None:
    if not scope(by, MANAGE).covers(area):
        raise Forbidden("outside_your_areas", _("%(area)s lies outside your areas.") % {"area": area})
