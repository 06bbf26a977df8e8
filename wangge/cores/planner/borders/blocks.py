"""Blocks: what roads leave of a community's ground. Where a road separates two grids, their border is the road."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.borders.arranging import Shapes, faces, holders, nearest, rims
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def blocks(ground: BaseGeometry, roads: Sequence[BaseGeometry]) -> Shapes:
    """The parts of a ground between road centre lines; the ground itself where none crosses it."""
    import shapely

    lines = np.array([road for road in roads if road.intersects(ground)], dtype=object)
    if not len(lines):
        return np.array([ground], dtype=object)
    found, inside = faces(rims(np.array([ground], dtype=object)), lines)
    return found[shapely.intersects_xy(ground, *inside.T)]


def of_seeds(found: Shapes, seeds: Floats) -> Ints:
    """The block of each seed; one that stands in none (outside its community) counts to the nearest."""
    import shapely

    if len(found) == 1:
        return np.zeros(len(seeds), np.int64)
    block = holders(found, seeds)
    lost = np.flatnonzero(block < 0)
    if len(lost):
        block[lost] = shapely.STRtree(found).nearest(shapely.points(seeds[lost]))
    return block


def settled(found: Shapes, block: Ints, seeds: Floats, owner: Ints) -> list[tuple[Floats, Ints]]:
    """The seeds that part each block, and their owners. A block without any goes whole to the owner nearest to it."""
    import shapely

    middle = shapely.get_coordinates(shapely.point_on_surface(found))
    order = np.argsort(block, kind="stable")
    ends = np.searchsorted(block[order], np.arange(len(found) + 1))
    closest = nearest(seeds)(middle)
    parts = []
    for b in range(len(found)):
        mine = order[ends[b] : ends[b + 1]]
        mine = mine if len(mine) else closest[b : b + 1]
        parts.append((seeds[mine], owner[mine]))
    return parts
