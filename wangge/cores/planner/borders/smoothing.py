"""Borders made smooth, all of a community at once, so that what neighbours share stays shared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints

Shapes = NDArray[np.object_]
HALVINGS = 6


def smoothed(shapes: Shapes, tolerance_m: float, points: Floats, holder: Ints) -> Shapes:
    """A coverage with fewer corners; its outer rim stays, and so does on which side of a border each point lies.

    Visvalingam and Whyatt's algorithm on a coverage's edges (GEOS): a corner goes that spans less than the square of
    the tolerance with its neighbours. Where a point would change sides the tolerance is halved, in the end to none.

    :param shapes: k Polygons or MultiPolygons that meet in identical corners.
    :param points, holder: n x 2 points, and the shape that must hold each where it did so far.
    """
    import shapely

    if len(shapes) < 2 or not tolerance_m:
        return shapes
    held = shapely.intersects_xy(shapes[holder], *points.T)
    for halving in range(HALVINGS):
        tried = shapely.coverage_simplify(shapes, tolerance_m / 2**halving, simplify_boundary=False)
        still = shapely.intersects_xy(tried[holder], *points.T)
        if still[held].all() and shapely.is_valid(tried).all() and shapely.coverage_is_valid(tried):
            return np.asarray(tried, dtype=object)
    return shapes
