"""Where grids must be out of range: units that no choice of grids in range can hold.

A proof names units and says: of all connected grids in range that hold any of them, no choice holds them all; so a grid
there must be out of range. It needs a list of the grids around those units only, however large the piece is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from wangge.cores.planner.proving.covering import cover
from wangge.cores.planner.proving.ground import Ground, around, members
from wangge.cores.planner.proving.subsets import TooMany, grids_touching

Tried: TypeAlias = dict[int, bool]  # units that were tried: whether they are stuck


@dataclass(frozen=True)
class Effort:
    """How long to search.

    :param steps: sets listed at most for one neighbourhood.
    :param time: deterministic seconds of the solver for one neighbourhood.
    """

    steps: int = 300_000
    time: float = 20.0


@dataclass(frozen=True)
class Proof:
    """At least `least` grids that touch `units` are out of range, and no giant is the reason, in any plan."""

    units: int
    least: int


def prove(ground: Ground, outside: list[int], effort: Effort, tried: Tried) -> list[Proof]:
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


def together(ground: Ground, effort: Effort) -> Proof:
    """The most grids that must be out of range, counted over the whole piece."""
    try:
        sets = grids_touching(ground, ground.whole, ground.whole, True, effort.steps)
    except TooMany:
        return Proof(ground.whole, 0)
    found = cover(_bare(ground), sets, ground.whole, effort.time)
    return Proof(ground.whole, count_outside(ground, found.chosen) if found.status == "best" else 0)


def _bare(ground: Ground) -> Ground:
    """The ground without what a walk costs: a proof asks only whether."""
    return Ground(ground.households, ground.near, ground.low, ground.high)


def count_outside(ground: Ground, grids: Iterable[int]) -> int:
    """How many of some grids are out of range without a giant."""
    return sum(ground.is_outside(grid) for grid in grids)


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
