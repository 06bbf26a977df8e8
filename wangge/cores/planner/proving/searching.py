"""One piece, settled by search: fewer grids out of range if that is possible, and a proof where it is not.

Repair recuts the grids around one that is out of range, exactly, in ever wider neighbourhoods up to the whole piece. A
proof names units and says: of all connected grids in range that hold any of them, no choice holds them all; so a grid
there must be out of range. It needs a list of the grids around those units only, however large the piece is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from wangge.cores.planner.proving.covering import cover
from wangge.cores.planner.proving.subsets import (
    Ground,
    TooMany,
    around,
    grids_touching,
    members,
)


@dataclass(frozen=True)
class Effort:
    """How long to search.

    :param steps: sets listed at most for one neighbourhood.
    :param time: deterministic seconds of the solver for one neighbourhood.
    """

    steps: int = 300_000
    time: float = 20.0


Tried = dict[int, bool]  # units that were tried: whether they are stuck


@dataclass(frozen=True)
class Proof:
    """At least `least` grids that touch `units` are out of range, and no giant is the reason, in any plan."""

    units: int
    least: int


def settle(ground: Ground, grids: list[int], goal: int, effort: Effort) -> tuple[list[int], list[Proof]]:
    """The piece with as few grids out of range as could be found, and the proofs that account for them.

    Proofs come first: they are quick where a few houses are stuck, and then no repair is looked for.

    :param goal: how many must be out of range without a giant, by arithmetic.
    """
    tried: Tried = {}
    while True:
        outside = [grid for grid in grids if ground.is_outside(grid)]
        if len(outside) <= goal:
            return grids, []
        proofs = _prove(ground, outside, effort, tried)
        if sum(proof.least for proof in proofs) >= len(outside):
            return grids, proofs
        hopeful = [grid for grid in outside if not any(grid & proof.units for proof in proofs)] or outside
        better = next(filter(None, (_recut(ground, grids, grid, effort) for grid in hopeful)), None)
        if better is None:
            together = [_together(ground, effort)] if len(outside) > 1 else []
            return grids, max(proofs, together, key=lambda some: sum(proof.least for proof in some))
        grids = better


def _recut(ground: Ground, grids: list[int], outside: int, effort: Effort) -> list[int] | None:
    """Grids with fewer out of range in the least neighbourhood of one where that is possible."""
    for region in _regions(ground, grids, outside):
        inside = [grid for grid in grids if grid & region]
        now = _count(ground, inside)
        try:
            # With one grid out of range there is no need to list what is out of range too.
            sets = grids_touching(ground, region, region, now > 1, effort.steps)
        except TooMany:
            continue
        found = cover(ground, sets, region, effort.time)
        if found.chosen and _count(ground, found.chosen) < now:
            return [grid for grid in grids if not grid & region] + list(found.chosen)
    return None


def _count(ground: Ground, grids: list[int] | tuple[int, ...]) -> int:
    return sum(ground.is_outside(grid) for grid in grids)


def _regions(ground: Ground, grids: list[int], start: int) -> Iterator[int]:
    """A grid with each of its neighbours, with all of them, with their neighbours, … up to the piece."""
    first = [grid for grid in grids if grid != start and grid & around(ground, start)]
    yield from (start | grid for grid in first if len(first) > 1)
    region = start
    while True:
        rim = around(ground, region)
        wider = sum(grid for grid in grids if grid & rim)
        if wider == region:
            return
        region = wider
        yield region


def _prove(ground: Ground, outside: list[int], effort: Effort, tried: Tried) -> list[Proof]:
    """Proofs that together account for every grid out of range without a giant, or fewer where none was found."""
    proofs: list[Proof] = []
    for grid in outside:
        cores = _cores(ground, grid)
        units = next((core for core in cores if _is_stuck(ground, core, effort, tried)), 0)
        if units and all(apart(ground, units, other.units) for other in proofs):
            proofs.append(Proof(units, 1))
    return proofs


def _is_stuck(ground: Ground, units: int, effort: Effort, tried: Tried) -> bool:
    """Whether connected grids in range can't hold all of some units: what the plan is now plays no part in it."""
    if units not in tried:
        tried[units] = False
        with suppress(TooMany):
            sets = grids_touching(ground, units, ground.whole, False, effort.steps)
            tried[units] = cover(_bare(ground), sets, units, effort.time).status == "none"
    return tried[units]


def _cores(ground: Ground, grid: int) -> Iterator[int]:
    """Sets of units worth trying, small ones first: single ones, then rings around the grid up to the piece."""
    yield from (1 << u for u in members(around(ground, grid)))
    yield from (around(ground, 1 << u) for u in members(around(ground, grid)))
    ring = grid
    while True:
        yield ring
        wider = around(ground, ring)
        if wider == ring:
            return
        ring = wider


def _together(ground: Ground, effort: Effort) -> Proof:
    """The most grids that must be out of range, counted over the whole piece."""
    try:
        sets = grids_touching(ground, ground.whole, ground.whole, True, effort.steps)
    except TooMany:
        return Proof(ground.whole, 0)
    found = cover(_bare(ground), sets, ground.whole, effort.time)
    return Proof(ground.whole, _count(ground, found.chosen) if found.status == "best" else 0)


def _bare(ground: Ground) -> Ground:
    """The ground without what a walk costs: a proof asks only whether."""
    return Ground(ground.households, ground.near, ground.low, ground.high)


def apart(ground: Ground, some: int, others: int) -> bool:
    """Whether no grid out of range could touch both sets of units: the way between them holds too many households.

    The way is the lightest by households of the units on it, both ends included; a grid holds high + low at most.
    """
    least = {u: ground.capped[u] for u in members(some)}
    todo = sorted(least, key=lambda u: (least[u], u))
    while todo:
        u = todo.pop(0)
        for v in members(ground.near[u]):
            size = least[u] + ground.capped[v]
            if size <= ground.low + ground.high and size < least.get(v, size + 1):
                least[v] = size
                todo.append(v)
    return not any(u in least for u in members(others))
