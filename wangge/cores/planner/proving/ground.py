"""One piece as exact search sees it: units are bits, sets of units are Python integers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wangge.cores.planner.kernels.ground import SQUARES, WEIGHT, Piece
from wangge.cores.planner.records import Floats, Ints, Settings


@dataclass(frozen=True)
class Ground:
    """One connected piece for exact search.

    :param households: of each unit.
    :param near: the neighbours of each unit as a set.
    :param rows: n rows of sums (`kernels.ground`), for what a grid costs to walk; None where that plays no part.
    """

    households: tuple[int, ...]
    near: tuple[int, ...]
    low: int
    high: int
    rows: Floats | None = None

    @cached_property
    def capped(self) -> tuple[int, ...]:
        """Households with each giant as high + 1: its excess is fate, what joins it is not."""
        return tuple(min(size, self.high + 1) for size in self.households)

    @cached_property
    def giants(self) -> int:
        """Units above the upper bound, as a set."""
        return set_of(u for u, size in enumerate(self.households) if size > self.high)

    @property
    def whole(self) -> int:
        """All units."""
        return (1 << len(self.near)) - 1

    def size(self, units: int) -> int:
        """Households of a set, giants capped."""
        return sum(self.capped[u] for u in members(units))

    def walk(self, units: int) -> float:
        """Household-metres from everyone to the set's centre, at the root-mean-square distance."""
        if self.rows is None:
            return 0.0
        weight, x, y, squares = self.rows[list(members(units)), WEIGHT : SQUARES + 1].sum(axis=0)
        return math.sqrt(max(squares * weight - x * x - y * y, 0.0))

    def is_outside(self, units: int) -> bool:
        """Whether a set is out of range and no giant is the reason."""
        return not units & self.giants and not self.low <= self.size(units) <= self.high


def ground_of(piece: Piece, settings: Settings) -> Ground:
    """A piece of the kernels as a ground."""
    households = tuple(int(size) for size in piece.sums[:, 0])
    start, near = piece.start, piece.edges["near"]
    sets = tuple(set_of(near[start[u] : start[u + 1]].tolist()) for u in range(len(households)))
    return Ground(households, sets, settings.low, settings.high, piece.sums)


def set_of(units: Iterable[int]) -> int:
    """Units as a set."""
    made = 0
    for u in units:
        made |= 1 << u
    return made


def members(units: int) -> Iterator[int]:
    """The units of a set, in rising order."""
    while units:
        lowest = units & -units
        yield lowest.bit_length() - 1
        units ^= lowest


def around(ground: Ground, units: int) -> int:
    """A set with its neighbours."""
    made = units
    for u in members(units):
        made |= ground.near[u]
    return made


def grids_of(label: Ints) -> list[int]:
    """The sets of units of each grid 0 .. k-1."""
    return [set_of(np.flatnonzero(label == g).tolist()) for g in range(int(label.max()) + 1)]
