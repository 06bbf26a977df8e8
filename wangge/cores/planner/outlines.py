"""The ground of each grid: what lies nearer to its buildings than to any other's, within its community's ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints
from wangge.cores.planner.spots import distinct

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Shapes = NDArray[np.object_]
MARGIN_M = 50.0
PUSHES_M = (0.0, 1e-6, 1e-5, 1e-4, 1e-3)
APART_M = 0.5  # how far grids that meet at one address are set apart, at most


def outlines(
    x: Floats,
    y: Floats,
    grid: Ints,
    community: Sequence[str],
    boundaries: Mapping[str, BaseGeometry] | None = None,
    margin_m: float = MARGIN_M,
) -> list[BaseGeometry]:
    """The polygon of each grid, in the metres of the input.

    Units share the ground by the Voronoi partition, dissolved grid by grid. A community whose boundary is given is
    partitioned among its own units alone and filled to its boundary (where boundaries overlap, the name that sorts
    first keeps the strip); any other reaches to the convex hull of its units and `margin_m` beyond, as far as no
    other community's units are nearer. So grids meet without gaps or overlaps inside a community, and no two
    communities overlap. Grids whose units stand at one address part it into slices.

    :param x, y, grid, community: position in metres, grid (0 .. k-1) and community of each of n units.
    :param boundaries: a valid polygon or multipolygon by community's name.
    :returns: k valid Polygons or MultiPolygons (a grid that touches itself only in the graph, or lies around others,
        has parts); empty where all units of a grid stand outside their community's boundary and others are nearer.
    :raises ValueError: if a grid has units of two communities, or none.
    """
    import shapely

    grids = int(grid.max()) + 1 if len(grid) else 0
    if not grids:
        return []
    middle = np.round([(x.min() + x.max()) / 2, (y.min() + y.max()) / 2])
    seeds, owner = _seeds(x - middle[0], y - middle[1], grid)
    home = np.empty(grids, dtype=object)
    home[grid] = np.asarray(community, dtype=object)
    if (home[grid] != np.asarray(community, dtype=object)).any() or len(np.unique(grid)) < grids:
        raise ValueError("every grid needs units, all of one community")
    shapes = np.full(grids, shapely.Polygon(), dtype=object)
    given = _apart({name: _shift(shape, -middle) for name, shape in (boundaries or {}).items()})
    open_grids = np.array([name not in given for name in home])
    if open_grids.any():
        grounds = _hulls(seeds, home[owner], margin_m, list(given.values()))
        cells = _dissolved(seeds, owner, grids, _reach(seeds, margin_m))
        _clip(shapes, cells, np.flatnonzero(open_grids), home, grounds)
    for name, ground in given.items():
        mine = np.flatnonzero(home == name)
        if len(mine):
            local = np.isin(owner, mine)
            reach = _reach(np.concatenate([seeds[local], np.reshape(ground.bounds, (2, 2))]), margin_m)
            _clip(shapes, _dissolved(seeds[local], owner[local], grids, reach), mine, home, {name: ground})
    return list(_shift(shapes, middle))


def _seeds(x: Floats, y: Floats, grid: Ints) -> tuple[Floats, Ints]:
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


def _room(spots: Floats) -> Floats:
    """How far from each spot nothing else stands, a quarter of the way to the next one at most."""
    from scipy.spatial import cKDTree

    if len(spots) < 2:
        return np.full(len(spots), APART_M)
    nearest = cKDTree(spots).query(spots, k=2)[0][:, 1]
    return np.minimum(APART_M, nearest / 4)


def _reach(seeds: Floats, margin_m: float) -> tuple[float, float, float, float]:
    """A box well beyond everything that is kept."""
    low, high = seeds.min(axis=0), seeds.max(axis=0)
    extra = margin_m + 1.0 + 0.1 * float((high - low).max())
    return float(low[0] - extra), float(low[1] - extra), float(high[0] + extra), float(high[1] + extra)


def _dissolved(seeds: Floats, owner: Ints, grids: int, reach: tuple[float, float, float, float]) -> Shapes:
    """The union of each grid's Voronoi cells; None for a grid without seeds."""
    import shapely

    cells = _cells(seeds, shapely.box(*reach))
    order = np.argsort(owner, kind="stable")
    merged = np.full(grids, None, dtype=object)
    for mine in np.split(order, np.flatnonzero(np.diff(owner[order])) + 1):
        shape = shapely.coverage_union_all(cells[mine])
        # A coverage's union trusts its input; where rounding broke that trust the slower union mends it.
        merged[owner[mine[0]]] = shape if shapely.is_valid(shape) else shapely.union_all(cells[mine])
    return merged


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


def _hulls(
    seeds: Floats, home: Shapes, margin_m: float, taken: list[BaseGeometry]
) -> dict[str, BaseGeometry]:
    """Each community's hull and a margin, without what others were given."""
    import shapely

    order = np.argsort(home.astype(str), kind="stable")
    names = home[order].astype(str)
    grounds = {}
    for mine in np.split(order, np.flatnonzero(names[1:] != names[:-1]) + 1):
        ground = shapely.buffer(shapely.convex_hull(shapely.multipoints(seeds[mine])), margin_m, quad_segs=4)
        grounds[str(home[mine[0]])] = ground
    if taken:
        rest = shapely.union_all(taken)
        grounds = {name: shapely.difference(ground, rest) for name, ground in grounds.items()}
    return grounds


def _clip(
    shapes: Shapes, cells: Shapes, mine: Ints, home: Shapes, grounds: Mapping[str, BaseGeometry]
) -> None:
    """Write the clipped shapes of the grids `mine`."""
    import shapely

    ground = np.array([grounds[name] for name in home[mine]], dtype=object)
    shapes[mine] = shapely.intersection(cells[mine], ground)
    for g in mine:
        if shapes[g].geom_type == "GeometryCollection":
            parts = [part for part in shapes[g].geoms if part.area > 0]
            shapes[g] = shapely.union_all(parts) if parts else shapely.Polygon()


def _apart(boundaries: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
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


def _shift(shapes: Any, by: Floats) -> Any:
    import shapely

    return shapely.transform(shapes, lambda points: points + by)
