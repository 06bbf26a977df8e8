"""The grids of one piece as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def grid_records(
    cut: Cut,
    units: Units,
    label: Ints,
    codes: Sequence[str],
    buildings: Ints,
    verdicts: Mapping[int, Verdict],
) -> list[Grid]:
    """The grids 0 .. k-1 of a piece.

    :param label: the grid of each of its units; codes: of those grids; buildings: in each of `units`.
    """
    sizes, counts = np.bincount(label, units.households[cut.rows]), np.bincount(label, buildings[cut.rows])
    return [
        Grid(code, cut.community, cut.number, int(sizes[g]), int(counts[g]), verdicts.get(g))
        for g, code in enumerate(codes)
    ]
