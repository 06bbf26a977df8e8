"""The planner's ground: one connected piece of a community as arrays, and the terms a grid is judged by.

Every set of units, from one unit to a whole grid, is known by a row of sums (`HOUSEHOLDS` .. `PERIMETER`); rows are
added and taken away, and a row is all that a grid's cost needs. Positions are metres about the piece's centre, so
that squares keep their digits.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.kernels.compiled import kernel

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Chance: TypeAlias = NDArray[np.uint64]
Records: TypeAlias = Any  # a numpy record array; its fields are attributes of each element

# Columns of a row of sums. A unit weighs its households + 1, so that empty buildings lie near their grid too.
HOUSEHOLDS, WEIGHT, X, Y, SQUARES, AREA, PERIMETER, BORDER, COLUMNS = 0, 1, 2, 3, 4, 5, 6, 7, 8

EDGE = np.dtype([("near", np.int64), ("length", np.float64), ("border", np.float64)])


class Piece(NamedTuple):
    """n units and their edges, each edge held twice, in the order of the unit it leaves."""

    sums: Floats  # n x COLUMNS: each unit's own row; area (m²) and perimeter (m) are 0 where unknown
    start: Ints  # n + 1: the edges of u are edges[start[u] : start[u + 1]]
    edges: Records  # of EDGE


class Terms(NamedTuple):
    """What a grid costs. The unit of cost is the walk of an average grid of the piece: see `Settings`."""

    low: int
    high: int
    target: float
    balance: float
    shape: float
    outside: float
    beyond: float
    worker: float
    walk: float  # household-metres of an average grid: the yardstick


def unit_rows(households: Ints, x: Floats, y: Floats, area: Floats, perimeter: Floats) -> Floats:
    """The rows of sums of single units, positions taken about their mean.

    :returns: n x COLUMNS.
    """
    x, y, weight = x - x.mean(), y - y.mean(), households + 1.0
    columns = (households, weight, weight * x, weight * y, weight * (x * x + y * y), area, perimeter)
    return np.stack([*columns, np.zeros(len(x))], axis=1).astype(np.float64)


@kernel
def cost_of(terms: Terms, sums: Floats, i: int) -> float:
    """The cost of a grid from row i of sums.

    The walk is taken as if everyone lived at the root-mean-square distance from the centre, which sums tell: with it cuts
    are found; whether one is kept is asked of everyone's own way (`step_of`). The shape is one minus the
    roundness 4πA/P² of Polsby & Popper 1991, left out where areas are unknown.
    """
    return walk_of(sums, i) / terms.walk + standing_cost(terms, sums, i)


@kernel
def standing_cost(terms: Terms, sums: Floats, i: int) -> float:
    """The cost of a grid but for its walk: size and shape."""
    cost = range_cost(terms, sums[i, HOUSEHOLDS])
    area, perimeter = sums[i, AREA], sums[i, PERIMETER]
    if area > 0.0 and perimeter > 0.0:
        cost += terms.shape * max(0.0, 1.0 - 4.0 * math.pi * area / (perimeter * perimeter))
    return cost


@kernel
def walk_of(sums: Floats, i: int) -> float:
    """Household-metres from everyone to the grid's centre, at the root-mean-square distance."""
    whole = sums[i, SQUARES] * sums[i, WEIGHT]
    spread = whole - sums[i, X] * sums[i, X] - sums[i, Y] * sums[i, Y]
    # A single address has no spread; what rounding leaves of the squares must not pass for one.
    return math.sqrt(spread) if spread > 1e-12 * whole else 0.0


@kernel
def step_of(piece: Piece, u: int, sums: Floats, i: int) -> float:
    """Household-metres from one unit to the centre of the grid of row i of sums."""
    weight, own = sums[i, WEIGHT], piece.sums[u, WEIGHT]
    east = piece.sums[u, X] - own * sums[i, X] / weight
    north = piece.sums[u, Y] - own * sums[i, Y] / weight
    return math.sqrt(east * east + north * north)


@kernel
def range_cost(terms: Terms, households: float) -> float:
    """The cost of a grid's size alone: off balance, and far more when it is outside low..high."""
    beyond = max(terms.low - households, households - terms.high)
    if beyond > 0:
        return terms.worker + terms.balance + terms.outside + terms.beyond * beyond
    off = (households - terms.target) / ((terms.high - terms.low) / 2.0 + 1.0)
    return terms.worker + terms.balance * off * off


@kernel
def fits(terms: Terms, households: float) -> bool:
    """Whether a grid of so many households is in range."""
    return terms.low <= households <= terms.high


@kernel
def add_row(into: Floats, i: int, rows: Floats, j: int, sign: float) -> None:
    """Add (1) row j to row i of other sums, or take it away (-1)."""
    for column in range(COLUMNS):
        into[i, column] += sign * rows[j, column]
