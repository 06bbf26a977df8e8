"""The first draft of a piece: halved along trees until it is small enough, then each part cut exactly along a tree."""

from __future__ import annotations

import math

from wangge.cores.planner.kernels.bench import Bench
from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.draft import Draft, put, take_number
from wangge.cores.planner.kernels.ground import HOUSEHOLDS, Chance, Piece, Terms
from wangge.cores.planner.kernels.optimum import best_parts
from wangge.cores.planner.kernels.recombine import gather, settle_parts
from wangge.cores.planner.kernels.trees import grow_tree, is_under

LARGEST_WHOLE = 600  # units cut exactly at a time, which bounds the memory


@kernel
def open_draft(piece: Piece, draft: Draft, bench: Bench, chance: Chance, terms: Terms, wild: float) -> None:
    """Put every unit of the piece into a first grid. A grid that is still to be cut has an infinite cost."""
    first = take_number(draft)
    draft.grids[first].cost = math.inf
    for u in range(len(draft.seats)):
        put(piece, draft, u, first)
    for u in range(len(draft.seats)):
        while draft.grids[draft.seats[u].grid].cost == math.inf:
            members, _ = gather(piece, draft, bench, chance, u, 1)
            n = grow_tree(piece, bench, chance, members, draft.counts[1], wild)
            halved = n > LARGEST_WHOLE and _halve(piece, bench, n, terms)
            parts = 2 if halved else best_parts(piece, bench, n, terms)
            settle_parts(piece, draft, bench, n, 1, parts, terms)
            if halved:
                draft.grids[bench.grids[0]].cost = draft.grids[bench.grids[1]].cost = math.inf


@kernel
def _halve(piece: Piece, bench: Bench, n: int, terms: Terms) -> bool:
    """Cut the group's tree near the middle of its households; False if no edge leaves both sides room."""
    tree, under = bench.tree, bench.sums[:, HOUSEHOLDS]
    for i in range(n):
        under[i] = piece.sums[tree[i].unit, HOUSEHOLDS]
    for i in range(n - 1, 0, -1):
        under[tree[i].parent] += under[i]
    at, best = 0, under[0] / 2.0 - 2.0 * terms.high
    for i in range(1, n):
        if abs(under[i] - under[0] / 2.0) < best:
            at, best = i, abs(under[i] - under[0] / 2.0)
    for i in range(n):
        tree[i].part = 1 if is_under(tree, i, at) else 0
    return at > 0
