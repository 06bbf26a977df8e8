"""Datums of the geo room: every input is tagged, and everything is kept as longitude and latitude in CGCS2000.

CGCS2000 (EPSG:4490) and WGS-84 differ by centimetres; at the accuracy of doors and grids they are treated as equal.
GCJ-02 (the offset of Chinese internet maps) and BD-09 (Baidu's, on top of it) are published nowhere; the formulas
are the ones recovered by comparison that all open converters share. They shift by hundreds of metres, so an untagged
point is worth nothing. The inverse ways are found by iteration, to 1e-10 degrees (0.01 mm).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from pyproj import Transformer

Degrees = NDArray[np.float64]
Way = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

CGCS2000 = "EPSG:4490"
WGS84 = "EPSG:4326"
GCJ02 = "GCJ-02"
BD09 = "BD-09"

_NAMES = {
    "CGCS2000": CGCS2000,
    "WGS84": WGS84,
    "GCJ02": GCJ02,
    "MARS": GCJ02,
    "BD09": BD09,
    "BD09LL": BD09,
}
_SAME = (CGCS2000, WGS84)
_KRASSOVSKY_A, _KRASSOVSKY_E2 = 6378245.0, 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0
# The offset is applied in this box only; it is not continuous across its edge.
_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271


class UnknownDatum(ValueError):
    """A tag that is neither a datum of ours nor a coordinate system that PROJ knows."""


def datum_of(tag: str) -> str:
    """The canonical tag for a datum's name: `CGCS2000`, `WGS-84`, `GCJ-02`, `BD-09`, or anything PROJ understands.

    :raises UnknownDatum: for a tag nobody knows.
    """
    plain = tag.strip().upper().replace("-", "").replace("_", "").replace(" ", "")
    if plain in _NAMES:
        return _NAMES[plain]
    _transformer(tag.strip(), CGCS2000)
    return tag.strip().upper() if tag.strip().upper().startswith("EPSG:") else tag.strip()


def convert(x: ArrayLike, y: ArrayLike, source: str, target: str = CGCS2000) -> tuple[Degrees, Degrees]:
    """Convert coordinates between tagged datums or coordinate systems.

    :param x: easting or longitude (degrees), scalar or any shape; `y`: northing or latitude, the same shape. The order
        is always east first, whatever the coordinate system's own habit.
    :returns: two arrays of the shape of the input; NaN or inf where PROJ has no answer.
    :raises UnknownDatum: for an unknown tag.
    """
    source, target = datum_of(source), datum_of(target)
    east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if source == target or (source in _SAME and target in _SAME):
        return east.copy(), north.copy()
    return _from_wgs84(*_to_wgs84(east, north, source), target)


def area_of_use(tag: str) -> tuple[float, float, float, float]:
    """West, south, east and north (degrees) of the area a datum or coordinate system is made for."""
    from pyproj import CRS

    datum = datum_of(tag)
    if datum in (GCJ02, BD09):
        return _WEST, _SOUTH, _EAST, _NORTH
    area = CRS.from_user_input(WGS84 if datum in _SAME else datum).area_of_use
    return (-180.0, -90.0, 180.0, 90.0) if area is None else (area.west, area.south, area.east, area.north)


def is_geographic(tag: str) -> bool:
    """Whether a datum's coordinates are longitude and latitude in degrees."""
    from pyproj import CRS

    datum = datum_of(tag)
    return datum in (GCJ02, BD09) or bool(CRS.from_user_input(datum).is_geographic)


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        return Transformer.from_crs(source, target, always_xy=True)
    except CRSError as error:
        raise UnknownDatum(
            f"{source if target == CGCS2000 else target!r} is no coordinate system that PROJ knows; expected"
            " CGCS2000, WGS-84, GCJ-02, BD-09 or a code such as EPSG:4547"
        ) from error


def _to_wgs84(x: Degrees, y: Degrees, source: str) -> tuple[Degrees, Degrees]:
    if source in _SAME:
        return x, y
    if source == GCJ02:
        return _undo(gcj_from_wgs, x, y)
    if source == BD09:
        return _undo(gcj_from_wgs, *_undo(_bd_from_gcj, x, y))
    east, north = _transformer(source, WGS84).transform(x, y)
    return np.asarray(east), np.asarray(north)


def _from_wgs84(lon: Degrees, lat: Degrees, target: str) -> tuple[Degrees, Degrees]:
    if target in _SAME:
        return lon, lat
    if target == GCJ02:
        return gcj_from_wgs(lon, lat)
    if target == BD09:
        return _bd_from_gcj(*gcj_from_wgs(lon, lat))
    east, north = _transformer(WGS84, target).transform(lon, lat)
    return np.asarray(east), np.asarray(north)


def _undo(forward: Way, x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
    """The point that `forward` takes to (x, y): a contraction, since the shift changes by at most 2 % of a step."""
    lon, lat = x.copy(), y.copy()
    for _ in range(30):
        ahead_lon, ahead_lat = forward(lon, lat)
        off_lon, off_lat = x - ahead_lon, y - ahead_lat
        lon, lat = lon + off_lon, lat + off_lat
        # NaN never gets closer; comparing this way round lets it pass.
        if not (np.any(np.abs(off_lon) > 1e-11) or np.any(np.abs(off_lat) > 1e-11)):
            break
    return lon, lat


def gcj_from_wgs(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """WGS-84 to GCJ-02; outside the box of China nothing moves."""
    east, north = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(east))
    ripple = (20.0 * np.sin(6.0 * np.pi * east) + 20.0 * np.sin(2.0 * np.pi * east)) * 2.0 / 3.0
    shift_north = -100.0 + 2.0 * east + 3.0 * north + 0.2 * north * north + 0.1 * east * north + 0.2 * root
    shift_north += ripple + _waves(north, 20.0, 40.0, 3.0, 160.0, 320.0)
    shift_east = 300.0 + east + 2.0 * north + 0.1 * east * east + 0.1 * east * north + 0.1 * root
    shift_east += ripple + _waves(east, 20.0, 40.0, 3.0, 150.0, 300.0)
    flat = np.radians(lat)
    squeeze = 1.0 - _KRASSOVSKY_E2 * np.sin(flat) ** 2
    metres_north = _KRASSOVSKY_A * (1.0 - _KRASSOVSKY_E2) / squeeze**1.5 * np.pi / 180.0
    metres_east = _KRASSOVSKY_A / np.sqrt(squeeze) * np.cos(flat) * np.pi / 180.0
    inside = (lon > _WEST) & (lon < _EAST) & (lat > _SOUTH) & (lat < _NORTH)
    return (
        np.where(inside, lon + shift_east / metres_east, lon),
        np.where(inside, lat + shift_north / metres_north, lat),
    )


def _waves(t: Degrees, a: float, b: float, slow: float, c: float, d: float) -> Degrees:
    fast = a * np.sin(np.pi * t) + b * np.sin(np.pi * t / slow)
    return (fast + c * np.sin(np.pi * t / 12.0) + d * np.sin(np.pi * t / 30.0)) * 2.0 / 3.0


def _bd_from_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
