"""Footprints grown until they meet: whose ground borders on whose, and for how many metres.

Method: morphological tessellation (Fleischmann, Feliciotti, Romice & Porta 2020, "Morphological tessellation as a way of
partitioning space"): walls are sampled, the samples' Voronoi cells belong to their building. A cell reaches `GROW_M` from its
wall at most. Borders and areas are summed ridge by ridge; no polygon is ever built.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints

Shapes = NDArray[np.object_]

GROW_M = 100.0  # as the authors advise
STEP_M = 2.0  # between two samples of a wall
SHRINK_M = 1.0  # walls are drawn in by this: two houses may share one
LEAST_BORDER_M = 0.5  # cells that meet in a corner are no neighbours
_SAME_M = 0.01


@dataclass(frozen=True, eq=False)
class Grounds:
    """The grounds of n footprints: m pairs u < v with their common border, and n areas and outlines; in metres."""

    u: Ints
    v: Ints
    border_m: Floats
    area_m2: Floats
    perim_m: Floats


def grounds(shapes: Shapes) -> Grounds:
    """The ground of each footprint.

    :param shapes: n valid polygons or multipolygons in metres. Of equal ones the first has the ground.
    """
    points, owner = _samples(shapes)
    first, second, ends = _ridges(points)
    chord, seen = _reached(points, first, ends)
    n, one, other = len(shapes), owner[first], owner[second]
    open_angle = 2 * np.pi - _both(first, second, seen, len(points))
    height = np.hypot(*(points[second] - points[first]).T) / 2
    area = _both(one, other, height * chord / 2, n) + np.bincount(owner, open_angle, n) * GROW_M**2 / 2
    apart = one != other
    outline = _both(one[apart], other[apart], chord[apart], n) + np.bincount(owner, open_angle, n) * GROW_M
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    key, where = np.unique(low * n + high, return_inverse=True)
    border = np.asarray(np.bincount(where.reshape(-1), chord[apart], len(key)), np.float64)
    kept = border >= LEAST_BORDER_M
    u, v = np.divmod(key[kept], n)
    return Grounds(u, v, border[kept], area, outline)


def _both(one: Ints, other: Ints, amounts: Floats, n: int) -> Floats:
    """Sums of what belongs to both sides of a ridge, by side."""
    return np.asarray(np.bincount(one, amounts, n) + np.bincount(other, amounts, n), np.float64)


def _samples(shapes: Shapes) -> tuple[Floats, Ints]:
    """k points along the walls, no two at one place, and whose they are."""
    import shapely

    drawn_in = shapely.buffer(shapes, -SHRINK_M, join_style="mitre")
    walls = shapely.segmentize(np.where(shapely.is_empty(drawn_in), shapes, drawn_in), STEP_M)
    points, owner = shapely.get_coordinates(walls, return_index=True)
    _, once = np.unique(np.round(points / _SAME_M), axis=0, return_index=True)
    once.sort()
    return points[once], owner[once].astype(np.int64)


def _ridges(points: Floats) -> tuple[Ints, Ints, Floats]:
    """Ridges of the Voronoi cells: the two points of each, and its ends (r x 2 x 2).

    Four points far around make every ridge between two of `points` a finite one; their own are beyond reach.
    """
    from scipy.spatial import Voronoi

    low, high = points.min(axis=0) - 1.0, points.max(axis=0) + 1.0
    away = 8 * GROW_M + 4 * float((high - low).max())
    middle = (low + high) / 2
    around = middle + np.array([[-away, -away], [away, -away], [away, away], [-away, away]])
    found = Voronoi(np.concatenate([points, around]) - middle)
    pairs = found.ridge_points.astype(np.int64)
    corners = np.array(found.ridge_vertices, dtype=np.int64)
    inner = (pairs < len(points)).all(axis=1) & (corners >= 0).all(axis=1)
    ends = found.vertices[corners[inner]] + middle
    return pairs[inner, 0], pairs[inner, 1], ends


def _reached(points: Floats, first: Ints, ends: Floats) -> tuple[Floats, Floats]:
    """How much of each ridge is within reach of its points: in metres, and as the angle under which they see it (radians)."""
    along = ends[:, 1] - ends[:, 0]
    length = np.hypot(*along.T)
    along = along / np.maximum(length, 1e-12)[:, None]
    side = ends[:, 0] - points[first]
    start = np.einsum("ij,ij->i", side, along)
    height = np.maximum(np.abs(along[:, 0] * side[:, 1] - along[:, 1] * side[:, 0]), 1e-9)
    half = np.sqrt(np.maximum(GROW_M**2 - height**2, 0.0))
    a, b = np.clip(start, -half, half), np.clip(start + length, -half, half)
    return b - a, np.arctan(b / height) - np.arctan(a / height)
