"""Points of other rooms' rows gathered for a map: what lies too near together at a zoom is one group with its number.

    within(box)                          rows of a list inside a box: ``rows.filter(within(box, "lon", "lat"))``
    gathered(rows, box=…, zoom=…, …)     the same rows as groups; their counts add up to the rows that have a point

A group's own box holds its members and nobody else's, to the last digit: put into the list's filter it lists exactly them.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, FloatField, Max, Min, Q, QuerySet
from django.db.models.functions import Cast, Floor
from django.utils.translation import gettext as _

from wangge.cores.geo.morton import ranges
from wangge.ground.areas.models import Place
from wangge.ground.areas.quadrants import Box
from wangge.platform.access.errors import Invalid

CELL_PX = 72
"""Pixels of a cell: two marks with a number in them, side by side."""
WORLD_PX = 512
FLATTENING = 0.85
"""Of a cell in degrees, so that it looks square: about the cosine of China's latitudes. One for all, so that cells stay put."""
ACROSS = 40
"""Cells along a side of what is asked for, at most: an answer has some 1,600 groups, whoever asks with whatever zoom."""
CLOSEST = 20
NARROW = 0.02
"""Degrees of a box of a few streets, some 2 km."""


class Group(NamedTuple):
    """``size`` rows near each other. ``one`` is the key of one of them; ``box`` is the text that the list's filter takes."""

    size: int
    late: int
    lon: float
    lat: float
    one: int
    box: str
    one_place: bool


def box_from(text: str) -> Box | None:
    """West, south, east, north in degrees, as they stand in an address; None for an empty text. Raises ``Invalid``."""
    if not text:
        return None
    try:
        box = Box(*(float(side) for side in text.split(",")))
    except (ValueError, TypeError):
        box = None
    if box is None or not (-180 <= box.west <= box.east <= 180 and -90 <= box.south <= box.north <= 90):
        raise Invalid(
            "bad_box",
            _("A box is west, south, east, north in degrees, west ≤ east and south ≤ north."),
        )
    return box


def within(box: Box, lon: str, lat: str) -> Q:
    """Rows whose own point lies in a box, its edges too."""
    return Q(**{f"{lon}__range": (box.west, box.east), f"{lat}__range": (box.south, box.north)})


def placed_within(box: Box, place: str = "place") -> Q:
    """Rows whose place lies in a box.

    In a few streets the places are looked up first, by their Morton codes. A wider box is asked plainly: there the list's own
    bounds (a scope, what is open) leave fewer rows than the box has places.
    """
    plain = within(box, f"{place}__lon", f"{place}__lat")
    if max(box.east - box.west, box.north - box.south) > NARROW:
        return plain
    near = Q(pk__in=())
    for span in ranges(box, 12):
        near |= Q(morton__range=span)
    return Q(**{f"{place}__in": Place.objects.filter(near, within(box, "lon", "lat")).values("pk")})


def gathered(
    rows: QuerySet[Any], *, lon: str, lat: str, late: Q, box: Box | None, zoom: float
) -> list[Group]:
    """Rows that have a point, as groups from north to south. One query, two where no box is named.

    :param lon, lat: lookup paths of the point.
    :param late: which of them are overdue.
    :param zoom: of Web Mercator with squares of 512 pixels.
    """
    pointed = rows.filter(**{f"{lon}__isnull": False})
    frame = box or _extent(pointed, lon, lat)
    if frame is None:
        return []
    wide, high = _cell(frame, zoom)
    cells = pointed.annotate(
        cell_x=Floor(Cast(F(lon), FloatField()) / wide), cell_y=Floor(Cast(F(lat), FloatField()) / high)
    )
    found = cells.values("cell_x", "cell_y").annotate(
        count=Count("pk"), late_count=Count("pk", filter=late), one=Min("pk"), mean_lon=Avg(lon), mean_lat=Avg(lat),
        w=Min(lon), s=Min(lat), e=Max(lon), n=Max(lat),
    )  # fmt: skip
    return [
        Group(
            size=one["count"], late=one["late_count"], lon=one["mean_lon"], lat=one["mean_lat"], one=one["one"],
            box=",".join(repr(one[side]) for side in "wsen"), one_place=(one["w"], one["s"]) == (one["e"], one["n"]),
        )
        for one in found.order_by("-cell_y", "cell_x")
    ]  # fmt: skip


def _cell(frame: Box, zoom: float) -> tuple[float, float]:
    """Degrees of a cell, at least so large that the frame has few of them."""
    wide = 360.0 * CELL_PX / (WORLD_PX * 2.0 ** min(max(zoom, 0.0), CLOSEST))
    least = max(frame.east - frame.west, (frame.north - frame.south) / FLATTENING) / ACROSS
    if least > wide:
        wide *= 2.0 ** math.ceil(math.log2(least / wide))
    return wide, wide * FLATTENING


def _extent(rows: QuerySet[Any], lon: str, lat: str) -> Box | None:
    sides = rows.aggregate(w=Min(lon), s=Min(lat), e=Max(lon), n=Max(lat))
    return None if sides["w"] is None else Box(sides["w"], sides["s"], sides["e"], sides["n"])
