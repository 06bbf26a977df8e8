"""Writing areas: points, plans that come into force, dated codes; bulk loads and drafts stand in modules of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.cores.geo.morton import encode
from wangge.ground.areas import drafting, placements
from wangge.ground.areas.crosswalk import follow_crosswalk as follow_crosswalk
from wangge.ground.areas.crosswalk import record_crosswalk as record_crosswalk
from wangge.ground.areas.drafting import draft_plan as draft_plan
from wangge.ground.areas.loading import count_households as count_households
from wangge.ground.areas.loading import load_base as load_base
from wangge.ground.areas.loading import load_buildings as load_buildings
from wangge.ground.areas.loading import load_divisions as load_divisions
from wangge.ground.areas.models import Place, Plan
from wangge.ground.areas.outside import add_codes as add_codes
from wangge.ground.areas.outside import renew_plate as renew_plate
from wangge.ground.areas.points import communities_of
from wangge.ground.areas.redrawing import redraw_plan as redraw_plan
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql

CLOCKS_APART = timedelta(minutes=5)
"""A moment that is hardly past was meant as now by somebody whose clock is slow."""


def place_at(*, lon: float, lat: float) -> str:
    """The id of the place at a point (degrees, CGCS2000); made if nothing was there before.

    It stands at once in the plan in force and in those that are to come. Raises ``Invalid`` for no point on earth.
    """
    return places_at(points=[(lon, lat)])[0]


def places_at(*, points: Sequence[tuple[float, float]]) -> list[str]:
    """The same for many points in one transaction, in their order. Give some hundreds at a time."""
    for lon, lat in points:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise Invalid(
                "not_on_earth",
                _("Longitude %(lon)s, latitude %(lat)s is no point.") % {"lon": lon, "lat": lat},
            )
    mortons = [int(code) for code in encode(*zip(*points, strict=True))] if points else []
    known = (
        Place.objects.filter(morton__in=mortons, kind="point")
        .order_by("-pk")
        .values_list("lon", "lat", "uid")
    )
    uids = {(lon, lat): str(uid) for lon, lat, uid in known}
    fresh = {point: morton for point, morton in zip(points, mortons, strict=True) if point not in uids}
    if fresh:
        uids |= _add_points(fresh)
    return [uids[point] for point in points]


def _add_points(fresh: dict[tuple[float, float], int]) -> dict[tuple[float, float], str]:
    plans = placements.living()
    communities = communities_of([lon for lon, _lat in fresh], [lat for _lon, lat in fresh])
    places = [
        Place(kind="point", lon=lon, lat=lat, morton=morton, community=community)
        for ((lon, lat), morton), community in zip(fresh.items(), communities, strict=True)
    ]
    with transaction.atomic():
        Place.objects.bulk_create(places)
        placements.place_into(plans, [placements.Spot(p.pk, p.lon, p.lat) for p in places])
    return {(place.lon, place.lat): str(place.uid) for place in places}


def approve_plan(*, plan: str, by: Actor) -> None:
    """A second person agrees to a draft. Raises ``Forbidden`` for its maker, ``Conflict`` if it is no draft."""
    drafted = plan_called(plan)
    if drafted.made_by == by.id:
        raise Forbidden(
            "two_people", _("Whoever made a plan can't approve it."), advice=_("Ask a colleague.")
        )
    placements.catch_up(drafted)
    with transaction.atomic():
        if not Plan.objects.filter(pk=drafted.pk, state="draft").update(state="approved", approved_by=by.id):
            raise Conflict("no_draft", _("This plan is no draft any more."))
        trail.record(by=by, verb="areas.approve_plan", object_kind="plan", object_id=plan)


def bring_up_to_date(*, plan: str) -> int:
    """Place into a draft what was built and reported since it was made; returns how many places. In small steps.

    Approving and putting into force do this themselves; call it first where they run in a larger transaction.
    """
    return placements.catch_up(plan_called(plan))


def put_in_force(*, plan: str, by: Actor, at: datetime | None = None) -> datetime:
    """From a moment on (now, if none is named) this plan's grids hold: returns it. One row changes, no other moves.

    A plan must be approved; only an installation that loads its first data may put a draft into force. Raises
    ``Conflict`` where another plan came in between, ``Invalid`` for a moment in the past.
    """
    ready = plan_called(plan)
    placements.catch_up(ready)
    with transaction.atomic():
        now = clock.now()
        if at and at < now - CLOCKS_APART:
            raise Invalid("in_the_past", _("A plan can't come into force in the past."))
        postgresql.alone("areas.plans")
        start = max(at or now, now)
        _must_follow_the_last(ready, start)
        states = ["approved", "draft"] if by.kind == "system" else ["approved"]
        if not Plan.objects.filter(pk=ready.pk, state__in=states).update(state="in_force", from_at=start):
            raise Conflict("not_approved", _("This plan isn't approved, or is in force already."))
        trail.record(
            by=by, verb="areas.put_in_force", object_kind="plan", object_id=plan,
            details={"version": ready.version, "from": start.isoformat()},
        )  # fmt: skip
    return start


def discard_plan(*, plan: str, by: Actor) -> None:
    """Take a plan away that never came into force."""
    gone = plan_called(plan)
    with transaction.atomic():
        if not Plan.objects.filter(pk=gone.pk, state__in=["draft", "approved"]).update(state="preparing"):
            raise Conflict("in_force", _("A plan that came into force stays: cases name its grids."))
        trail.record(by=by, verb="areas.discard_plan", object_kind="plan", object_id=plan)
    drafting.discard(gone)


def plan_called(uid: str) -> Plan:
    """The plan with this id; raises ``NotFound``, also while it is being prepared."""
    plan = Plan.objects.filter(uid=uid).exclude(state="preparing").first()
    if plan is None:
        raise NotFound("no_such_plan", _("There is no such plan."))
    return plan


def _must_follow_the_last(plan: Plan, start: datetime) -> None:
    last = Plan.objects.filter(state="in_force").order_by("-from_at", "-version").first()
    if last is None:
        return
    if plan.base_id != last.pk and plan.pk != last.pk:
        raise Conflict(
            "plan_is_stale",
            _("Version %(last)s came in between; this plan was drafted before it.") % {"last": last.version},
            advice=_("Make the plan again: it will start from what holds now."),
        )
    if last.from_at and start <= last.from_at and plan.pk != last.pk:
        raise Conflict(
            "too_early", _("Version %(last)s comes into force only later.") % {"last": last.version},
            advice=_("Choose a later date."),
        )  # fmt: skip
