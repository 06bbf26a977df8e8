"""Any plan by the same yardstick, whoever made it. Nothing of the planner is asked; the definitions stand in docs/planner.md."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from wangge.cores.planner.records import Edges, Floats, Ints, Units

Score = dict[str, int | float]


def score(units: Units, edges: Edges, plan: list[str], low: int, high: int) -> Score:
    """Judge a plan.

    :param plan: the grid's name of each unit.
    :returns: the columns of the table; `compactness` only where the units' ground is known.
    """
    grid = _numbers(plan)
    community = _numbers(units.community)
    sizes = np.bincount(grid, units.households).astype(np.int64)
    live = sizes > 0
    within = (low <= sizes) & (sizes <= high)
    inner = community[edges.u] == community[edges.v]
    piece = _parts(len(units), edges, inner)
    could = _could_fit(units.households, piece, low, high)[_last(piece, grid)]
    found: Score = {
        "grids": int(live.sum()),
        "least_grids": _least_grids(units.households, piece, high),
        "in_range_pct": round(float(100 * within[live].mean()), 2),
        "out_of_range": int((live & ~within).sum()),
        "avoidable": int((live & ~within & could).sum()),
        "least": int(sizes[live].min()),
        "most": int(sizes[live].max()),
        "not_contiguous": _torn(_parts(len(units), edges, inner & (grid[edges.u] == grid[edges.v])), grid),
        "across_communities": _torn(community, grid),
        "mean_distance_m": round(_mean_distance(units, grid), 1),
    }
    if units.area_m2 is not None and units.perim_m is not None and edges.border_m is not None:
        found["compactness"] = round(float(_roundness(units, edges, grid)[live].mean()), 3)
    return found


def _numbers(names: object) -> Ints:
    """Names as 0, 1, …"""
    return np.unique(np.asarray(names, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)


def _parts(n: int, edges: Edges, kept: np.ndarray) -> Ints:
    """The connected part of each unit, by the edges that are kept."""
    graph = coo_matrix((np.ones(int(kept.sum()), np.int8), (edges.u[kept], edges.v[kept])), shape=(n, n))
    return connected_components(graph, directed=False)[1].astype(np.int64)


def _last(piece: Ints, grid: Ints) -> Ints:
    """The piece of each grid; of a grid that lies in several, that of its last unit."""
    found = np.zeros(grid.max() + 1, np.int64)
    found[grid] = piece
    return found


def _least_grids(households: Ints, piece: Ints, high: int) -> int:
    """Fewer grids can't hold everybody without one above `high` or in two pieces."""
    return int((-(-np.bincount(piece, households).astype(np.int64) // high)).sum())


def _could_fit(households: Ints, piece: Ints, low: int, high: int) -> np.ndarray:
    """Pieces that some number of grids between the bounds fits by arithmetic, and in which no unit is above `high`.

    What is out of range there is *avoidable* as far as counting tells: no better plan need exist.
    """
    total = np.bincount(piece, households).astype(np.int64)
    giants = np.bincount(piece, households > high) > 0
    return (total > 0) & (-(-total // high) <= total // low) & ~giants


def _torn(label: Ints, grid: Ints) -> int:
    """Grids whose units bear more than one label."""
    pairs = np.unique(np.stack([grid, label], axis=1), axis=0)
    return int((np.bincount(pairs[:, 0]) > 1).sum())


def _mean_distance(units: Units, grid: Ints) -> float:
    """Metres from a household to the centre of its grid's households."""
    sizes = np.maximum(np.bincount(grid, units.households), 1e-9)
    east, north = (np.bincount(grid, units.households * column) / sizes for column in (units.x, units.y))
    away = np.hypot(units.x - east[grid], units.y - north[grid])
    return float(away @ units.households / units.households.sum())


def _roundness(units: Units, edges: Edges, grid: Ints) -> Floats:
    """4 pi x area / outline squared of each grid (Polsby & Popper 1991): 1 for a disc; slivers of ground count as at most that."""
    inside = grid[edges.u] == grid[edges.v]
    inner_m = np.bincount(grid[edges.u[inside]], edges.border_m[inside], grid.max() + 1)
    outline_m = np.bincount(grid, units.perim_m) - 2 * inner_m
    return np.minimum(4 * np.pi * np.bincount(grid, units.area_m2) / np.maximum(outline_m, 1.0) ** 2, 1.0)
