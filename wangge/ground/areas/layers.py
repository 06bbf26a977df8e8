"""Map layers as GeoJSON: what meets a box, found through Morton ranges. Everybody may see them: nothing of a person is in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wangge.cores.geo.morton import ranges
from wangge.ground.areas import zones
from wangge.ground.areas.expressions import in_use
from wangge.ground.areas.models import Base, Building, Division, Grid
from wangge.ground.areas.quadrants import Box, Search, search
from wangge.ground.areas.records import FeatureCollection
from wangge.platform.access.errors import Invalid
from wangge.platform.clock import clock

MOST = 5000
"""Features of one answer."""
DECIMALS = 6
"""Of a degree: a decimetre."""
BUILDING_REACH = 0.002
"""Degrees (some 200 m) that a footprint may reach beyond the point by which its building is found."""

Shown = dict[str, Any]


def map_layer(bbox: tuple[float, float, float, float], kind: str) -> FeatureCollection:
    """The roads, water, buildings, grids or communities that meet a box (west, south, east, north in degrees).

    At most ``MOST`` features, large ones first where they have a rank. Raises ``Invalid`` for an empty box or an
    unknown layer.
    """
    box = box_of(bbox)
    if kind not in LAYERS:
        raise Invalid(
            "unknown_layer", _("There is no layer %(kind)s.") % {"kind": kind}, advice=", ".join(LAYERS)
        )
    return _collected(LAYERS[kind](box))


def grid_layer(bbox: tuple[float, float, float, float], plan: str) -> FeatureCollection:
    """The grids of one plan that meet a box."""
    prepared = Grid.objects.filter(plan__uid=plan).exclude(plan__state="preparing")
    return _collected(_grids_among(prepared, box_of(bbox)))


def _collected(features: list[Shown]) -> FeatureCollection:
    return FeatureCollection(features=features[:MOST], truncated=len(features) > MOST)


def box_of(bbox: tuple[float, float, float, float]) -> Box:
    """A box as it was asked for; raises ``Invalid`` for what is none."""
    box = Box(*bbox)
    if not (-180 <= box.west <= box.east <= 180 and -90 <= box.south <= box.north <= 90):
        raise Invalid(
            "bad_box", _("A box is west, south, east, north in degrees, west ≤ east and south ≤ north.")
        )
    return box


def _lines(kind: str, box: Box) -> list[Shown]:
    rows = meeting(Base.objects.filter(kind=kind), box).order_by("rank", "pk")
    return [
        _feature(wkb, {"name": n, "rank": r})
        for wkb, n, r in rows.values_list("wkb", "name", "rank")[: MOST + 1]
    ]


def _grids(box: Box) -> list[Shown]:
    plan = zones.standing()
    return _grids_among(Grid.objects.filter(plan=plan.key), box) if plan else []


def _grids_among(grids: QuerySet[Grid], box: Box) -> list[Shown]:
    fields = ("wkb", "code", "name", "community", "households")
    rows = meeting(grids, box).order_by("code").values_list(*fields)[: MOST + 1]
    return [_feature(wkb, dict(zip(fields[1:], rest, strict=True))) for wkb, *rest in rows]


def _communities(box: Box) -> list[Shown]:
    rows = meeting(Division.objects.filter(in_use(clock.today()), level="community"), box).order_by("code")
    shown = rows.values_list("wkb", "code", "name_zh", "name_en")[: MOST + 1]
    return [_feature(wkb, {"code": code, "name_zh": zh, "name_en": en}) for wkb, code, zh, en in shown]


def _buildings(box: Box) -> list[Shown]:
    """Footprints, or points where none is known. How many live in one is not for everybody: some have one household."""
    rows = among_buildings(box)
    fields = ("wkb", "place__lon", "place__lat", "plate", "address", "compound", "floors")
    return [
        _feature(wkb, dict(zip(fields[3:], said, strict=True)), (lon, lat))
        for wkb, lon, lat, *said in rows.values_list(*fields)[: MOST + 1]
        if _reaches(wkb, lon, lat, box)
    ]


def among_buildings(box: Box) -> QuerySet[Building]:
    """Buildings whose points lie so near to a box that their footprints may meet it."""
    reach = Box(
        box.west - BUILDING_REACH,
        box.south - BUILDING_REACH,
        box.east + BUILDING_REACH,
        box.north + BUILDING_REACH,
    )
    return Building.objects.filter(
        _within(ranges(reach, 12), "place__morton"),
        place__lon__range=(reach.west, reach.east), place__lat__range=(reach.south, reach.north),
    ).order_by("pk")  # fmt: skip


def _reaches(wkb: bytes | None, lon: float, lat: float, box: Box) -> bool:
    """Whether a building, by its point or its footprint, meets the box."""
    if wkb is None or Box(lon, lat, lon, lat).meets(box):
        return Box(lon, lat, lon, lat).meets(box)
    import shapely

    return Box(*shapely.from_wkb(bytes(wkb)).bounds).meets(box)


LAYERS = {
    "road": lambda box: _lines("road", box), "water": lambda box: _lines("water", box),
    "building": _buildings, "grid": _grids, "community": _communities,
}  # fmt: skip


def meeting(rows: QuerySet[Any], box: Box) -> QuerySet[Any]:
    """Rows of extents whose boxes meet the box: by ranges of quadrants first, then by the boxes themselves."""
    return rows.filter(
        _among(search(box), "quadrant"),
        west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south,
    )  # fmt: skip


def _among(sought: Search, column: str) -> Q:
    return Q(**{f"{column}__in": sought.singles}) | _within(sought.ranges, column)


def _within(spans: list[tuple[int, int]], column: str) -> Q:
    among = Q(pk__in=())
    for span in spans:
        among |= Q(**{f"{column}__range": span})
    return among


def _feature(wkb: bytes | None, properties: Shown, point: tuple[float, float] | None = None) -> Shown:
    if wkb is None:
        assert point is not None
        geometry: Shown = {"type": "Point", "coordinates": [round(side, DECIMALS) for side in point]}
    else:
        import shapely
        from shapely.geometry import mapping

        shape = shapely.from_wkb(bytes(wkb))
        geometry = mapping(shapely.transform(shape, lambda points: points.round(DECIMALS)))
    return {"type": "Feature", "geometry": geometry, "properties": properties}
