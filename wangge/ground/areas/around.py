"""A grid's ground as a phone carries it: its names, a sketch of its streets, and where its buildings stand. Nothing of a person."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from wangge.cores.geo.distances import EARTH_M
from wangge.ground.areas import zones
from wangge.ground.areas.expressions import in_use, places_in
from wangge.ground.areas.models import Building, Division, Grid
from wangge.ground.areas.quadrants import Box
from wangge.ground.areas.records import BuildingPoint, GridGround
from wangge.ground.areas.sketches import WIDEST_M, sketch
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

MARGIN = 0.0012
"""Degrees (some 120 m) that the sketch reaches beyond the grid: enough to see where one stands beside it."""
WIDEST = math.degrees(WIDEST_M * 0.95 / EARTH_M)
"""Degrees of latitude that a sketch may show; of a wider grid it shows the middle."""


def grid_ground(actor: Actor, grid: str) -> GridGround:
    """The ground of a grid of the plan in force, within the actor's areas; raises ``NotFound``."""
    plan = zones.standing()
    row = Grid.objects.filter(plan=plan.key, code=grid).first() if plan else None
    if row is None or not scope(actor, "areas.see").covers(grid):
        raise NotFound("no_such_grid", _("There is no grid %(code)s.") % {"code": grid})
    zh, en = _community(row.community)
    frame = _frame(row)
    buildings = Building.objects.filter(place__in=places_in(grid)).order_by("address", "pk")
    return GridGround(
        grid=row.code, name=row.name, community_zh=zh, community_en=en,
        sketch=None if frame is None else sketch((frame.west, frame.south, frame.east, frame.north)),
        buildings=[
            BuildingPoint(place=str(place), address=address, lon=lon, lat=lat)
            for place, address, lon, lat in buildings.values_list("place__uid", "address", "place__lon", "place__lat")
        ],
    )  # fmt: skip


def _frame(row: Grid) -> Box | None:
    if row.west is None or row.south is None or row.east is None or row.north is None:
        return None
    up = WIDEST / 2
    aside = up / math.cos(math.radians(row.north))
    x, y = (row.west + row.east) / 2, (row.south + row.north) / 2
    return Box(
        max(row.west - MARGIN, x - aside), max(row.south - MARGIN, y - up),
        min(row.east + MARGIN, x + aside), min(row.north + MARGIN, y + up),
    )  # fmt: skip


def _community(code: str) -> tuple[str, str]:
    rows = Division.objects.filter(in_use(clock.today()), code=code)
    return rows.values_list("name_zh", "name_en").first() or ("", "")
