"""Grounds cut into faces along lines that were noded together: what neighbours share is the very same corners."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Shapes = NDArray[np.object_]
STEP_M = 1e-6
"""Corners lie on whole multiples of it: crossings that are rounded freely can cross anew, snapped ones can't (Hobby 1999)."""


def faces(*lines: Shapes) -> tuple[Shapes, Floats]:
    """The faces that lines enclose, and a point inside each (n x 2)."""
    import shapely

    noded = shapely.union_all(np.concatenate(lines), grid_size=STEP_M)
    found = shapely.get_parts(shapely.polygonize([noded]))
    return found, shapely.get_coordinates(shapely.point_on_surface(found))


def holders(shapes: Shapes, points: Floats) -> Ints:
    """The first of the shapes that holds each of n points, -1 where none does."""
    import shapely

    found = np.full(len(points), len(shapes))
    point, shape = shapely.STRtree(shapes).query(shapely.points(points), predicate="intersects")
    np.minimum.at(found, point, shape)
    return np.where(found == len(shapes), -1, found)


def nearest(seeds: Floats) -> Callable[[Floats], Ints]:
    """The position of the seed that is nearest to each of n points."""
    from scipy.spatial import cKDTree

    tree = cKDTree(seeds)
    return lambda points: np.asarray(tree.query(points)[1], dtype=np.int64)


def merged(found: Shapes, label: Ints, count: int) -> Shapes:
    """`count` shapes: the faces of each label (0 .. count-1; -1 is left out) as one, empty where there is none."""
    import shapely

    shapes = np.full(count, shapely.Polygon(), dtype=object)
    order = np.argsort(label, kind="stable")
    order = order[label[order] >= 0]
    if len(order):
        for mine in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
            shapes[label[mine[0]]] = shapely.coverage_union_all(found[mine])
    return shapes


def rims(shapes: Shapes) -> Shapes:
    """The borders of shapes, as lines."""
    import shapely

    return np.asarray(shapely.get_parts(shapely.boundary(shapes)))


def moved(shapes: Shapes | BaseGeometry, by: Floats) -> Shapes:
    """Shapes shifted by (x, y)."""
    import shapely

    return np.asarray(shapely.transform(shapes, lambda points: points + by), dtype=object)
