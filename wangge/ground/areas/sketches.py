"""A small drawing of a few streets as GeoJSON, cut to its box: for a page that loads no map library. Open to everybody."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wangge.cores.geo.distances import EARTH_M
from wangge.ground.areas import editions, zones
from wangge.ground.areas.layers import among_buildings, box_of, meeting
from wangge.ground.areas.models import Base, Grid
from wangge.ground.areas.quadrants import Box
from wangge.ground.areas.records import SketchRecord
from wangge.platform.access.errors import Invalid

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WIDEST_M = 4000.0
"""Of a box along either side. Beyond it the large map is the right one."""
DECIMALS = 5
"""Of a degree: a metre."""
TOLERANCE = 5e-6
"""Degrees (half a metre) by which a line may be drawn beside itself."""
MOST = {"road": 400, "water": 60, "building": 1500, "grid": 120}


def sketch(bbox: tuple[float, float, float, float]) -> SketchRecord:
    """Water, roads, buildings and grids inside a box of at most four kilometres; raises ``Invalid`` for a larger one."""
    import shapely

    box = box_of(bbox)
    along = (box.east - box.west) * math.cos(math.radians(box.north))
    if math.radians(max(along, box.north - box.south)) * EARTH_M > WIDEST_M:
        raise Invalid(
            "box_too_large",
            _("A sketch shows at most %(km)s kilometres.") % {"km": int(WIDEST_M / 1000)},
            advice=_("Ask for a smaller box."),
        )
    cut = shapely.box(*box)
    features = [*_lines("water", box, cut), *_lines("road", box, cut)]
    buildings = among_buildings(box).exclude(wkb=None).values_list("wkb", flat=True)[: MOST["building"]]
    features += _features([(wkb, {}) for wkb in buildings], cut, "building")
    plan = zones.standing()
    if plan:
        rows = meeting(Grid.objects.filter(plan=plan.key), box).exclude(wkb=None).order_by("code")
        shown = rows.values_list("wkb", "code", "name")[: MOST["grid"]]
        features += _features([(wkb, {"code": code, "name": name}) for wkb, code, name in shown], cut, "grid")
    return SketchRecord(version=editions.of_the_map(), bounds=tuple(box), features=features)


def _lines(kind: str, box: Box, cut: BaseGeometry) -> list[dict[str, Any]]:
    rows = meeting(Base.objects.filter(kind=kind), box).order_by("rank", "pk")
    found = rows.values_list("wkb", "name", "rank")[: MOST[kind]]
    return _features([(wkb, {"name": name, "rank": rank}) for wkb, name, rank in found], cut, kind)


def _features(rows: list[tuple[Any, dict[str, Any]]], cut: BaseGeometry, kind: str) -> list[dict[str, Any]]:
    import shapely
    from shapely.geometry import mapping

    shapes = shapely.clip_by_rect(shapely.from_wkb([bytes(wkb) for wkb, _said in rows]), *cut.bounds)
    fine = shapely.transform(shapely.simplify(shapes, TOLERANCE), lambda points: points.round(DECIMALS))
    return [
        {"type": "Feature", "geometry": mapping(shape), "properties": {"kind": kind, **said}}
        for shape, (_wkb, said) in zip(fine, rows, strict=True)
        if not shape.is_empty and shape.geom_type != "GeometryCollection"
    ]
