"""One ground parted among owners: block by block between its roads, each by nearness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.borders.arranging import Shapes, faces, merged, nearest, rims
from wangge.cores.planner.borders.blocks import blocks, of_seeds, settled
from wangge.cores.planner.borders.voronoi import dissolved, reach
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OVER_M = 1.0  # how far lines that part a block reach beyond it, so that they surely cross its rim


def parted(ground: BaseGeometry, roads: Sequence[BaseGeometry], seeds: Floats, owner: Ints) -> Shapes:
    """A community's ground parted among the owners (0 .. k-1) of its seeds."""
    import shapely

    found = blocks(ground, roads)
    block = of_seeds(found, seeds)
    parts = settled(found, block, seeds, owner)
    lines = [_between(shape, *part) for shape, part in zip(found, parts, strict=True)]
    pieces, inside = faces(rims(found), *lines)
    kept = shapely.intersects_xy(ground, *inside.T)
    pieces, inside = pieces[kept], inside[kept]
    at, label = of_seeds(found, inside), np.empty(len(pieces), np.int64)
    for b in np.unique(at):
        here = at == b
        label[here] = parts[b][1][nearest(parts[b][0])(inside[here])]
    return merged(pieces, label, int(owner.max()) + 1)


def _between(block: BaseGeometry, seeds: Floats, owner: Ints) -> Shapes:
    """The lines that part a block among the owners of its seeds, reaching a little beyond it."""
    import shapely

    if (owner == owner[0]).all():
        return np.empty(0, dtype=object)
    corners = np.concatenate([seeds, np.reshape(block.bounds, (2, 2))])
    lines = rims(dissolved(seeds, owner, reach(corners, OVER_M)))
    near = shapely.intersection(lines, shapely.box(*block.bounds).buffer(OVER_M))
    return np.asarray(shapely.get_parts(near))
