"""The demo's town: ground metres as WKB and coordinates in CGCS2000 degrees, many shapes at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from wangge.entry.demo.town.frame import Points, degrees


def rings(lines: Sequence[Points], *, closed: bool) -> list[Points]:
    """Lines in degrees; `closed` ones end where they begin."""
    if not lines:
        return []
    flat = degrees(np.vstack(lines))
    parts = np.split(flat, np.cumsum([len(line) for line in lines])[:-1])
    if not closed:
        return parts
    return [part if (part[0] == part[-1]).all() else np.vstack([part, part[:1]]) for part in parts]


def polygon_wkb(lines: Sequence[Points]) -> list[bytes]:
    """Outlines as polygons."""
    return [shapely.to_wkb(shapely.Polygon(ring)) for ring in rings(lines, closed=True)]


def line_wkb(lines: Sequence[Points]) -> list[bytes]:
    """Lines as line strings."""
    return [shapely.to_wkb(shapely.LineString(line)) for line in rings(lines, closed=False)]


def point_columns(points: Sequence[Points]) -> tuple[list[float], list[float]]:
    """Longitudes and latitudes of points, each 1 × 2."""
    if not points:
        return [], []
    flat = degrees(np.vstack(points))
    return flat[:, 0].tolist(), flat[:, 1].tolist()
