"""A grid out of range brought back by moving the fewest households over its borders, and if that fails by recutting."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count

from wangge.cores.planner.proving.verdicts import least_outside
from wangge.cores.planner.recutting import recut
from wangge.cores.planner.standing import Standing, is_joined

LONGEST = 5  # units moved for one grid
TRIES = 400  # states looked at for one grid

State = dict[int, int]  # units moved: row, the grid it goes to


def mend(standing: Standing, still: set[int]) -> None:
    """Bring grids into range, in the order of their numbers, until a piece has as few outside as arithmetic allows.

    :param still: grids in which nothing changed: they were out of range when somebody agreed to them.
    """
    for cut in standing.cuts:
        rows = cut.rows.tolist()
        least = least_outside(standing.units.households[cut.rows], standing.settings)
        for grid in sorted({standing.label[row] for row in rows}):
            outside = {
                standing.label[row] for row in rows if standing.off(standing.totals[standing.label[row]])
            }
            if grid in outside - still and len(outside) > least and not _is_fated(standing, grid):
                for row, to in (cheapest(standing, grid) or recut(standing, grid) or {}).items():
                    standing.put(row, to)


def _is_fated(standing: Standing, grid: int) -> bool:
    """Whether a grid holds a unit that no grid can."""
    return max(standing.households[row] for row in standing.members[grid]) > standing.settings.high


def cheapest(standing: Standing, grid: int) -> State | None:
    """The units to move over borders so that the grid and all that it touches are in range; None if none was found.

    Best-first search (A*): a state costs the households moved and those still to be moved, at least the farthest off.
    """
    order = count()
    heap: list[tuple[int, int, State]] = [(0, next(order), {})]
    seen = {frozenset[tuple[int, int]]()}
    for _ in range(TRIES):
        if not heap:
            return None
        _, _, state = heappop(heap)
        worst, off = _worst(standing, grid, state)
        if off == 0:
            return state
        if len(state) == LONGEST:
            continue
        for row, to in _steps(standing, worst, state):
            more = {**state, row: to}
            if (key := frozenset(more.items())) not in seen:
                seen.add(key)
                cost = sum(standing.moved(u, g) for u, g in more.items())
                heappush(heap, (cost + _worst(standing, grid, more)[1], next(order), more))
    return None


def _totals(standing: Standing, grid: int, state: State) -> dict[int, int]:
    """Households of the grids that a state touches."""
    totals = {grid: standing.totals[grid]}
    for row, to in state.items():
        for g, sign in ((standing.label[row], -1), (to, 1)):
            totals[g] = totals.get(g, standing.totals[g]) + sign * standing.households[row]
    return totals


def _worst(standing: Standing, grid: int, state: State) -> tuple[int, int]:
    """The touched grid that is farthest out of range, and how far; others may stay as far out as they were."""
    worst, most = grid, 0
    for g, total in sorted(_totals(standing, grid, state).items()):
        off = standing.off(total)
        if g != grid and off <= standing.off(standing.totals[g]):
            off = 0
        if off > most:
            worst, most = g, off
    return worst, most


def _members(standing: Standing, grid: int, state: State) -> set[int]:
    stayed = {row for row in standing.members[grid] if row not in state}
    return stayed | {row for row, to in state.items() if to == grid}


def _steps(standing: Standing, grid: int, state: State) -> Iterator[tuple[int, int]]:
    """Units that can go over a border of the grid the way it needs, leaving what they come from connected."""
    mine, low = _members(standing, grid, state), standing.settings.low
    short = _totals(standing, grid, state)[grid] < low
    found: set[tuple[int, int]] = set()
    for u in sorted(mine):
        for v, _ in standing.near[u]:
            other = state.get(v, standing.label[v])
            if other != grid:
                found.add((v, grid) if short else (u, other))
    for row, to in sorted(found):
        source = _members(standing, state.get(row, standing.label[row]), state)
        if row not in state and standing.households[row] and is_joined(standing.near, source - {row}):
            yield row, to
