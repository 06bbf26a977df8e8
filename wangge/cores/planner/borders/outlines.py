"""The polygon of each grid: what lies nearer to its buildings than to any other's, within its community's ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.borders.arranging import moved
from wangge.cores.planner.borders.grounds import grounds
from wangge.cores.planner.borders.parting import parted
from wangge.cores.planner.borders.smoothing import smoothed
from wangge.cores.planner.borders.voronoi import seeds_of, seeds_of_walls
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MARGIN_M = 50.0
SMOOTH_M = 5.0


@dataclass(frozen=True)
class Drawing:
    """What borders follow, in the metres of the units.

    :param boundaries: a valid polygon or multipolygon by community's name. Where two overlap, the name that sorts
        first keeps the strip.
    :param roads: centre lines; a border runs along a road where one separates two grids.
    :param footprints: a polygon or None for each unit; borders keep out of them as far as nearness can.
    :param margin_m: how far a community without a boundary reaches beyond the hull of its units.
    :param smooth_m: corners go that span less than the square of it with their neighbours; 0 keeps all.
    """

    boundaries: Mapping[str, BaseGeometry] | None = None
    roads: Sequence[BaseGeometry] = ()
    footprints: Sequence[BaseGeometry | None] = ()
    margin_m: float = MARGIN_M
    smooth_m: float = SMOOTH_M


def outlines(
    x: Floats, y: Floats, grid: Ints, community: Sequence[str], drawing: Drawing | None = None
) -> list[BaseGeometry]:
    """The polygon of each grid, in the metres of the input.

    The ground of a community is parted block by block between its roads: a block with units of one grid is that
    grid's, one with several is parted by the Voronoi partition of its units (of their walls, where footprints are
    given), one without units goes to the grid nearest to it. So the grids of a community fill its ground without
    gaps or overlaps and meet in identical corners, and no two communities overlap. Every unit that stands in its
    community's ground stands in its grid's polygon. Grids whose units stand at one address part it into slices.

    :param x, y, grid, community: position in metres, grid (0 .. k-1) and community of each of n units.
    :returns: k valid Polygons or MultiPolygons (a grid that touches itself only in the graph, or lies around others,
        has parts); empty where all units of a grid stand outside their community's boundary and others are nearer.
    :raises ValueError: if a grid has units of two communities, or none.
    """
    count = int(grid.max()) + 1 if len(grid) else 0
    if not count:
        return []
    drawing = drawing or Drawing()
    middle = np.round([(x.min() + x.max()) / 2, (y.min() + y.max()) / 2])
    names, home = _homes(grid, community, count)
    seeds, owner = seeds_of(x - middle[0], y - middle[1], grid)
    known = {name: moved(shape, -middle).item() for name, shape in (drawing.boundaries or {}).items()}
    grounded = grounds(seeds, home[owner], names, known, drawing.margin_m)
    roads = [moved(road, -middle).item() for road in drawing.roads]
    walls = [None if one is None else moved(one, -middle).item() for one in drawing.footprints]
    more, whose = seeds_of_walls(walls, grid)
    every, owners = np.concatenate([seeds, more]), np.concatenate([owner, whose])
    shapes = np.empty(count, dtype=object)
    for c, ground in enumerate(grounded):
        mine, local = np.flatnonzero(home == c), home[owners] == c
        label = np.searchsorted(mine, owners[local])
        parts = parted(ground, roads, every[local], label)
        own = home[owner] == c
        shapes[mine] = smoothed(parts, drawing.smooth_m, seeds[own], np.searchsorted(mine, owner[own]))
    return list(moved(shapes, middle))


def _homes(grid: Ints, community: Sequence[str], count: int) -> tuple[list[str], Ints]:
    """Names of the communities, sorted, and the position of each grid's in them."""
    names, home_of_unit = np.unique(np.asarray(community, dtype=str), return_inverse=True)
    home = np.full(count, -1)
    home[grid] = home_of_unit
    if (home[grid] != home_of_unit).any() or (home < 0).any():
        raise ValueError("every grid needs units, all of one community")
    return [str(name) for name in names], home
