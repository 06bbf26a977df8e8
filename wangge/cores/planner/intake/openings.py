"""Bridges and crossings: each becomes a line from one side of a barrier to the other, and a link between who is nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from wangge.cores.planner.intake.barriers import Barriers

Shapes = NDArray[np.object_]
NEAR_M = 30.0  # a crossing given as a point may lie so far beside its barrier
BANK_M = 1.0  # a bridge reaches so far beyond what it crosses
REACH_M = 400.0  # who lives farther from a bridge's end isn't linked by it
_WIDEST_M = 5_000.0


def across(shape: BaseGeometry, barriers: Shapes) -> BaseGeometry | None:
    """The straight or drawn line of an opening, a little beyond both banks; None for what leads across no barrier.

    A point opens the nearest barrier within `NEAR_M`, square to its course.

    :param shape: a point or a line, in metres; `barriers`: lines and areas.
    """
    import shapely

    if shape.geom_type == "Point":
        return _square(shape, barriers)
    merged = shapely.line_merge(shape)
    if merged.geom_type != "LineString" or not shapely.intersects(barriers, merged).any():
        return None
    points = shapely.get_coordinates(merged)
    return shapely.linestrings(
        np.concatenate([[_beyond(points[1], points[0])], points, [_beyond(points[-2], points[-1])]])
    )


def _beyond(before: Floats, end: Floats) -> Floats:
    step = end - before
    return np.asarray(end + step / max(float(np.hypot(*step)), 1e-9) * BANK_M)


def _square(point: BaseGeometry, barriers: Shapes) -> BaseGeometry | None:
    import shapely

    away = shapely.distance(barriers, point)
    if not len(barriers) or away.min() > NEAR_M:
        return None
    barrier = barriers[int(np.argmin(away))]
    course = shapely.boundary(barrier) if shapely.get_dimensions(barrier) == 2 else barrier
    # An area's outline has several parts where it has islands.
    course = min(shapely.get_parts(course), key=lambda part: shapely.distance(part, point))
    at = shapely.line_locate_point(course, point)
    span = np.clip([at - 0.5, at, at + 0.5], 0.0, shapely.length(course))
    start, middle, end = shapely.get_coordinates(shapely.line_interpolate_point(course, span))
    along = (end - start) / np.hypot(*(end - start))
    normal = np.array([-along[1], along[0]])
    low, high = _width(barrier, middle, normal)
    return shapely.linestrings([middle + normal * (low - BANK_M), middle + normal * (high + BANK_M)])


def _width(barrier: BaseGeometry, middle: Floats, normal: Floats) -> tuple[float, float]:
    """From where to where a barrier reaches, along a direction from a point on its outline (metres, one of them about 0)."""
    import shapely

    ray = shapely.linestrings([middle - normal * _WIDEST_M, middle + normal * _WIDEST_M])
    crossed = shapely.get_parts(shapely.intersection(ray, barrier))
    # A line has no width; neither has a corner that rounding lets the ray miss.
    if shapely.get_dimensions(barrier) < 2 or not len(crossed):
        return 0.0, 0.0
    met = crossed[np.argmin(shapely.distance(crossed, shapely.points(middle)))]
    reach = (shapely.get_coordinates(met)[[0, -1]] - middle) @ normal
    return float(reach.min()), float(reach.max())


def links(places: Floats, community: Ints, barriers: Barriers) -> tuple[Ints, Ints, Floats]:
    """One link an opening and community that has units near both ends: between the nearest to each, and its metres.

    To be near an end is to stand within `REACH_M` of it with no barrier between, neither shut nor open.

    :param places: n x 2 metres; `community`: n numbers.
    """
    import shapely
    from scipy.spatial import cKDTree

    tree = cKDTree(places)
    found: list[tuple[int, int, float]] = []
    for line in barriers.openings:
        ends = shapely.get_coordinates(line)[[0, -1]]
        first, last = (_nearest(end, places, community, tree, barriers) for end in ends)
        for name in sorted(first.keys() & last.keys()):
            (u, to_first), (v, to_last) = first[name], last[name]
            if u != v:
                found.append((u, v, to_first + float(shapely.length(line)) + to_last))
    table = np.array(found, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _nearest(
    end: Floats, places: Floats, community: Ints, tree: Any, barriers: Barriers  # noqa: ANN401 - scipy's tree has no type
) -> dict[int, tuple[int, float]]:  # fmt: skip
    """By community: the unit nearest to an opening's end, and its metres."""
    near = np.array(sorted(tree.query_ball_point(end, REACH_M)), dtype=np.int64)
    if not len(near):
        return {}
    away = np.hypot(*(places[near] - end).T)
    clear = ~barriers.part(np.broadcast_to(end, (len(near), 2)), places[near], opened=False)
    near, away = near[clear], away[clear]
    order = np.lexsort((places[near, 1], places[near, 0], away))
    best: dict[int, tuple[int, float]] = {}
    for i in order:
        best.setdefault(int(community[near[i]]), (int(near[i]), float(away[i])))
    return best
