"""Flips: single units on a border change sides while that pays and both grids stay in one piece."""

from __future__ import annotations

from wangge.cores.planner.kernels.bench import Bench
from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.draft import Draft, cost_now, lift, put
from wangge.cores.planner.kernels.ground import Piece, Terms


@kernel
def is_connected(piece: Piece, draft: Draft, bench: Bench, number: int) -> bool:
    """Whether the units of a grid are one connected part; an empty grid is not."""
    grid = draft.grids[number]
    if grid.units == 0:
        return False
    draft.counts[1] += 1
    seen, ahead, behind = draft.counts[1], 1, 0
    bench.members[0] = grid.head
    bench.marks[grid.head].group = seen
    while behind < ahead:
        u = bench.members[behind]
        behind += 1
        for e in range(piece.start[u], piece.start[u + 1]):
            v = piece.edges[e].near
            if draft.seats[v].grid == number and bench.marks[v].group != seen:
                bench.marks[v].group = seen
                bench.members[ahead] = v
                ahead += 1
    return ahead == grid.units


@kernel
def _flip(piece: Piece, draft: Draft, bench: Bench, terms: Terms, u: int, target: int) -> bool:
    """Move u into the grid `target` if that pays and leaves its own grid connected."""
    source = draft.seats[u].grid
    lift(piece, draft, u)
    put(piece, draft, u, target)
    left, right = cost_now(piece, terms, draft, source), cost_now(piece, terms, draft, target)
    pays = left + right < draft.grids[source].cost + draft.grids[target].cost - 1e-9
    # Connectivity is the dearer question, so it is asked only of flips that pay.
    if pays and is_connected(piece, draft, bench, source):
        draft.grids[source].cost, draft.grids[target].cost = left, right
        return True
    lift(piece, draft, u)
    put(piece, draft, u, source)
    return False


@kernel
def polish(piece: Piece, draft: Draft, bench: Bench, terms: Terms, passes: int) -> int:
    """Flip units until none pays, at most `passes` times over all units.

    :returns: the number of flips made.
    """
    flips = 0
    for _ in range(passes):
        before = flips
        for u in range(len(draft.seats)):
            for e in range(piece.start[u], piece.start[u + 1]):
                target = draft.seats[piece.edges[e].near].grid
                if target != draft.seats[u].grid and _flip(piece, draft, bench, terms, u, target):
                    flips += 1
                    break
        if flips == before:
            break
    return flips
