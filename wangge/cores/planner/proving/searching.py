"""One piece, settled by search: fewer grids out of range if that is possible, and a proof where it is not.

Repair recuts the grids around one that is out of range, exactly, in ever wider neighbourhoods up to the whole piece.
"""

from __future__ import annotations

from collections.abc import Iterator

from wangge.cores.planner.proving.covering import cover
from wangge.cores.planner.proving.ground import Ground, around
from wangge.cores.planner.proving.stuck import Effort, Proof, Tried, count_outside, prove, together
from wangge.cores.planner.proving.subsets import TooMany, grids_touching


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
        proofs = prove(ground, outside, effort, tried)
        if sum(proof.least for proof in proofs) >= len(outside):
            return grids, proofs
        hopeful = [grid for grid in outside if not any(grid & proof.units for proof in proofs)] or outside
        better = next(filter(None, (_recut(ground, grids, grid, effort) for grid in hopeful)), None)
        if better is None:
            whole = [together(ground, effort)] if len(outside) > 1 else []
            return grids, max(proofs, whole, key=lambda some: sum(proof.least for proof in some))
        grids = better


def _recut(ground: Ground, grids: list[int], outside: int, effort: Effort) -> list[int] | None:
    """Grids with fewer out of range in the least neighbourhood of one where that is possible."""
    for region in _regions(ground, grids, outside):
        inside = [grid for grid in grids if grid & region]
        now = count_outside(ground, inside)
        try:
            # With one grid out of range there is no need to list what is out of range too.
            sets = grids_touching(ground, region, region, now > 1, effort.steps)
        except TooMany:
            continue
        found = cover(ground, sets, region, effort.time)
        if found.chosen and count_outside(ground, found.chosen) < now:
            return [grid for grid in grids if not grid & region] + list(found.chosen)
    return None


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
