"""Where to cut a small tree into one, two or three grids: every cut is priced from sums over subtrees."""

from __future__ import annotations

from wangge.cores.planner.kernels.bench import Bench
from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.ground import (
    BORDER,
    COLUMNS,
    HOUSEHOLDS,
    PERIMETER,
    Piece,
    Terms,
    add_row,
    cost_of,
    fits,
    range_cost,
)
from wangge.cores.planner.kernels.trees import is_under


@kernel
def choose_cuts(piece: Piece, bench: Bench, n: int, group: int, terms: Terms) -> int:
    """Cut the bench's tree of n places where it costs least: at no edge, at one, or at two.

    Two only where all three parts are in range. Each place's part (0 .. parts-1) is written.

    :returns: the number of parts.
    """
    _sum_subtrees(piece, bench, n, group, terms.shape > 0.0)
    best, one, two = _price(bench, terms, 0, n, n), n, n
    whole = bench.sums[0, HOUSEHOLDS]
    for i in range(1, n):
        under = bench.sums[i, HOUSEHOLDS]
        # Most cuts are out of the question by their sizes alone.
        if range_cost(terms, under) + range_cost(terms, whole - under) >= best:
            continue
        cost = _price(bench, terms, i, n, n) + _price(bench, terms, 0, i, n)
        if cost < best:
            best, one = cost, i
    if whole >= 3 * terms.low:
        one, two = _choose_two(bench, n, terms, best, one)
    tree, parts = bench.tree, 1
    tree[0].part = 0
    for i in range(1, n):
        tree[i].part = tree[tree[i].parent].part
        if i in (one, two):
            tree[i].part = parts
            parts += 1
    return parts


@kernel
def _sum_subtrees(piece: Piece, bench: Bench, n: int, group: int, shaped: bool) -> None:
    """Rows of sums from the leaves up. Row n is left zero: it stands for nothing."""
    for i in range(n + 1):
        for column in range(COLUMNS):
            bench.sums[i, column] = piece.sums[bench.tree[i].unit, column] if i < n else 0.0
    if shaped:
        _trace_borders(piece, bench, n, group)
    for i in range(n - 1, 0, -1):
        above, border = bench.tree[i].parent, bench.sums[bench.tree[i].parent, BORDER]
        add_row(bench.sums, above, bench.sums, i, 1.0)
        bench.sums[above, BORDER] = border


@kernel
def _trace_borders(piece: Piece, bench: Bench, n: int, group: int) -> None:
    """A border leaves the perimeter where its ends first meet, and lies across every subtree below that place."""
    for i in range(n):
        u = bench.tree[i].unit
        for e in range(piece.start[u], piece.start[u + 1]):
            edge = piece.edges[e]
            if edge.near > u and bench.marks[edge.near].group == group:
                meet, other = i, bench.marks[edge.near].place
                while meet != other:
                    if meet < other:
                        meet, other = other, meet
                    bench.sums[meet, BORDER] += edge.border
                    meet = bench.tree[meet].parent
                bench.sums[meet, PERIMETER] -= 2.0 * edge.border


@kernel
def _price(bench: Bench, terms: Terms, i: int, j: int, k: int) -> float:
    """Cost of what is under i but not under j or k; of two nested cuts the outline is an upper bound."""
    sums, row = bench.sums, bench.row
    for column in range(COLUMNS):
        row[0, column] = sums[i, column] - sums[j, column] - sums[k, column]
    row[0, PERIMETER] += 2.0 * (sums[j, BORDER] + sums[k, BORDER])
    return cost_of(terms, row, 0)


@kernel
def _choose_two(bench: Bench, n: int, terms: Terms, best: float, one: int) -> tuple[int, int]:
    """Look for two cuts that beat `best`, one under the other or side by side."""
    sums, tree, two, count = bench.sums, bench.tree, n, 0
    whole = sums[0, HOUSEHOLDS]
    for j in range(1, n):
        inner = sums[j, HOUSEHOLDS]
        if not fits(terms, inner):
            continue
        alone = _price(bench, terms, j, n, n)
        i = tree[j].parent
        while i > 0 and sums[i, HOUSEHOLDS] - inner <= terms.high:
            outer = sums[i, HOUSEHOLDS]
            if fits(terms, outer - inner) and fits(terms, whole - outer):
                cost = alone + _price(bench, terms, i, j, n) + _price(bench, terms, 0, i, n)
                if cost < best:
                    best, one, two = cost, i, j
            i = tree[i].parent
        # The members are in the tree by now, and their list is free: it takes the places that fit by themselves.
        for at in range(count):
            i = bench.members[at]
            if fits(terms, whole - sums[i, HOUSEHOLDS] - inner) and not is_under(tree, j, i):
                cost = alone + _price(bench, terms, i, n, n) + _price(bench, terms, 0, i, j)
                if cost < best:
                    best, one, two = cost, i, j
        bench.members[count] = j
        count += 1
    return one, two
