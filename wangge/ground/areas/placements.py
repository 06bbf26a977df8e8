"""Placing places into plans: which grid each lies in, written ahead of the day on which a plan comes into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from wangge.ground.areas import zones
from wangge.ground.areas.models import Place, Placement, Plan
from wangge.platform.access.scope import behind

if TYPE_CHECKING:
    from wangge.cores.geo.zones import ZoneIndex

LOOKED_BACK = 2000
"""Keys before a plan's last one that are looked at again: places that were being written while it was prepared."""
CHUNK, COPIED = 300, 4000
"""Placements a transaction, made here or copied by the database."""
LOOKED_AT = 2000
"""Places read at a time."""


class Spot(NamedTuple):
    """A place as it is placed."""

    key: int
    lon: float
    lat: float


def living() -> list[zones.Standing]:
    """Plans that a new place is placed into at once, their grids in memory: the one in force, those approved or to come.

    Drafts catch up when they are approved: a planner may make many. Ask before the transaction that writes places:
    what comes into force in between was approved before, or catches up.
    """
    now = zones.standing()
    since = Q(version__gte=now.version) if now else Q()
    plans = Plan.objects.filter(Q(state="in_force") & since | Q(state="approved"))
    found = [zones.Standing(*row) for row in plans.order_by("version").values_list("pk", "uid", "version")]
    for plan in found:
        plan.zones()
    return found


def place_into(plans: Sequence[zones.Standing], spots: Sequence[Spot]) -> None:
    """Write the placements of new or moved places. Call inside the transaction that writes the places."""
    if spots:
        rows = [row for plan in plans for row in placed(plan.key, spots, plan.zones())]
        Placement.objects.bulk_create(rows, batch_size=500)


def placed(
    plan: int, spots: Sequence[Spot], within: ZoneIndex, known: Mapping[int, str] | None = None
) -> list[Placement]:
    """Unsaved placements: the grid that is known for a place, else the one that holds its point, else none."""
    known = known or {}
    open_ = [spot for spot in spots if spot.key not in known]
    found = dict(known)
    if open_:
        lons, lats = [s.lon for s in open_], [s.lat for s in open_]
        found |= zip((s.key for s in open_), zones.located(within, lons, lats), strict=True)
    return [Placement(plan_id=plan, place_id=s.key, grid=found[s.key]) for s in spots if found[s.key]]


def spots_after(key: int, count: int) -> list[Spot]:
    """The next places in the order of their keys."""
    return [
        Spot(*row)
        for row in Place.objects.filter(pk__gt=key).order_by("pk").values_list("pk", "lon", "lat")[:count]
    ]


def catch_up(plan: Plan, known: Mapping[int, str] | None = None) -> int:
    """Place what has no grid under a plan yet, in transactions of ``CHUNK`` places; returns how many were placed.

    Starts ``LOOKED_BACK`` keys before the last one that was placed: where writers aren't serial, a place may have been
    written with a smaller key by a transaction that ended later.

    :param known: the grid of places by their key, where it isn't to be found by the point.
    """
    within = zones.Standing(plan.pk, plan.uid, plan.version).zones()
    key, placed_now = plan.placed_to - LOOKED_BACK, 0
    while spots := spots_after(key, LOOKED_AT):
        key = spots[-1].key
        there = set(_placements(plan.pk, spots).values_list("place", flat=True))
        rows = placed(plan.pk, [spot for spot in spots if spot.key not in there], within, known)
        for start in range(0, len(rows), CHUNK):
            with transaction.atomic():
                Placement.objects.bulk_create(rows[start : start + CHUNK], ignore_conflicts=True)
        placed_now += len(rows)
        plan.placed_to = key
        with transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(placed_to=key)
    return placed_now


def copy(base: Plan, to: Plan, *, but: str) -> None:
    """Give places the grid that they have under ``base`` in another plan too, but for grids that begin with ``but``.

    Row by row through Python it would take a minute for a large city; the database does it in a second.
    """
    table = connection.ops.quote_name(Placement._meta.db_table)
    last = Placement.objects.filter(plan=base).aggregate(last=Max("place"))["last"] or 0
    for low in range(0, last, COPIED):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (plan_id, place_id, grid) SELECT %s, place_id, grid FROM {table}"  # noqa: S608
                " WHERE place_id > %s AND place_id <= %s AND plan_id = %s AND NOT (grid >= %s AND grid < %s)",
                [to.pk, low, low + COPIED, base.pk, but, behind(but)],
            )


def _placements(plan: int, spots: Sequence[Spot]) -> QuerySet[Placement]:
    first, last = spots[0].key, spots[-1].key
    return Placement.objects.filter(plan=plan, place__gte=first, place__lte=last)


def forget(plans: Sequence[zones.Standing], places: Iterable[int]) -> None:
    """Take away the placements of places that moved, in plans that live; what past plans said stays."""
    keys = list(places)
    if keys:
        Placement.objects.filter(place__in=keys, plan__in=[plan.key for plan in plans]).delete()
