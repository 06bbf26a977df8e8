"""Seeds and their Voronoi cells, which tile a box whatever the seeds are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints
from wangge.cores.planner.spots import distinct

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Shapes = NDArray[np.object_]
PUSHES_M = (0.0, 1e-6, 1e-5, 1e-4, 1e-3)
APART_M = 0.5  # how far grids that meet at one address are set apart, at most
WALL_M = 8.0  # a wall is as many seeds as its length in these
INWARD_M = 0.3  # how far within its wall a building's seeds stand, so that two that touch meet at the wall


def seeds_of(x: Floats, y: Floats, grid: Ints) -> tuple[Floats, Ints]:
    """One spot a grid and place: k x 2 metres, and the grid of each. Grids at one place stand around it."""
    spots, spot = distinct(x, y)
    pairs = np.unique(np.stack([spot, grid], axis=1), axis=0)
    count = np.bincount(pairs[:, 0], minlength=len(spots))
    seeds = spots[pairs[:, 0]]
    shared = count[pairs[:, 0]] > 1
    if shared.any():
        turn = np.arange(len(pairs)) - np.searchsorted(pairs[:, 0], pairs[:, 0])
        angle = 2 * np.pi * turn / count[pairs[:, 0]] + 0.1
        ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * _room(spots)[pairs[:, 0], None]
        seeds[shared] += ring[shared]
    return seeds, pairs[:, 1]


def seeds_of_walls(footprints: Sequence[BaseGeometry | None], grid: Ints) -> tuple[Floats, Ints]:
    """Spots along the inside of each footprint's walls, and the grid of each: their cells grow the footprint."""
    import shapely

    known = np.flatnonzero([shape is not None and not shape.is_empty for shape in footprints])
    if not len(known):
        return np.empty((0, 2)), np.empty(0, np.int64)
    inner = shapely.buffer([footprints[int(i)] for i in known], -INWARD_M, join_style="mitre")
    spots, of = shapely.get_coordinates(shapely.segmentize(inner, WALL_M), return_index=True)
    _, first = np.unique(spots, axis=0, return_index=True)
    first.sort()
    return spots[first], grid[known[of[first]]]


def dissolved(seeds: Floats, owner: Ints, box: BaseGeometry) -> Shapes:
    """The union of each owner's Voronoi cells, in the order of `np.unique(owner)`; together they tile the box."""
    import shapely

    cells = _cells(seeds, box)
    order = np.argsort(owner, kind="stable")
    merged = []
    for mine in np.split(order, np.flatnonzero(np.diff(owner[order])) + 1):
        shape = shapely.coverage_union_all(cells[mine])
        # A coverage's union trusts its input; where rounding broke that trust the slower union mends it.
        merged.append(shape if shapely.is_valid(shape) else shapely.union_all(cells[mine]))
    return np.array(merged, dtype=object)


def reach(points: Floats, margin_m: float) -> BaseGeometry:
    """A box well beyond n x 2 points."""
    import shapely

    low, high = points.min(axis=0), points.max(axis=0)
    extra = margin_m + 1.0 + 0.1 * float((high - low).max())
    return shapely.box(*(low - extra), *(high + extra))


def _room(spots: Floats) -> Floats:
    """How far from each spot nothing else stands, a quarter of the way to the next one at most."""
    from scipy.spatial import cKDTree

    if len(spots) < 2:
        return np.full(len(spots), APART_M)
    nearest = cKDTree(spots).query(spots, k=2)[0][:, 1]
    return np.minimum(APART_M, nearest / 4)


def _cells(seeds: Floats, box: BaseGeometry) -> Shapes:
    """The Voronoi cell of each seed, in their order; together they cover the box, none lies over another.

    GEOS sometimes fails where many seeds lie on one circle, as rings around shared addresses on a lattice do: cells
    lie over one another or miss their seed. A push of a thousandth of a millimetre helps, a larger one if it doesn't.

    :raises ArithmeticError: if the cells of seeds pushed by a millimetre don't tile either.
    """
    import shapely

    if len(seeds) == 1:
        return np.array([box], dtype=object)
    pushes = np.random.default_rng(1).uniform(-1.0, 1.0, (len(PUSHES_M), *seeds.shape))
    for push, size in zip(pushes, PUSHES_M, strict=True):
        pushed = seeds + push * size
        cells = shapely.get_parts(
            shapely.voronoi_polygons(shapely.multipoints(pushed), extend_to=box, ordered=True)
        )
        if _tile(cells, pushed):
            return cells
    raise ArithmeticError(f"the Voronoi cells of {len(seeds)} places don't tile their ground")


def _tile(cells: Shapes, seeds: Floats) -> bool:
    """Whether each cell holds its seed, and the cells neither lie over one another nor leave a gap."""
    import shapely

    if len(cells) != len(seeds) or not shapely.is_valid(cells).all():
        return False
    if not shapely.intersects_xy(cells, seeds[:, 0], seeds[:, 1]).all():
        return False
    west, south, east, north = shapely.total_bounds(cells)
    filled = np.isclose(shapely.area(cells).sum(), (east - west) * (north - south), rtol=1e-9)
    return bool(filled and shapely.coverage_is_valid(cells))
