"""Changing a draft by hand: some grids of one community drawn anew, and what stands in them placed into the new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import zones
from wangge.ground.areas.drafting import grid_of
from wangge.ground.areas.models import Grid, Placement, Plan
from wangge.ground.areas.points import COMMUNITY_DIGITS
from wangge.ground.areas.records import GridRow
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import new_uid

if TYPE_CHECKING:
    from wangge.cores.geo.zones import ZoneIndex

EXTENT = ("name", "households", "wkb", "quadrant", "west", "south", "east", "north", "lon", "lat")
MOVED = 500
"""Places whose grid changes in one statement."""


@transaction.atomic
def redraw_plan(
    *, plan: str, community: str, grids: Sequence[GridRow], moved: Mapping[int, str], by: Actor
) -> str:
    """All grids of one community of a draft as they are from now on, and the new grid of buildings by their key.

    Returns the plan's new id: whatever a process keeps in memory by the old one (an index of its shapes) is of no more
    use. Points follow the ground. Raises ``Conflict`` where the plan is no draft any more, or changed in between.
    """
    if any(row.code[:COMMUNITY_DIGITS] != community for row in grids):
        raise Invalid("other_community", _("A grid stays inside its community."))
    uid = new_uid()
    if not Plan.objects.filter(uid=plan, state="draft").update(uid=uid):
        raise Conflict("no_draft", _("This plan is no draft any more."))
    row = Plan.objects.get(uid=uid)
    _write(row, community, grids)
    _place(row, moved)
    _relocate(row, community, grids)
    trail.record(
        by=by, verb="areas.redraw_plan", object_kind="plan", object_id=str(uid),
        details={"before": plan, "community": community, "grids": len(grids), "buildings": len(moved)},
    )  # fmt: skip
    return str(uid)


def _write(plan: Plan, community: str, grids: Sequence[GridRow]) -> None:
    """Grids that stay are changed, so that their kind stays; others come and go."""
    there = {one.code: one for one in Grid.objects.filter(plan=plan, community=community)}
    Grid.objects.filter(plan=plan, community=community).exclude(code__in=[row.code for row in grids]).delete()
    fresh, kept = [], []
    for row in grids:
        one = grid_of(plan, row)
        if row.code in there:
            one.pk, one.kind = there[row.code].pk, there[row.code].kind
            kept.append(one)
        else:
            fresh.append(one)
    Grid.objects.bulk_create(fresh)
    Grid.objects.bulk_update(kept, EXTENT, batch_size=50)


def _place(plan: Plan, moved: Mapping[int, str]) -> None:
    by_grid: dict[str, list[int]] = {}
    for place, code in moved.items():
        by_grid.setdefault(code, []).append(place)
    for code, places in by_grid.items():
        for start in range(0, len(places), MOVED):
            some = places[start : start + MOVED]
            Placement.objects.filter(plan=plan, place__in=some).update(grid=code)


def _relocate(plan: Plan, community: str, grids: Sequence[GridRow]) -> None:
    """Bare points of the community go to the grid whose new ground holds them; one that none holds waits for a grid."""
    rows = Placement.objects.filter(plan=plan, place__kind="point", grid__startswith=community)
    points = list(rows.values_list("pk", "place__lon", "place__lat", "grid"))
    if not points:
        return
    found = zones.located(_ground(grids), [lon for _, lon, _, _ in points], [lat for _, _, lat, _ in points])
    by_grid: dict[str, list[int]] = {}
    for (key, _lon, _lat, former), code in zip(points, found, strict=True):
        if code != former:
            by_grid.setdefault(code, []).append(key)
    for code, keys in by_grid.items():
        for start in range(0, len(keys), MOVED):
            some = Placement.objects.filter(pk__in=keys[start : start + MOVED])
            some.update(grid=code) if code else some.delete()


def _ground(grids: Sequence[GridRow]) -> ZoneIndex:
    return zones.indexed((row.code, row.wkb) for row in grids)
