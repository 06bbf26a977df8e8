"""The grids of one piece as records: their codes count on through a community."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.records import Grid, Ints, Units, Verdict

if TYPE_CHECKING:
    from wangge.cores.planner.pieces import Cut


def whose(cut: Cut) -> str:
    """What to call a piece in a sentence."""
    return f"community {cut.community}" + (f", part {cut.number + 1} of {cut.of}," if cut.of > 1 else "")


def judged(cut: Cut, units: Units) -> tuple[list[str], Ints]:
    """Names and households of the piece's units."""
    return [units.ids[row] for row in cut.rows], units.households[cut.rows]


def grids_of(cut: Cut, units: Units, label: Ints, serial: int, verdicts: Mapping[int, Verdict]) -> list[Grid]:
    """The grids 0 .. k-1 of a piece.

    :param label: the grid of each unit of the piece.
    :param serial: grids of the community before this piece.
    """
    sizes, buildings = np.bincount(label, units.households[cut.rows]), np.bincount(label)
    return [
        Grid(
            code=f"{cut.community}-{serial + g + 1:03d}",
            community=cut.community,
            piece=cut.number,
            households=int(sizes[g]),
            buildings=int(buildings[g]),
            verdict=verdicts.get(g),
        )
        for g in range(len(sizes))
    ]
