"""The map as vector tiles: what stands in one square of it, as much as its zoom has room for. Open to everybody, as layers are."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext as _

from wangge.cores.geo import tiles as mvt
from wangge.ground.areas import editions, zones
from wangge.ground.areas.expressions import in_use
from wangge.ground.areas.layers import among_buildings, meeting
from wangge.ground.areas.models import Base, Division, Grid
from wangge.ground.areas.points import COMMUNITY_DIGITS
from wangge.ground.areas.quadrants import Box
from wangge.ground.areas.records import MapRecord
from wangge.platform.access.errors import NotFound
from wangge.platform.clock import clock

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FROM, TO = 6, 15
"""Zooms that have tiles; beyond the last a client draws the last one larger (a step of it is 0.3 m)."""
BUILDINGS_FROM, GRIDS_FROM, COMMUNITIES_FROM = 14, 12, 10
MOST = {"road": 3000, "water": 1000, "building": 5000, "grid": 2000, "division": 1000}
"""Shapes of a layer in one tile."""
ROOM = 2000
"""Buildings of a tile before the closest: more are a grey mass, and would be cut at an end that nobody understands."""
KEPT = 256
"""Tiles kept in memory, packed: some 5 MB of a city."""
MARGIN = 0.004
"""Degrees around what is known, where a city's map ends."""


class Packed(NamedTuple):
    """A tile, gzipped, and the edition of the map that it is of."""

    content: bytes
    version: str


def city_map() -> MapRecord:
    """What there is to draw: the edition of the map, and its extent."""
    plan = zones.standing()
    boxes = [Division.objects.filter(in_use(clock.today())), Base.objects.filter(rank__lte=2, kind="road")]
    if plan:
        boxes.insert(0, Grid.objects.filter(plan=plan.key))
    bounds = next((found for rows in boxes if (found := _extent(rows))), (73.0, 18.0, 135.0, 54.0))
    return MapRecord(version=editions.of_the_map(), bounds=bounds)


def tile(z: int, x: int, y: int) -> Packed:
    """One tile as it is now; raises ``NotFound`` where the map has none."""
    asked = mvt.Tile(z, x, y)
    if not (FROM <= z <= TO and asked.exists()):
        raise NotFound("no_such_tile", _("The map has no such tile."))
    version = editions.of_the_map()
    return Packed(_packed(version, asked), version)


@lru_cache(maxsize=KEPT)
def _packed(version: str, asked: mvt.Tile) -> bytes:
    return gzip.compress(_drawn(asked), 5, mtime=0)


def _drawn(asked: mvt.Tile) -> bytes:
    box = Box(*asked.box(mvt.BUFFER))
    # Below the closest zoom a pixel is eight steps: what is finer isn't seen.
    tolerance = 0.0 if asked.z == TO else 6.0
    layers = [
        _layer("water", asked, _water(box, asked.z), tolerance),
        _layer("road", asked, _roads(box, asked.z), tolerance),
        _layer("division", asked, divisions := _divisions(box, asked.z), tolerance),
    ]
    if asked.z >= BUILDINGS_FROM:
        layers.append(_layer("building", asked, _buildings(box, asked.z), tolerance))
    grids = _grids(box) if asked.z >= GRIDS_FROM else []
    layers.append(_layer("grid", asked, grids, tolerance))
    layers.append(_layer("label", asked, [*_names(asked, divisions, grids), *_water_names(asked, box)], 0.0))
    return b"".join(layers)


class Shown(NamedTuple):
    """A shape and what is said of it; ``at`` is where its name stands."""

    shape: BaseGeometry
    said: dict[str, Any]
    at: tuple[float, float] | None = None


def _layer(name: str, asked: mvt.Tile, shown: list[Shown], tolerance: float) -> bytes:
    return mvt.layer(
        name, asked, [one.shape for one in shown], [one.said for one in shown], tolerance=tolerance
    )


def _read(rows: Iterable[tuple[Any, ...]], *names: str) -> list[Shown]:
    import shapely

    found = [(bytes(row[0]), dict(zip(names, row[1:], strict=True))) for row in rows if row[0] is not None]
    shapes = shapely.from_wkb([wkb for wkb, _said in found])
    return [Shown(shape, said) for shape, (_wkb, said) in zip(shapes, found, strict=True)]


