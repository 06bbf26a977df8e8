"""The best cutting of a tree into grids: exact for the tree, both bounds at once.

A grid's households are the state, as in Ito, Zhou & Nishizeki 2012 ("Partitioning a graph of bounded tree-width to
connected subgraphs of almost uniform size"), with a cost in place of yes and no: a part pays `range_cost`, and
every tree edge kept inside a part pays the walk it carries, length x min(households beyond it, the rest of a target
grid). Time O(households x cap), memory O(units x cap), where `cap_of` bounds what one part may hold.
"""

from __future__ import annotations

import math

import numpy as np

from wangge.cores.planner.kernels.bench import STATE, Bench
from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.ground import HOUSEHOLDS, Piece, Records, Terms, range_cost


def cap_of(low: int, high: int) -> int:
    """The most households a part may hold: too many by less than another grid would need."""
    return high + max(low, 2)


@kernel
def best_parts(piece: Piece, bench: Bench, n: int, terms: Terms) -> int:
    """Cut the bench's tree of n places at least cost, writing each place's part (0 .. parts-1).

    :returns: the number of parts.
    """
    reach, best = bench.reach, bench.best
    states = np.empty(_prepare(piece, bench, n, terms), STATE)
    for i in range(n):
        states[i].households, states[i].cost, states[i].joined = reach[i].own, 0.0, -1
    for size in range(len(best)):
        best[size].cost = math.inf
    used = n
    for c in range(n - 1, -1, -1):
        child = reach[c]
        child.cost = math.inf
        for s in range(child.begin, child.end):
            cost = states[s].cost + range_cost(terms, states[s].households)
            if cost < child.cost:
                child.closed, child.cost = s, cost
        if c > 0:
            used = _join(bench, terms, c, states, used)
    return _read_back(bench, n, states)


@kernel
def _prepare(piece: Piece, bench: Bench, n: int, terms: Terms) -> int:
    """Begin each place with one state; return how many states there can be at most.

    A giant (a unit above high) counts as high + 1 households: its excess is fate, what joins it is not.
    """
    reach, tree, wanted = bench.reach, bench.tree, n
    for i in range(n):
        place = reach[i]
        place.own = min(int(piece.sums[tree[i].unit, HOUSEHOLDS]), terms.high + 1)
        place.total, place.begin, place.end = place.own, i, i + 1
    for i in range(n - 1, 0, -1):
        above = reach[tree[i].parent]
        above.total += reach[i].total
        wanted += min(above.total + 1, len(bench.best))
    return wanted


@kernel
def _join(bench: Bench, terms: Terms, c: int, states: Records, used: int) -> int:
    """Take the place c into its parent's states, with the edge between them cut or kept."""
    best, child, parent = bench.best, bench.reach[c], bench.reach[bench.tree[c].parent]
    least, most = states[parent.begin].households, states[parent.end - 1].households
    for a in range(parent.begin, parent.end):
        slot = best[states[a].households]
        slot.cost, slot.before, slot.joined = states[a].cost + child.cost, a, -1
    for b in range(child.begin, child.end):
        under = states[b].households
        carried = min(float(under), max(terms.target - under, 0.2 * terms.target))
        extra = states[b].cost + bench.tree[c].length * carried / terms.walk
        for a in range(parent.begin, parent.end):
            size = states[a].households + under
            if size >= len(best):
                break
            slot, cost = best[size], states[a].cost + extra
            if cost < slot.cost:
                slot.cost, slot.before, slot.joined = cost, a, b
                most = max(most, size)
    parent.begin = used
    for size in range(least, most + 1):
        if best[size].cost < math.inf:
            states[used] = best[size]
            states[used].households = size
            best[size].cost = math.inf
            used += 1
    parent.end = used
    return used


@kernel
def _read_back(bench: Bench, n: int, states: Records) -> int:
    """Undo the joins from the root outwards: the last child taken in is the first to be read."""
    tree, reach, parts = bench.tree, bench.reach, 1
    tree[0].part, reach[0].at = 0, reach[0].closed
    for c in range(1, n):
        above = reach[tree[c].parent]
        state = states[above.at]
        above.at = state.before
        if state.joined < 0:
            tree[c].part, reach[c].at = parts, reach[c].closed
            parts += 1
        else:
            tree[c].part, reach[c].at = tree[tree[c].parent].part, state.joined
    return parts
