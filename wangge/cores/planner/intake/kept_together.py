"""What stays in one grid: compounds, and the entrances of one building."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wangge.cores.planner.intake.buildings import Rows
from wangge.cores.planner.intake.entrances import Parted, whole
from wangge.cores.planner.records import Ints


def stay_together(rows: Rows, made: Parted, high: Ints, side: Ints) -> tuple[list[str], list[str]]:
    """By unit: the compound, or the building of an entrance, that stays together; and who is too large for that.

    A compound on several sides of a barrier stays together on each.
    """
    compound = whole(rows.compound, rows.households, high)
    building = (
        whole(rows.ids, rows.households, high) if len(set(rows.ids)) < len(rows.ids) else [""] * len(high)
    )
    names = [a or (b and f"\x1f{b}") for a, b in zip(compound, building, strict=True)]
    if len(set(side)) > 1:
        names = [name and f"{name}\x1f{where}" for name, where in zip(names, side, strict=True)]
    return at(names, made), [*_too_large(rows, compound), *_unparted(rows, made, high)]


def _too_large(rows: Rows, compound: Sequence[str]) -> Iterator[str]:
    sizes: dict[str, int] = {}
    for name, fits, households in zip(rows.compound, compound, rows.households, strict=True):
        if name and not fits:
            sizes[name] = sizes.get(name, 0) + int(households)
    for name, size in sorted(sizes.items()):
        yield f"compound {name} has {size} households, more than a grid may hold: not kept together"


def _unparted(rows: Rows, made: Parted, high: Ints) -> Iterator[str]:
    """Units that no grid in range can hold."""
    for unit in np.flatnonzero(made.households > high[made.row]):
        row, part = int(made.row[unit]), int(made.part[unit])
        name = f"entrance {part} of {rows.names[row]}" if part else rows.names[row]
        yield (
            f"{name} has {made.households[unit]} households, more than a grid may hold ({high[row]}),"
            " and no entrances to be parted by"
        )


def at(values: Sequence[str], made: Parted) -> list[str]:
    """What the rows say, by unit."""
    return [values[row] for row in made.row]
