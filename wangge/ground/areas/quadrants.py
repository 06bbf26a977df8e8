"""Morton quadrants: one whole number that says where something is and how large, so that a B-tree finds what a map shows.

The world is cut into four, and each quarter again, 30 times (a leaf is some 4 cm wide). A quadrant's number is its path, two
bits a cut, then a 1 and zeros: everything inside a quadrant has numbers in one range around its own, and its ancestors are
a handful of single numbers. Source: Morton 1966; the marking 1 as in Google's S2 cell ids.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BITS = 30
_SIDE = 1 << BITS


class Box(NamedTuple):
    """Degrees of longitude and latitude."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes share a point."""
        return (
            self.west <= other.east and other.west <= self.east
            and self.south <= other.north and other.south <= self.north
        )  # fmt: skip


def leaves(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers of the leaves that hold n points. Points beyond the world's edge count to the edge."""
    x = np.clip((np.asarray(lons, float) + 180.0) / 360.0 * _SIDE, 0, _SIDE - 1).astype(np.uint64)
    y = np.clip((np.asarray(lats, float) + 90.0) / 180.0 * _SIDE, 0, _SIDE - 1).astype(np.uint64)
    path = (_spread(y) << np.uint64(1)) | _spread(x)
    return ((path << np.uint64(1)) | np.uint64(1)).astype(np.int64)


def leaf(lon: float, lat: float) -> int:
    """The number of the leaf that holds a point."""
    return int(leaves(np.array([lon]), np.array([lat]))[0])


def holding(box: Box) -> int:
    """The number of the smallest quadrant that holds the whole box."""
    low, high = leaf(box.west, box.south) >> 1, leaf(box.east, box.north) >> 1
    return _number(low, _cuts_apart(low, high))


def _cuts_apart(low: int, high: int) -> int:
    """How many cuts from the leaf up to where two paths are one."""
    return ((low ^ high).bit_length() + 1) // 2


def _number(path: int, up: int) -> int:
    return ((path >> (2 * up)) << 1 | 1) << (2 * up)


def _inside(number: int) -> tuple[int, int]:
    """First and last number of what lies inside a quadrant, itself included."""
    lowest_bit = number & -number
    return number - lowest_bit + 1, number + lowest_bit - 1


class Search(NamedTuple):
    """What to look for: numbers in any of the ranges (both ends included), or among the single ones."""

    ranges: list[tuple[int, int]]
    singles: list[int]


def search(box: Box, most: int = 12) -> Search:
    """The numbers that things meeting the box can have: a cover of the box by few quadrants, and their ancestors.

    :param most: quadrants of the cover; more of them fit the box more closely.
    """
    cover = [holding(box)]
    while True:
        finer = [child for number in cover for child in _children(number) if _box_of(child).meets(box)]
        if len(finer) > most or not finer or _up(cover[0]) == 0:
            break
        cover = finer
    ancestors = {above for number in cover for above in _ancestors(number)}
    return Search(_joined([_inside(number) for number in sorted(cover)]), sorted(ancestors))


def _up(number: int) -> int:
    return ((number & -number).bit_length() - 1) // 2


def _children(number: int) -> list[int]:
    quarter = (number & -number) >> 2
    first = number - (number & -number)
    return [first + quarter * (2 * child + 1) for child in range(4)] if quarter else []


def _ancestors(number: int) -> list[int]:
    path, up = number >> 1, _up(number)
    return [_number(path, above) for above in range(up + 1, BITS + 1)]


def _box_of(number: int) -> Box:
    up, path = _up(number), number >> 1
    x, y = _gathered(path) >> up << up, _gathered(path >> 1) >> up << up
    return Box(
        x / _SIDE * 360 - 180, y / _SIDE * 180 - 90,
        (x + (1 << up)) / _SIDE * 360 - 180, (y + (1 << up)) / _SIDE * 180 - 90,
    )  # fmt: skip


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that follow each other become one (between two quadrants lies one even number)."""
    joined: list[tuple[int, int]] = []
    for low, high in ranges:
        if joined and low <= joined[-1][1] + 2:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def _spread(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A zero between every two bits (30 bits in, 60 out)."""
    x = values
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333), (1, 0x5555555555555555),
    ):  # fmt: skip
        x = (x | (x << np.uint64(shift))) & np.uint64(mask)
    return x


def _gathered(path: int) -> int:
    """Every second bit of a path, from the lowest on."""
    return sum(((path >> (2 * bit)) & 1) << bit for bit in range(BITS))
