"""Divisions, grids, buildings and the map over HTTP. The map and a point's grid are open to everybody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema

from wangge.entry.web.files import TILE, not_changed, packed
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.areas import actions, queries
from wangge.ground.areas.records import (
    AddressFound,
    AreaCounts,
    BuildingPage,
    BuildingRecord,
    DivisionPage,
    FeatureCollection,
    Found,
    GridPage,
    GridRecord,
    MapRecord,
    NameRecord,
    OutsideCodeRecord,
    OutsideCodeRow,
    PlanRecord,
    Position,
    SketchRecord,
    SuccessorRecord,
)
from wangge.platform.access.errors import Invalid, NotFound

router = GuardedRouter(tags=["areas"])


class Written(Schema):
    """How many things were written."""

    count: int


class CodeIn(Schema):
    """A code that others give to something of ours."""

    kind: str
    object: str
    scheme: str
    code: str
    alias: bool = False
    from_on: date | None = None
    to_on: date | None = None


class PlateIn(Schema):
    """A new door plate for a building."""

    place: UUID
    plate: str
    from_on: date | None = None


class PartIn(Schema):
    """A division that takes over a share of another one."""

    code: str
    share: float = 1.0


class CrosswalkIn(Schema):
    """What became of a division, from a day on."""

    old: str
    into: list[PartIn]
    from_on: date


@router.get("/divisions", permission="areas.see", response=DivisionPage)
def divisions(
    request: ActingRequest,
    parent: str | None = None,
    level: str = "",
    search: str = "",
    limit: int = 200,
    offset: int = 0,
) -> DivisionPage:
    """Divisions of today, under a parent, of a level, or by a part of the name."""
    return queries.divisions(
        request.actor, parent=parent, level=level, search=search, limit=limit, offset=offset
    )


@router.get("/names", permission="areas.map", response=list[NameRecord])
def names(request: ActingRequest, codes: str) -> list[NameRecord]:
    """What divisions are called; ``codes`` with commas between them, at most 200."""
    return queries.names(request.actor, codes.split(","))


@router.get("/divisions/{code}/successors", permission="areas.see", response=list[SuccessorRecord])
def successors(request: ActingRequest, code: str, on: date | None = None) -> list[SuccessorRecord]:
    """What a division's code means on a day, through mergers and splits."""
    return queries.successors(request.actor, code, on=on)


@router.get("/grids", permission="areas.see", response=GridPage)
def grids(
    request: ActingRequest, prefix: str = "", search: str = "", limit: int = 200, offset: int = 0
) -> GridPage:
    """Grids of the plan in force."""
    return queries.grids(request.actor, prefix=prefix, search=search, limit=limit, offset=offset)


@router.get("/grids/{code}", permission="areas.see", response=GridRecord)
def grid(request: ActingRequest, code: str) -> GridRecord:
    """One grid."""
    return queries.grid(request.actor, code)


@router.get("/buildings", permission="areas.see", response=BuildingPage)
def buildings(
    request: ActingRequest,
    area: str = "",
    place: str = "",
    search: str = "",
    limit: int = 200,
    offset: int = 0,
) -> BuildingPage:
    """Buildings of a grid, a community or any other area, or the one at a place."""
    return queries.buildings(request.actor, area=area, place=place, search=search, limit=limit, offset=offset)


@router.get("/plates/{code}", permission="areas.see", response=BuildingRecord)
def plate(request: ActingRequest, code: str, on: date | None = None) -> BuildingRecord:
    """The building on which a plate with this code hangs, or hung on a day."""
    found = queries.building_by_plate(code, on)
    if found is None:
        raise NotFound("no_such_plate", _("There is no plate %(code)s.") % {"code": code})
    return found


@router.get("/search", permission="areas.see", response=list[Found])
def search(request: ActingRequest, text: str, limit: int = 20) -> list[Found]:
    """Divisions, grids and buildings while somebody types."""
    return queries.search(request.actor, text, limit=min(limit, 50))


@router.get("/counts", permission="areas.see", response=AreaCounts)
def counts(request: ActingRequest, area: str = "") -> AreaCounts:
    """How much there is in an area."""
    return queries.counts(request.actor, area=area)


