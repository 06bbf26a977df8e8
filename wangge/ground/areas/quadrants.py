"""Quadrants: one whole number that says where a shape is and how large, so that a B-tree finds what a map shows.

The world is cut into four, and each quarter again, down to the steps of ``cores.geo.morton``. A quadrant's number is its
path, two bits a cut, then a 1 and zeros: all that lies inside a quadrant has numbers in one range around its own, and its
ancestors are a handful of single numbers. The marking 1 is that of Google's S2 cell ids.
"""

from __future__ import annotations

from typing import NamedTuple

from wangge.cores.geo import morton


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


class Search(NamedTuple):
    """What to look for: numbers in any of the ranges (both ends included), or among the single ones."""

    ranges: list[tuple[int, int]]
    singles: list[int]


def holding(box: Box) -> int:
    """The number of the smallest quadrant that holds the whole box."""
    low, high = morton.encode_one(box.west, box.south), morton.encode_one(box.east, box.north)
    return _number(low, ((low ^ high).bit_length() + 1) // 2)


def search(box: Box, most: int = 12) -> Search:
    """The numbers that quadrants holding things that meet the box can have.

    Inside the ranges of points that cover the box lie the small ones. A larger one reaches over the end of a range,
    so it is an ancestor of that end.

    :param most: ranges; more of them fit the box more closely.
    """
    covered = morton.ranges(box, most)
    ends = {end for span in covered for end in span}
    ancestors = {_number(end, up) for end in ends for up in range(1, morton.BITS + 1)}
    inside = [(_number(low, 0), _number(high, 0)) for low, high in covered]
    singles = {n for n in ancestors if not any(low <= n <= high for low, high in inside)}
    return Search(inside, sorted(singles))


def _number(code: int, up: int) -> int:
    """The number of the quadrant ``up`` cuts above the step with this Morton code."""
    return (code >> 2 * up << 1 | 1) << 2 * up
