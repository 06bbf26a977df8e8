"""One connected piece of a community, from bare units to grids: open, anneal, mend, polish."""

from __future__ import annotations

from typing import NamedTuple

from wangge.cores.planner.kernels.bench import Bench, bench_for
from wangge.cores.planner.kernels.chance import below, uniform
from wangge.cores.planner.kernels.compiled import entrance, kernel
from wangge.cores.planner.kernels.draft import Draft, blank_draft, cost_now
from wangge.cores.planner.kernels.ground import HOUSEHOLDS, Chance, Ints, Piece, Terms, fits, walk_of
from wangge.cores.planner.kernels.opening import open_draft
from wangge.cores.planner.kernels.optimum import cap_of
from wangge.cores.planner.kernels.polish import polish
from wangge.cores.planner.kernels.recombine import recombine


class Effort(NamedTuple):
    """How long to try. Moves are counted per grid, so that time grows with the city and not with its square."""

    moves: int  # annealing moves a grid
    mends: int  # tries for each grid out of range, for a twentieth of the grids and twenty more at most
    hot: float  # first and last temperature, in walks of an average grid
    cold: float
    wild: float  # how far a tree may stray from the shortest one
    triple: float  # share of moves that merge three grids


def plan_piece(piece: Piece, terms: Terms, effort: Effort, least_outside: int, chance: Chance) -> Ints:
    """Cut a connected piece into grids.

    :param least_outside: grids that must be out of range by arithmetic; mending ends when no more are.
    :returns: grid of each unit: numbers below the number of units, not dense.
    """
    n = len(piece.sums)
    draft, bench = blank_draft(n), bench_for(n, len(piece.edges), cap_of(terms.low, terms.high))
    _make(piece, draft, bench, chance, terms, effort, least_outside)
    grid: Ints = draft.seats["grid"]
    return grid


@entrance
def _make(
    piece: Piece, draft: Draft, bench: Bench, chance: Chance, terms: Terms, effort: Effort, least_outside: int
) -> None:
    open_draft(piece, draft, bench, chance, terms, effort.wild)
    terms = _measured(piece, draft, terms)
    n, wild = len(draft.seats), effort.wild
    moves = effort.moves * (n - draft.counts[0])
    cooling = (effort.cold / effort.hot) ** (1.0 / max(moves, 1))
    heat = effort.hot
    # Anneal: recombine the grids of random units while the temperature falls geometrically.
    for _ in range(moves):
        wanted = 3 if uniform(chance) < effort.triple else 2
        recombine(piece, draft, bench, chance, terms, below(chance, n), wanted, heat, wild, False)
        heat *= cooling
    _mend(piece, draft, bench, chance, terms, effort, least_outside)
    polish(piece, draft, bench, terms, 20)


@kernel
def _mend(
    piece: Piece, draft: Draft, bench: Bench, chance: Chance, terms: Terms, effort: Effort, least_outside: int
) -> None:
    """Recut two to six grids around each one that is out of range, exactly along ever new trees."""
    grids, count = len(draft.seats) - draft.counts[0], 0
    for g in range(len(draft.grids)):
        count = _list(draft, bench, terms, g, count)
    tries = effort.mends * min(count, 20 + grids // 20)
    while tries > 0 and count > least_outside:
        at = below(chance, count)
        g = bench.outside[at]
        if not is_outside(draft, terms, g):
            draft.grids[g].listed = False
            count -= 1
            bench.outside[at] = bench.outside[count]
            continue
        tries -= 1
        u, wanted = draft.grids[g].head, 2 + below(chance, 5)
        parts = recombine(piece, draft, bench, chance, terms, u, wanted, effort.cold, effort.wild, True)
        for part in range(parts):
            count = _list(draft, bench, terms, bench.grids[part], count)


@kernel
def _list(draft: Draft, bench: Bench, terms: Terms, g: int, count: int) -> int:
    """List a grid for mending if it is out of range; return how many are listed."""
    if not draft.grids[g].listed and is_outside(draft, terms, g):
        draft.grids[g].listed = True
        bench.outside[count] = g
        count += 1
    return count


@kernel
def is_outside(draft: Draft, terms: Terms, g: int) -> bool:
    """Whether a grid in use is out of range."""
    return draft.grids[g].units > 0 and not fits(terms, draft.sums[g, HOUSEHOLDS])


@kernel
def _measured(piece: Piece, draft: Draft, terms: Terms) -> Terms:
    """The terms with their yardstick set to the walk of an average grid of the draft, and the grids priced anew.

    Never below half the first guess: where the draft's grids are single buildings nobody walks, and a yardstick of
    nothing would price every merge out of reach, those that bring a grid into range too.
    """
    total, grids = 0.0, len(draft.seats) - draft.counts[0]
    for g in range(len(draft.grids)):
        total += walk_of(draft.sums, g)
    walk = max(total / grids, 0.5 * terms.walk, terms.target)
    low, high, target, balance = terms.low, terms.high, terms.target, terms.balance
    shape, outside, beyond, worker = terms.shape, terms.outside, terms.beyond, terms.worker
    better = Terms(low, high, target, balance, shape, outside, beyond, worker, walk)
    for g in range(len(draft.grids)):
        draft.grids[g].cost = cost_now(piece, better, draft, g)
    return better