def _roads(box: Box, z: int) -> list[Shown]:
    rank = 1 if z < 10 else 2 if z < 12 else 3 if z < 14 else 9
    rows = meeting(Base.objects.filter(kind="road", rank__lte=rank), box).order_by("rank", "pk")
    return _read(rows.values_list("wkb", "name", "rank")[: MOST["road"]], "name", "rank")


def _water(box: Box, z: int) -> list[Shown]:
    rank = 1 if z < 10 else 2 if z < 12 else 9
    rows = meeting(Base.objects.filter(kind="water", rank__lte=rank), box).order_by("rank", "pk")
    return _read(rows.values_list("wkb", "name", "rank")[: MOST["water"]], "name", "rank")


def _divisions(box: Box, z: int) -> list[Shown]:
    levels = ["community"] if z >= COMMUNITIES_FROM else ["city", "district", "street"]
    rows = meeting(Division.objects.filter(in_use(clock.today()), level__in=levels), box).order_by("code")
    names = ("code", "level", "name_zh", "name_en", "lon", "lat")
    return _placed(_read(rows.values_list("wkb", *names)[: MOST["division"]], *names))


def _grids(box: Box) -> list[Shown]:
    plan = zones.standing()
    if plan is None:
        return []
    names = ("code", "name", "households", "lon", "lat", "community")
    rows = meeting(Grid.objects.filter(plan=plan.key), box).order_by("code")
    shown = _placed(_read(rows.values_list("wkb", *names)[: MOST["grid"]], *names))
    of = {one.said.pop("community") for one in shown}
    communities = dict(Division.objects.filter(code__in=of).values_list("code", "name_zh"))
    for one in shown:
        name, code = one.said["name"], one.said["code"]
        # Beside its community's name, a grid needs only what is its own.
        one.said["short"] = name.removeprefix(communities.get(code[:COMMUNITY_DIGITS], "")) or code
        one.said["number"] = int(code[COMMUNITY_DIGITS:] or 0)
    return shown


def _buildings(box: Box, z: int) -> list[Shown]:
    """Footprints, at the closest zoom with what they are called. Where a farther zoom has no room for all, it shows none."""
    rows = among_buildings(box).exclude(wkb=None)
    if z < TO:
        bare = list(rows.order_by().values_list("wkb")[: ROOM + 1])  # an order would read all first
        return _read(bare) if len(bare) <= ROOM else []
    found = rows.values_list("wkb", "place__uid", "plate", "address")[: MOST["building"]]
    named = ((wkb, str(place), plate, address) for wkb, place, plate, address in found)
    return _read(named, "place", "plate", "address")


def _placed(shown: list[Shown]) -> list[Shown]:
    return [
        one._replace(at=at) for one in shown if None not in (at := (one.said.pop("lon"), one.said.pop("lat")))
    ]


def _names(asked: mvt.Tile, divisions: list[Shown], grids: list[Shown]) -> list[Shown]:
    """Names at the points kept for them, each in the one tile that holds its point."""
    import shapely

    own = Box(*asked.box())
    named = [("division", one) for one in divisions] + [("grid", one) for one in grids]
    return [
        Shown(shapely.Point(one.at), {"name_zh": one.said.get("name"), **one.said, "kind": kind})
        for kind, one in named
        if one.at and Box(*one.at, *one.at).meets(own)
    ]


def _water_names(asked: mvt.Tile, box: Box) -> list[Shown]:
    """A water's name in the middle of the widest part of it that this tile shows."""
    import shapely

    square = shapely.box(*asked.box())
    found = []
    for one in _water(box, asked.z):
        if not one.said["name"] or shapely.get_dimensions(one.shape) != 2:
            continue
        seen = shapely.clip_by_rect(one.shape, *square.bounds)
        if seen.area > square.area / 24:
            middle = shapely.maximum_inscribed_circle(seen, tolerance=square.length / 400).coords[0]
            found.append(Shown(shapely.Point(middle), {"kind": "water", "name_zh": one.said["name"]}))
    return found


def _extent(rows: QuerySet[Any]) -> tuple[float, float, float, float] | None:
    sides = rows.exclude(quadrant=None).aggregate(
        w=Min("west"), s=Min("south"), e=Max("east"), n=Max("north")
    )
    if sides["w"] is None:
        return None
    return sides["w"] - MARGIN, sides["s"] - MARGIN, sides["e"] + MARGIN, sides["n"] + MARGIN
