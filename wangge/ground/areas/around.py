"""A grid's ground as a phone carries it: its names, a sketch of its streets, and where its buildings stand. Nothing of a person."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from wangge.cores.geo.distances import EARTH_M
from wangge.ground.areas import zones
from wangge.ground.areas.expressions import in_use, places_in
from wangge.ground.areas.models import Building, Division, Grid
from wangge.ground.areas.quadrants import Box
from wangge.ground.areas.records import BuildingPoint, GridGround, NameRecord
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
    (called,) = grid_names([grid])
    frame = _frame(row)
    buildings = Building.objects.filter(place__in=places_in(grid)).order_by("address", "pk")
    return GridGround(
        grid=row.code, name_zh=called.zh, name_en=called.en,
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


def grid_names(codes: Iterable[str]) -> list[NameRecord]:
    """What grids of the plan in force are called, in the order of their codes; one without a name by its code."""
    plan, asked = zones.standing(), sorted(codes)
    rows = Grid.objects.filter(plan=plan.key, code__in=asked) if plan else Grid.objects.none()
    held = {
        code: (name, community) for code, name, community in rows.values_list("code", "name", "community")
    }
    standing = Division.objects.filter(
        in_use(clock.today()), code__in={community for _name, community in held.values()}
    )
    english = {code: en or zh for code, zh, en in standing.values_list("code", "name_zh", "name_en")}
    return [_named(code, *held.get(code, ("", "")), english) for code in asked]


def _named(code: str, name: str, community: str, english: Mapping[str, str]) -> NameRecord:
    number = code[len(community) :]
    en = f"{english[community]}, grid {int(number)}" if community in english and number.isdigit() else ""
    return NameRecord(code=code, zh=name or code, en=en or name or code)
