"""Unit grids of about 10,000 m² (万米单元网格, GB/T 30428.1) inside the grids of a community, with their codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wangge.cores.geo.codes import Layout
from wangge.cores.planner.borders.parting import parted
from wangge.cores.planner.borders.voronoi import seeds_of
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

AREA_M2 = 10_000.0
FINENESS = 16  # seeds that stand for open ground in a cell of ordinary size


class UnitCell(NamedTuple):
    """One unit grid: its code, the grid (a position in what was given) that it lies in, its shape in metres."""

    code: str
    grid: int
    shape: BaseGeometry


def unit_cells(
    grids: Sequence[BaseGeometry],
    x: Floats,
    y: Floats,
    layout: Layout,
    parts: Mapping[str, str],
    area_m2: float = AREA_M2,
) -> list[UnitCell]:
    """The grids of one community cut into cells of nearly one size, each grid into as many as its area asks for.

    The ground of a grid falls to its buildings, and to points on a lattice where there are none, by nearness; these
    are halved along the longer way, by area, until there is a group for each cell. So a border passes between
    buildings. Cells of a grid tile it; a cell of ground that isn't in one piece has parts.

    :param grids: polygons or multipolygons in metres; :param x, y: positions of buildings.
    :param parts: all segments of the layout but the last, which numbers the cells of the community from 1.
    :raises BadCode: where the last segment has too few digits, before anything is cut.
    """
    counts = [max(1, round(grid.area / area_m2)) for grid in grids]
    name = layout.segments[-1][0]
    codes = iter([layout.compose({**parts, name: number + 1}) for number in range(sum(counts))])
    return [
        UnitCell(next(codes), number, shape)
        for number, (grid, count) in enumerate(zip(grids, counts, strict=True))
        for shape in _cut(grid, x, y, count)
    ]


def _cut(grid: BaseGeometry, x: Floats, y: Floats, count: int) -> list[BaseGeometry]:
    import shapely

    if count == 1:
        return [grid]
    here = shapely.intersects_xy(grid, x, y)
    places = np.concatenate([np.stack([x[here], y[here]], axis=1), _lattice(grid, count)])
    seeds, own = seeds_of(places[:, 0], places[:, 1], np.zeros(len(places), np.int64))
    area = shapely.area(parted(grid, (), seeds, np.arange(len(own))))
    label = np.zeros(len(seeds), np.int64)
    _halve(seeds, area, np.arange(len(seeds)), count, label)
    return list(parted(grid, (), seeds, np.unique(label, return_inverse=True)[1]))


def _lattice(grid: BaseGeometry, count: int) -> Floats:
    """Points spread evenly over a grid, `FINENESS` for each of its cells."""
    import shapely

    step = float(np.sqrt(grid.area / count / FINENESS))
    west, south, east, north = grid.bounds
    axes = np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
    points = np.stack([axis.ravel() for axis in np.meshgrid(*axes)], axis=1)
    return np.asarray(points[shapely.intersects_xy(grid, *points.T)])


def _halve(seeds: Floats, area: Floats, rows: Ints, count: int, label: Ints) -> None:
    """Write a number of its own into the labels of each of `count` groups of rows, of nearly one area each."""
    if count == 1 or len(rows) < 2:
        return
    along = np.argmax(np.ptp(seeds[rows], axis=0))
    rows = rows[np.argsort(seeds[rows, along], kind="stable")]
    share = np.cumsum(area[rows]) / area[rows].sum()
    near = int(np.argmin(np.abs(share - (count // 2) / count))) + 1
    first, second = np.split(rows, [min(max(near, 1), len(rows) - 1)])
    label[second] += count // 2
    _halve(seeds, area, first, count // 2, label)
    _halve(seeds, area, second, count - count // 2, label)
