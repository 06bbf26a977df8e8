"""The demo's town: cutting the plan. A box is cut in two, and again, each part as large as what it holds weighs.

Cuts snap to lines that are there already, so that roads run on beyond the box they were made for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, NamedTuple, TypeVar

Thing = TypeVar("Thing")
Axis = Literal["u", "v"]


class Box(NamedTuple):
    """A rectangle of the plan, metres."""

    u0: float
    v0: float
    u1: float
    v1: float

    @property
    def width(self) -> float:
        """Metres along the river."""
        return self.u1 - self.u0

    @property
    def depth(self) -> float:
        """Metres away from the river."""
        return self.v1 - self.v0

    @property
    def area(self) -> float:
        """Square metres."""
        return self.width * self.depth

    @property
    def centre(self) -> tuple[float, float]:
        """The middle."""
        return (self.u0 + self.u1) / 2, (self.v0 + self.v1) / 2


class Cut(NamedTuple):
    """A line of the plan: `axis` is the coordinate that stays `at`, the other runs from `start` to `end`."""

    axis: Axis
    at: float
    start: float
    end: float
    rank: int


@dataclass
class Cuts:
    """The lines made so far."""

    lines: list[Cut]

    def snap(self, axis: Axis, at: float, box: Box, slack: float) -> float:
        """The line that runs up to the box nearest to `at` within `slack`, else `at`; whole metres."""
        low, high = (box.v0, box.v1) if axis == "u" else (box.u0, box.u1)
        near = [
            line.at
            for line in self.lines
            if line.axis == axis and abs(line.at - at) <= slack and (line.end == low or line.start == high)
        ]
        return min(near, key=lambda c: (abs(c - at), c)) if near else round(at)


def divide(
    box: Box,
    things: Sequence[tuple[Thing, float]],
    chance: Random,
    cuts: Cuts,
    rank: int,
    *,
    deepest: int | None = None,
    first: Axis | None = None,
) -> Iterator[tuple[Thing, Box]]:
    """Each thing with its part of the box, in order; the cuts between them are added to `cuts`.

    The first cut has `rank`, those within the parts one more each time, up to `deepest`; `first` forces its axis.
    """
    if len(things) == 1:
        yield things[0][0], box
        return
    total = sum(weight for _, weight in things)
    middle, before = _halfway(things, total)
    axis: Axis = first or ("u" if box.width >= box.depth else "v")
    low, extent = (box.u0, box.width) if axis == "u" else (box.v0, box.depth)
    share = before / total + chance.uniform(-0.02, 0.02)
    at = cuts.snap(axis, low + extent * share, box, 0.09 * extent)
    near, far = _parts(box, axis, at)
    cuts.lines.append(Cut(axis, at, *((box.v0, box.v1) if axis == "u" else (box.u0, box.u1)), rank))
    below = rank + 1 if deepest is None else min(rank + 1, deepest)
    yield from divide(near, things[:middle], chance, cuts, below, deepest=deepest)
    yield from divide(far, things[middle:], chance, cuts, below, deepest=deepest)


def _halfway(things: Sequence[tuple[Thing, float]], total: float) -> tuple[int, float]:
    before, best = 0.0, (1, things[0][1])
    for index, (_, weight) in enumerate(things[:-1], 1):
        before += weight
        if abs(before - total / 2) < abs(best[1] - total / 2):
            best = index, before
    return best


def _parts(box: Box, axis: Axis, at: float) -> tuple[Box, Box]:
    if axis == "u":
        return box._replace(u1=at), box._replace(u0=at)
    return box._replace(v1=at), box._replace(v0=at)
