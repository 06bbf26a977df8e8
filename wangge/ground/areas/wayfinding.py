"""Addresses of buildings for everybody who reports something: by a part of the text, or the nearest to a point.

They are on the map that everybody may see; how many live in a building, and who, is not told.
"""

from __future__ import annotations

import math

from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.cores.geo.distances import EARTH_M, great_circle
from wangge.cores.geo.morton import ranges
from wangge.ground.areas.models import Building
from wangge.ground.areas.quadrants import Box
from wangge.ground.areas.records import AddressFound
from wangge.platform.access import policy
from wangge.platform.access.errors import Invalid
from wangge.platform.audit.actor import Actor

MAP = "areas.map"
MOST = 12
REACH_M = 300.0
"""How far from a point an address still says where it is."""
SHORTEST = 2
"""Characters of a text below which half the town would answer."""


def addresses_like(actor: Actor, text: str, *, limit: int = MOST) -> list[AddressFound]:
    """Addresses with a text in them; nothing for a text that says too little."""
    policy.require(actor, MAP)
    sought = "".join(text.split())
    if len(sought) < SHORTEST:
        return []
    rows = Building.objects.exclude(address="").filter(
        Q(address__contains=sought) | Q(compound__contains=sought)
    )
    found = rows.order_by("address").values_list("address", "place__lon", "place__lat")[: min(limit, MOST)]
    return [AddressFound(text=said, lon=lon, lat=lat) for said, lon, lat in found]


def addresses_near(actor: Actor, lon: float, lat: float, *, limit: int = MOST) -> list[AddressFound]:
    """The nearest addresses around a point (degrees, CGCS2000), within 300 m. Raises ``Invalid`` for what is no point."""
    policy.require(actor, MAP)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid("no_point", _("Longitude and latitude in degrees are expected."))
    up = math.degrees(REACH_M / EARTH_M)
    aside = up / max(math.cos(math.radians(lat)), 0.01)
    box = Box(max(lon - aside, -180), max(lat - up, -90), min(lon + aside, 180), min(lat + up, 90))
    rows = list(
        Building.objects.exclude(address="").filter(
            _among(ranges(box, 12)),
            place__lon__range=(box.west, box.east), place__lat__range=(box.south, box.north),
        ).values_list("address", "place__lon", "place__lat")
    )  # fmt: skip
    metres = (
        great_circle(lon, lat, [row[1] for row in rows], [row[2] for row in rows]).tolist() if rows else []
    )
    nearest = sorted(zip(metres, rows, strict=True))[: min(limit, MOST)]
    return [
        AddressFound(text=text, lon=at_lon, lat=at_lat, metres=round(away))
        for away, (text, at_lon, at_lat) in nearest if away <= REACH_M
    ]  # fmt: skip


def _among(spans: list[tuple[int, int]]) -> Q:
    """Buildings whose place's Morton key lies in one of the spans: the box above then cuts off what sticks out."""
    found = Q(pk__in=())
    for span in spans:
        found |= Q(place__morton__range=span)
    return found