@router.get("/plans", permission="areas.see", response=list[PlanRecord])
def plans(request: ActingRequest) -> list[PlanRecord]:
    """Plans of grids, the newest first."""
    return queries.plans(request.actor)


@router.get("/codes/{code}", permission="areas.see", response=list[OutsideCodeRecord])
def codes(
    request: ActingRequest, code: str, scheme: str = "", on: date | None = None
) -> list[OutsideCodeRecord]:
    """What a code that others gave meant on a day."""
    return queries.by_code(request.actor, code, scheme=scheme, on=on)


@router.get("/at", permission="areas.map", response=Position)
def at(request: ActingRequest, lon: float, lat: float) -> Position:
    """The grid and the community of a point."""
    return queries.position(lon, lat)


@router.get("/addresses", permission="areas.map", response=list[AddressFound])
def addresses(
    request: ActingRequest, text: str = "", lon: float | None = None, lat: float | None = None, limit: int = 8
) -> list[AddressFound]:
    """For whoever says where something is: addresses with a text in them, or the nearest to a point."""
    if text.strip() or lon is None or lat is None:
        return queries.addresses_like(request.actor, text, limit=limit)
    return queries.addresses_near(request.actor, lon, lat, limit=limit)


@router.get("/map", permission="areas.map", response=MapRecord)
def city_map(request: ActingRequest) -> MapRecord:
    """The extent of the map and its edition: tiles that are asked for with this ``version`` are kept for good."""
    return queries.city_map()


@router.get("/tiles/{z}/{x}/{y}", permission="areas.map", response={200: None})
def tile(request: ActingRequest, z: int, x: int, y: int, version: str = "") -> HttpResponse:
    """A square of the map as a Mapbox Vector Tile: water, road, division, building, grid, label."""
    found = queries.tile(z, x, y)
    if (kept := not_changed(request, found.version)) is not None:
        return kept
    return packed(request, found.content, TILE, found.version, for_good=version == found.version)


@router.get("/sketch", permission="areas.map", response=SketchRecord)
def sketch(request: ActingRequest, response: HttpResponse, bbox: str) -> SketchRecord:
    """A few streets as GeoJSON, cut to ``bbox`` (west,south,east,north in degrees, at most four kilometres a side)."""
    response.headers["Cache-Control"] = "max-age=300"
    return queries.sketch(_sides(bbox))


@router.get("/map/{kind}", permission="areas.map", response=FeatureCollection)
def map_layer(request: ActingRequest, kind: str, bbox: str) -> FeatureCollection:
    """A layer (road, water, building, grid, community) as GeoJSON; ``bbox`` is west,south,east,north in degrees."""
    return queries.map_layer(_sides(bbox), kind)


def _sides(bbox: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(side) for side in bbox.split(","))
    except ValueError:
        raise Invalid(
            "bad_box",
            _("bbox=%(bbox)s: four numbers are expected.") % {"bbox": bbox},
            advice="bbox=111.28,30.69,111.31,30.71",
        ) from None
    return west, south, east, north


@router.post("/codes", permission="areas.manage", response=Written)
def add_codes(request: ActingRequest, body: list[CodeIn]) -> Written:
    """Add codes that others give to things of ours."""
    return Written(
        count=actions.add_codes(rows=[OutsideCodeRow(**one.dict()) for one in body], by=request.actor)
    )


@router.post("/plates", permission="areas.manage", response=Written)
def renew_plate(request: ActingRequest, body: PlateIn) -> Written:
    """Hang a new plate; the old one's code stays findable."""
    actions.renew_plate(place=str(body.place), plate=body.plate, from_on=body.from_on, by=request.actor)
    return Written(count=1)


@router.post("/crosswalk", permission="areas.manage", response=Written)
def crosswalk(request: ActingRequest, body: CrosswalkIn) -> Written:
    """A division merges into others, or is split among them, from a day on."""
    parts = [(one.code, one.share) for one in body.into]
    actions.record_crosswalk(old=body.old, into=parts, from_on=body.from_on, by=request.actor)
    return Written(count=len(parts))
