"""Local metres: a flat frame around a set of points, in which distances and areas are true to a few parts in 100,000."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Numbers = NDArray[np.float64]
Shapes = TypeVar("Shapes", "BaseGeometry", NDArray[np.object_])


class LocalMetres:
    """A transverse Mercator frame on CGCS2000 about the middle of some points.

    Its scale is true on the middle meridian and off by 3 parts in 100,000 at 50 km from it: a city, not a country.

    :param lon, lat: degrees (CGCS2000 or WGS-84), any shape; only their extent counts.
    :raises ValueError: where there is no finite point.
    """

    def __init__(self, lon: ArrayLike, lat: ArrayLike) -> None:
        from pyproj import Transformer

        east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        finite = np.isfinite(east) & np.isfinite(north)
        if not finite.any():
            raise ValueError("a local frame needs at least one point with finite coordinates")
        self.lon = float((east[finite].min() + east[finite].max()) / 2.0)
        self.lat = float((north[finite].min() + north[finite].max()) / 2.0)
        plane = f"+proj=tmerc +lat_0={self.lat!r} +lon_0={self.lon!r} +k=1 +ellps=GRS80 +units=m +type=crs"
        # From the frame's own geographic system, so that no datum shift slips in between.
        self._way = Transformer.from_crs("+proj=longlat +ellps=GRS80 +type=crs", plane, always_xy=True)

    def forward(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Numbers, Numbers]:
        """Degrees to metres east and north of the middle."""
        x, y = self._way.transform(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
        return np.asarray(x), np.asarray(y)

    def inverse(self, x: ArrayLike, y: ArrayLike) -> tuple[Numbers, Numbers]:
        """Metres to degrees."""
        lon, lat = self._way.transform(
            np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64), direction="INVERSE"
        )
        return np.asarray(lon), np.asarray(lat)

    def to_metres(self, shapes: Shapes) -> Shapes:
        """A shapely geometry, or an array of them, from degrees to metres."""
        return _moved(shapes, self.forward)

    def to_degrees(self, shapes: Shapes) -> Shapes:
        """A shapely geometry, or an array of them, from metres to degrees."""
        return _moved(shapes, self.inverse)


def _moved(shapes: Shapes, way: object) -> Shapes:
    import shapely

    moved: Shapes = shapely.transform(shapes, way, interleaved=False)
    return moved
