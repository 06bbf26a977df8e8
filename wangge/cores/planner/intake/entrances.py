"""Buildings with more households than a grid may hold are parted by their entrances (单元); no other is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wangge.cores.planner.records import Ints


@dataclass(frozen=True, eq=False)
class Parted:
    """Rows of a file as units.

    :param row: which row each of n units comes from, in the order of the rows.
    :param part: 0 for a whole row, 1, 2, ... for the entrances of a parted one.
    :param households: of each unit.
    """

    row: Ints
    part: Ints
    households: Ints


def parted(households: Ints, entrances: Ints, high: Ints) -> Parted:
    """Part every building above `high` evenly among its entrances: the first ones take what remains.

    :param households, entrances, high: of n buildings; entrances 0 or 1 where a building has none to be parted by.
    """
    parts = np.where((households > high) & (entrances > 1), entrances, 1)
    row = np.repeat(np.arange(len(households)), parts)
    place = np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    share, rest = households // parts, households % parts
    return Parted(row, np.where(parts[row] > 1, place + 1, 0), share[row] + (place < rest[row]))


def whole(building: Sequence[str], households: Ints, high: Ints) -> list[str]:
    """By row: the name of its building or compound if all of it fits into one grid, so that it stays together, else "".

    :param building, households, high: of n rows; "" is no building.
    """
    names, index = np.unique(np.asarray(building, dtype=object).astype(str), return_inverse=True)
    fits = np.bincount(index, households)[index] <= high
    return [str(names[i]) if fit else "" for i, fit in zip(index, fits, strict=True)]
