"""Random cities for the planner's tests, and a slow, plain reading of what a plan must be."""

from __future__ import annotations

from itertools import product

import numpy as np

from wangge.cores.planner.records import Edges, Plan, Settings, Units


def city(
    seed: int, buildings: int, communities: int = 1, most: int = 60, least: int = 1, size_m: float = 1500.0
) -> Units:
    """Buildings scattered over a square; communities are strips of it."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, size_m, buildings), rng.uniform(0, size_m, buildings)
    strip = np.minimum((x / size_m * communities).astype(int), communities - 1)
    households = rng.integers(least, most + 1, buildings)
    names = [f"c{number}" for number in strip]
    return Units([f"b{i}" for i in range(buildings)], x, y, households, names)


def connected(rows: list[int], pairs: set[tuple[int, int]]) -> bool:
    """Whether rows hang together by pairs, walked one by one."""
    todo, seen = [rows[0]], {rows[0]}
    while todo:
        u = todo.pop()
        for v in rows:
            if v not in seen and ((u, v) in pairs or (v, u) in pairs):
                seen.add(v)
                todo.append(v)
    return len(seen) == len(rows)


def check(units: Units, edges: Edges, plan: Plan) -> None:
    """Every promise a plan makes, whatever its quality."""
    pairs = {(int(u), int(v)) for u, v in zip(edges.u, edges.v, strict=True)}
    assert len(plan.grid) == len(units)
    assert sum(grid.households for grid in plan.grids) == units.households.sum()
    assert sum(grid.buildings for grid in plan.grids) == len(units)
    assert len({grid.code for grid in plan.grids}) == len(plan.grids)
    for number, grid in enumerate(plan.grids):
        rows = np.flatnonzero(plan.grid == number).tolist()
        assert rows
        assert {units.community[row] for row in rows} == {grid.community}
        assert connected(rows, pairs)
        assert grid.households == units.households[rows].sum()
        assert grid.buildings == len(rows)
        band = plan.settings_of(grid.community)
        in_range = band.low <= grid.households <= band.high
        assert (grid.verdict is None) == in_range


def fewest_outside(households: list[int], pairs: set[tuple[int, int]], settings: Settings) -> int:
    """The fewest grids out of range that any plan of a small piece has: all subsets of its edges are tried.

    No grid may swallow what another grid could be made of: giants count as high + 1, and a grid ends at high + low.
    """
    n, best = len(households), len(households)
    capped = [min(size, settings.high + 1) for size in households]
    links = sorted(pairs)
    for kept in product((False, True), repeat=len(links)):
        part = list(range(n))
        for (u, v), is_kept in zip(links, kept, strict=True):
            if is_kept and part[u] != part[v]:
                part = [part[u] if p == part[v] else p for p in part]
        sizes = [sum(capped[u] for u in range(n) if part[u] == p) for p in set(part)]
        if max(sizes) <= settings.high + settings.low:
            best = min(best, sum(not settings.low <= size <= settings.high for size in sizes))
        if best == 0:
            break
    return best
