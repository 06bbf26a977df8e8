"""The demo's town: kinds of houses, and how they stand in rows on a plot."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple


@dataclass(frozen=True)
class Kind:
    """A kind of house. Lengths are metres; `unit` is the frontage of one entrance (单元)."""

    code: str
    depth: float
    unit: float
    entrances: tuple[int, int]
    floors: tuple[int, int]
    doors: int
    side_gap: float
    row_gap: float
    years: tuple[int, int]
    lift: bool = False
    single: bool = False

    def dwellings(self, entrances: int, floors: int) -> int:
        """How many dwellings such a house has; a `single` one is one dwelling, whatever its floors."""
        return entrances if self.single else entrances * floors * self.doors


KINDS = {
    kind.code: kind
    for kind in (
        Kind("house", 10, 11, (1, 1), (1, 3), 1, 6, 12, (1982, 2015), single=True),
        Kind("old", 9.5, 14, (1, 3), (2, 4), 2, 4, 7, (1958, 1988)),
        Kind("slab", 12, 15, (2, 5), (5, 7), 2, 9, 17, (1983, 2004)),
        Kind("middle", 14, 18, (1, 3), (9, 18), 2, 14, 30, (2003, 2020), lift=True),
        Kind("tower", 20, 26, (1, 1), (18, 33), 4, 22, 34, (2006, 2024), lift=True),
    )
}

BY_DENSITY = {
    "house": ("old", "slab"),
    "old": ("slab", "middle", "tower"),
    "slab": ("middle", "old", "tower"),
    "middle": ("tower", "slab", "old"),
    "tower": ("middle", "slab", "old"),
}
"""What is built where a kind doesn't suit the number of dwellings: the nearest by density first."""


class Slot(NamedTuple):
    """Where a house may stand: its middle relative to the plot's, its length, and its entrances."""

    across: float
    away: float
    length: float
    entrances: int


def rows(kind: Kind, width: float, depth: float, chance: Random) -> list[Slot]:
    """The places for houses of a kind on a plot of `width` × `depth` metres, row by row."""
    count = int((depth + kind.row_gap) // (kind.depth + kind.row_gap))
    if count == 0 and depth >= kind.depth:
        count = 1
    if not count:
        return []
    spare = depth - count * kind.depth
    gap = spare / (count - 1) if count > 1 else 0.0
    first = -depth / 2 + kind.depth / 2 if count > 1 else 0.0
    lines = [first + row * (kind.depth + gap) for row in range(count)]
    return [slot for away in lines for slot in _row(kind, width, away, chance)]


def _row(kind: Kind, width: float, away: float, chance: Random) -> list[Slot]:
    counts: list[int] = []
    used = 0.0
    low, high = kind.entrances
    while True:
        room = int((width - used) // kind.unit)
        if room < low:
            break
        count = min(room, chance.randint(low, high))
        counts.append(count)
        used += count * kind.unit + kind.side_gap
    if not counts:
        return []
    taken = sum(counts) * kind.unit
    gap = (width - taken) / max(1, len(counts) - 1) if len(counts) > 1 else 0.0
    left = -width / 2 if len(counts) > 1 else -taken / 2
    slots = []
    for count in counts:
        length = count * kind.unit
        slots.append(Slot(left + length / 2, away, length, count))
        left += length + gap
    return slots
