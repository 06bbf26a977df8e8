"""Which zone holds a point: an index of polygons that gives every point one zone at most, and always the same one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

SLIVER = 1e-9  # degrees, 0.1 mm: borders that should meet may miss each other by rounding


class ZoneIndex:
    """Zones in degrees (any plane will do), indexed for points.

    Tie rule: a point on the border of several zones, or where zones overlap, belongs to the one whose id sorts first.
    A point in a rounding gap between zones (within `sliver` of one) goes to the nearest zone, by the same rule. Zones
    that are empty hold nothing.

    :param ids: n names, each once.
    :param wkb: n polygons as WKB.
    :param sliver: how far from a zone a point may be and still belong to it, in the units of the zones; 0 for not at all.
    :raises ValueError: for lengths that differ, ids that repeat, WKB that is no polygon.
    """

    def __init__(self, ids: Sequence[str], wkb: Sequence[bytes], *, sliver: float = SLIVER) -> None:
        if len(ids) != len(wkb) or len(set(ids)) != len(ids):
            raise ValueError("zones need one id each, none twice")
        order = sorted(range(len(ids)), key=ids.__getitem__)
        try:
            shapes = shapely.from_wkb([wkb[i] for i in order])
        except shapely.errors.ShapelyError as error:
            raise ValueError(f"a zone's WKB can't be read: {error}") from error
        shapes = np.atleast_1d(np.asarray(shapes, dtype=object)) if len(ids) else np.empty(0, dtype=object)
        if not np.all(np.isin(shapely.get_type_id(shapes), (3, 6))):
            raise ValueError("zones must be polygons or multipolygons")
        shapely.prepare(shapes)
        self.ids = tuple(ids[i] for i in order)
        self._shapes = shapes
        self._names = np.array([*self.ids, None], dtype=object)
        self._tree = shapely.STRtree(shapes)
        self._sliver = sliver

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all zones; NaN where there are none."""
        if not self.ids:
            return math.nan, math.nan, math.nan, math.nan
        west, south, east, north = shapely.total_bounds(self._shapes)
        return float(west), float(south), float(east), float(north)

    def locate(self, lon: float, lat: float) -> str | None:
        """The id of the zone of one point, None where there is none."""
        point = shapely.points((lon, lat))
        # Few candidates: asking each prepared zone is faster than a bulk query with a predicate.
        for zone in sorted(self._tree.query(point).tolist()):
            if shapely.intersects_xy(self._shapes[zone], lon, lat):
                return self.ids[zone]
        if not (self.ids and self._sliver > 0 and math.isfinite(lon) and math.isfinite(lat)):
            return None
        near = self._tree.query_nearest(point, max_distance=self._sliver)
        return self.ids[min(near)] if len(near) else None

    def locate_many(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.object_]:
        """The ids of the zones of n points, None where there is none; NaN lies nowhere."""
        numbers = self.positions(lons, lats)
        return self._names[numbers]

    def positions(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int64]:
        """The zone of each of n points as a position in `ids`, -1 where there is none."""
        x, y = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        none = len(self.ids)
        found = np.full(x.shape, none, np.int64)
        if none == 0 or x.size == 0:
            return np.full(x.shape, -1, np.int64)
        points = shapely.points(np.stack([x, y], axis=-1))
        point, zone = self._tree.query(points)
        order = np.argsort(zone, kind="stable")
        point, starts = point[order], np.searchsorted(zone[order], np.arange(none + 1))
        # Zone by zone, the last id first: a prepared polygon answers for thousands of points, and the first id has
        # the last word.
        for z in range(none - 1, -1, -1):
            mine = point[starts[z] : starts[z + 1]]
            if len(mine):
                found[mine[shapely.intersects_xy(self._shapes[z], x[mine], y[mine])]] = z
        missed = np.flatnonzero((found == none) & np.isfinite(x) & np.isfinite(y))
        if len(missed) and self._sliver > 0:
            point, zone = self._tree.query_nearest(
                points[missed], max_distance=self._sliver, all_matches=True
            )
            np.minimum.at(found, missed[point], zone)
        found[found == none] = -1
        return found
