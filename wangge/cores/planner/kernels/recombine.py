"""ReCom: merge a few neighbouring grids, draw a random tree over them, cut it anew (DeFord, Duchin & Solomon 2021)."""

from __future__ import annotations

import math

from wangge.cores.planner.kernels.bench import Bench
from wangge.cores.planner.kernels.chance import below, uniform
from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.cuts import choose_cuts
from wangge.cores.planner.kernels.draft import Draft, cost_now, put, release, take_number
from wangge.cores.planner.kernels.ground import (
    COLUMNS,
    PERIMETER,
    Chance,
    Piece,
    Terms,
    add_row,
    standing_cost,
    step_of,
)
from wangge.cores.planner.kernels.optimum import best_parts
from wangge.cores.planner.kernels.trees import grow_tree

EQUAL = 1e-7  # walks


@kernel
def gather(piece: Piece, draft: Draft, bench: Bench, chance: Chance, u: int, wanted: int) -> tuple[int, int]:
    """Mark the grid of u and up to `wanted` - 1 grids around it as one new group.

    :returns: number of members, number of grids.
    """
    draft.counts[1] += 1
    count, found = _take_in(draft, bench, u, 0, 0)
    inner = u
    for _ in range(12 * wanted):
        if found == wanted:
            break
        outer = _neighbour_outside(piece, draft, bench, chance, inner)
        if outer >= 0:
            count, found = _take_in(draft, bench, outer, count, found)
        inner = bench.members[below(chance, count)]
    return count, found


@kernel
def _take_in(draft: Draft, bench: Bench, u: int, count: int, found: int) -> tuple[int, int]:
    number = draft.seats[u].grid
    bench.grids[found] = number
    v = draft.grids[number].head
    while v >= 0:
        bench.marks[v].group = draft.counts[1]
        bench.members[count] = v
        count += 1
        v = draft.seats[v].next
    return count, found + 1


@kernel
def _neighbour_outside(piece: Piece, draft: Draft, bench: Bench, chance: Chance, u: int) -> int:
    """A neighbour of u that the group lacks, looked for from a random one on; -1 if there is none."""
    start, end = piece.start[u], piece.start[u + 1]
    e = start + below(chance, end - start)
    for _ in range(end - start):
        if bench.marks[piece.edges[e].near].group != draft.counts[1]:
            return piece.edges[e].near
        e = e + 1 if e + 1 < end else start
    return -1


@kernel
def cost_of_parts(piece: Piece, draft: Draft, bench: Bench, n: int, parts: int, terms: Terms) -> float:
    """What the grids would cost that the parts of the group's tree make."""
    tree, sums, cost = bench.tree, bench.parts, 0.0
    for part in range(parts):
        for column in range(COLUMNS):
            sums[part, column] = 0.0
    for i in range(n):
        u, part = tree[i].unit, tree[i].part
        add_row(sums, part, piece.sums, u, 1.0)
        if terms.shape > 0.0:
            for e in range(piece.start[u], piece.start[u + 1]):
                other = bench.marks[piece.edges[e].near]
                if other.group == draft.counts[1] and tree[other.place].part == part:
                    sums[part, PERIMETER] -= piece.edges[e].border
    for i in range(n):
        cost += step_of(piece, tree[i].unit, sums, tree[i].part) / terms.walk
    for part in range(parts):
        cost += standing_cost(terms, sums, part)
    return cost


@kernel
def settle_parts(
    piece: Piece, draft: Draft, bench: Bench, n: int, found: int, parts: int, terms: Terms
) -> None:
    """Replace the group's first `found` grids by the parts of its tree, whose numbers are then in `bench.grids`."""
    for i in range(found):
        release(draft, bench.grids[i])
    for part in range(parts):
        bench.grids[part] = take_number(draft)
    for i in range(n):
        put(piece, draft, bench.tree[i].unit, bench.grids[bench.tree[i].part])
    for part in range(parts):
        draft.grids[bench.grids[part]].cost = cost_now(piece, terms, draft, bench.grids[part])


@kernel
def recombine(
    piece: Piece,
    draft: Draft,
    bench: Bench,
    chance: Chance,
    terms: Terms,
    u: int,
    wanted: int,
    heat: float,
    wild: float,
    exact: bool,
) -> int:
    """Try to recut the grid of u and its neighbours: kept if cheaper, or by the odds of `heat` (Metropolis).

    `exact` cuts the tree at least cost into any number of grids, else into at most three.

    :returns: how many grids there are now, their numbers first in `bench.grids`; 0 if all stayed as it was.
    """
    count, found = gather(piece, draft, bench, chance, u, wanted)
    if found < 2:
        return 0
    n = grow_tree(piece, bench, chance, count, draft.counts[1], wild)
    if exact:
        parts = best_parts(piece, bench, n, terms)
    else:
        parts = choose_cuts(piece, bench, n, draft.counts[1], terms)
    more = cost_of_parts(piece, draft, bench, n, parts, terms)
    for i in range(found):
        more -= draft.grids[bench.grids[i]].cost
    # The same grids found again cost the same but for rounding, which must not decide whether chance is asked.
    if more > EQUAL and uniform(chance) >= math.exp(-more / heat):
        return 0
    settle_parts(piece, draft, bench, n, found, parts, terms)
    return parts
