"""The plan of one piece while it is being made: which grid each unit is in, and each grid's running sums.

Grids are numbers below the number of units; members are linked lists, so that a grid is read without a scan.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wangge.cores.planner.kernels.compiled import kernel
from wangge.cores.planner.kernels.ground import (
    COLUMNS,
    PERIMETER,
    Floats,
    Ints,
    Piece,
    Records,
    Terms,
    add_row,
    standing_cost,
    step_of,
)

SEAT = np.dtype([("grid", np.int64), ("next", np.int64), ("previous", np.int64)])
GRID = np.dtype([("head", np.int64), ("units", np.int64), ("cost", np.float64), ("listed", np.bool_)])


class Draft(NamedTuple):
    """Seats by unit, grids by number, and the stack of numbers not in use."""

    seats: Records  # of SEAT
    grids: Records  # of GRID
    sums: Floats  # by grid: rows of sums
    unused: Ints
    counts: Ints  # [0] how many numbers are unused, [1] the mark last given to a group


def blank_draft(n: int) -> Draft:
    """A draft in which no unit is in a grid yet."""
    seats, grids = np.zeros(n, SEAT), np.zeros(n, GRID)
    seats["grid"] = seats["next"] = seats["previous"] = grids["head"] = -1
    counts = np.array([n, 0], dtype=np.int64)
    return Draft(seats, grids, np.zeros((n, COLUMNS)), np.arange(n - 1, -1, -1), counts)


@kernel
def take_number(draft: Draft) -> int:
    """An unused grid number."""
    draft.counts[0] -= 1
    return draft.unused[draft.counts[0]]


@kernel
def release(draft: Draft, number: int) -> None:
    """Empty a grid and give its number back; its units must be put elsewhere by the caller."""
    grid = draft.grids[number]
    u = grid.head
    while u >= 0:
        draft.seats[u].grid = -1
        u = draft.seats[u].next
    grid.head, grid.units, grid.cost = -1, 0, 0.0
    for column in range(COLUMNS):
        draft.sums[number, column] = 0.0
    draft.unused[draft.counts[0]] = number
    draft.counts[0] += 1


@kernel
def put(piece: Piece, draft: Draft, u: int, number: int) -> None:
    """Put a unit that is in no grid into one; the cost is not renewed."""
    grid, seat = draft.grids[number], draft.seats[u]
    _count(piece, draft, u, number, 1)
    seat.grid, seat.next, seat.previous = number, grid.head, -1
    if grid.head >= 0:
        draft.seats[grid.head].previous = u
    grid.head = u


@kernel
def lift(piece: Piece, draft: Draft, u: int) -> None:
    """Take a unit out of its grid; the cost is not renewed."""
    seat = draft.seats[u]
    number = seat.grid
    if seat.previous >= 0:
        draft.seats[seat.previous].next = seat.next
    else:
        draft.grids[number].head = seat.next
    if seat.next >= 0:
        draft.seats[seat.next].previous = seat.previous
    seat.grid = -1
    _count(piece, draft, u, number, -1)


@kernel
def _count(piece: Piece, draft: Draft, u: int, number: int, sign: int) -> None:
    """Add or take away a unit's row, and the borders that its coming or going makes inner or outer."""
    draft.grids[number].units += sign
    add_row(draft.sums, number, piece.sums, u, sign)
    inner = 0.0
    for e in range(piece.start[u], piece.start[u + 1]):
        if draft.seats[piece.edges[e].near].grid == number:
            inner += piece.edges[e].border
    draft.sums[number, PERIMETER] -= 2.0 * sign * inner


@kernel
def cost_now(piece: Piece, terms: Terms, draft: Draft, number: int) -> float:
    """A grid's cost as it is now, everyone's own way to its centre counted; 0 for an empty one."""
    if draft.grids[number].units == 0:
        return 0.0
    walk, u = 0.0, draft.grids[number].head
    while u >= 0:
        walk += step_of(piece, u, draft.sums, number)
        u = draft.seats[u].next
    return walk / terms.walk + standing_cost(terms, draft.sums, number)
