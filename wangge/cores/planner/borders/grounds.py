"""The ground of each community: its boundary where that is known, else its units' hull as far as no other's are nearer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.borders.arranging import Shapes, faces, holders, merged, nearest, rims
from wangge.cores.planner.borders.voronoi import dissolved, reach
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def grounds(
    seeds: Floats, home: Ints, names: Sequence[str], boundaries: Mapping[str, BaseGeometry], margin_m: float
) -> Shapes:
    """One shape a community, none over another.

    :param home: the community of each seed, a position in `names`.
    """
    given = _apart(boundaries)
    shapes = np.array([given.get(name) for name in names], dtype=object)
    open_ones = np.flatnonzero([name not in given for name in names])
    if len(open_ones):
        local = np.isin(home, open_ones)
        shapes[open_ones] = _open(
            seeds[local], np.searchsorted(open_ones, home[local]), list(given.values()), margin_m
        )
    return shapes


def _open(seeds: Floats, owner: Ints, taken: Sequence[BaseGeometry], margin_m: float) -> Shapes:
    """Hulls of each owner's seeds with a margin, parted by nearness, without what others were given."""
    import shapely

    count = int(owner.max()) + 1
    hulls = np.array(
        [shapely.convex_hull(shapely.multipoints(seeds[owner == one])) for one in range(count)], dtype=object
    )
    hulls = shapely.buffer(hulls, margin_m, quad_segs=4)
    others = np.array(list(taken), dtype=object)
    cells = dissolved(seeds, owner, reach(seeds, margin_m))
    found, inside = faces(rims(hulls), rims(cells), rims(others))
    label = owner[nearest(seeds)(inside)]
    kept = shapely.intersects_xy(hulls[label], *inside.T)
    if len(others):
        kept &= holders(others, inside) < 0
    return merged(found, np.where(kept, label, -1), count)


def _apart(boundaries: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Boundaries in the order of their names, each without what an earlier one holds."""
    import shapely

    names = sorted(boundaries)
    shapes = np.array([boundaries[name] for name in names], dtype=object)
    if len(names) > 1:
        later, earlier = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        for i in range(len(names)):
            over = shapes[earlier[(later == i) & (earlier < i)]]
            if len(over) and shapely.intersection(shapes[i], shapely.union_all(over)).area > 0:
                shapes[i] = shapely.difference(shapes[i], shapely.union_all(over))
    return dict(zip(names, shapes, strict=True))
