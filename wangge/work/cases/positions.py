"""Where a case is: its point in our datum, the grid of its day, and the area that says whose it is to see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wangge.cores.geo.datums import convert
from wangge.ground.areas import queries as areas
from wangge.platform.access.errors import Invalid

DATUMS = ("CGCS2000", "WGS-84", "GCJ-02", "BD-09")


def in_our_datum(lon: float | None, lat: float | None, datum: str) -> tuple[float | None, float | None]:
    """A position in CGCS2000; raises ``Invalid`` for an unknown datum. Half a point stays half a point."""
    if datum not in DATUMS:
        raise Invalid(
            "unknown_datum",
            _("%(datum)s is no datum of positions.") % {"datum": datum},
            advice=", ".join(DATUMS),
        )
    if lon is None or lat is None:
        return lon, lat
    east, north = convert(lon, lat, datum)
    return float(east), float(north)


def position(lon: float | None, lat: float | None) -> dict[str, Any]:
    """Point, grid and area as columns. The grid is that of today: a case keeps the grid of its day."""
    if (lon is None) != (lat is None):
        raise Invalid("half_a_point", _("A position needs both longitude and latitude."))
    if lon is None or lat is None:
        return {"lon": None, "lat": None, "grid": "", "area": "", "place": ""}
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid(
            "not_on_earth", _("Longitude %(lon)s, latitude %(lat)s is no point.") % {"lon": lon, "lat": lat}
        )
    grid = areas.grid_at(lon, lat) or ""
    return {
        "lon": lon,
        "lat": lat,
        "grid": grid,
        "area": grid or areas.community_at(lon, lat) or "",
        "place": "",
    }
