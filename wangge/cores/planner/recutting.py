"""A grid out of range and its neighbours cut anew, so that the fewest households change their grid."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from wangge.cores.planner.records import Edges, Ints
from wangge.cores.planner.standing import LOOSE, Standing, is_joined

SEEDS = 3  # recuts of one neighbourhood


def recut(standing: Standing, grid: int) -> dict[int, int] | None:
    """The neighbourhood of one to three grids cut anew: fewest out of range, then fewest households moved."""
    best: tuple[int, int, int] | None = None
    chosen: dict[int, int] | None = None
    around = standing.around(grid)
    groups = [(grid,), *((grid, g) for g in around), *((grid, *pair) for pair in combinations(around, 2))]
    for number, group in enumerate(groups):
        rows = sorted(row for g in group for row in standing.members[g])
        before = sum(standing.off(standing.totals[g]) > 0 for g in group)
        if not is_joined(standing.near, set(rows)):
            continue
        for seed in range(SEEDS):
            label = _named(standing, rows, _cut(standing, rows, seed), group)
            moved = sum(standing.moved(row, to) for row, to in zip(rows, label, strict=True))
            sizes: dict[int, int] = {}
            for row, to in zip(rows, label, strict=True):
                sizes[to] = sizes.get(to, 0) + standing.households[row]
            gain = before - sum(standing.off(size) > 0 for size in sizes.values())
            rank = (-gain, moved, number)
            if gain > 0 and (best is None or rank < best):
                best, chosen = rank, dict(zip(rows, label, strict=True))
    return chosen


def _cut(standing: Standing, rows: list[int], seed: int) -> Ints:
    """Some connected units cut afresh: the grid of each, numbers from 0."""
    from wangge.cores.planner.cutting import cut_up
    from wangge.cores.planner.pieces import pieces

    place = {row: i for i, row in enumerate(rows)}
    links = [
        (i, place[v], length) for i, u in enumerate(rows) for v, length in standing.near[u] if v in place
    ]
    table = np.array(links, dtype=np.float64).reshape(-1, 3)
    edges = Edges(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), len_m=table[:, 2])
    units = standing.units.take(np.array(rows))
    (cut,) = pieces(units, edges)
    settings = replace(standing.settings, seed=standing.settings.seed + seed)
    label = np.empty(len(rows), np.int64)
    label[cut.rows] = np.unique(cut_up(cut, units.households[cut.rows], settings), return_inverse=True)[1]
    return label


def _named(standing: Standing, rows: list[int], label: Ints, group: tuple[int, ...]) -> list[int]:
    """New grids take the numbers of the old ones with which they share most households, all together."""
    from scipy.optimize import linear_sum_assignment

    shared = np.zeros((int(label.max()) + 1, len(group)))
    for row, new in zip(rows, label, strict=True):
        home = standing.home[row] if standing.home[row] != LOOSE else standing.label[row]
        if home in group:
            shared[new, group.index(home)] += standing.households[row]
    names = {int(new): group[old] for new, old in zip(*linear_sum_assignment(-shared), strict=True)}
    for new in range(len(shared)):
        if new not in names:
            names[new] = standing.new_grid()
    return [names[int(new)] for new in label]
