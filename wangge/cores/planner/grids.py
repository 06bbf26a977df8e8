"""The grids of one piece as records, and what a piece is called."""

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


def codes_of(cut: Cut, label: Ints, before: int) -> list[str]:
    """Codes of the piece's grids (0 .. k-1); they count on through a community, of which `before` grids have theirs."""
    return [f"{cut.community}-{before + g + 1:03d}" for g in range(int(label.max()) + 1)]


def grids_of(
    cut: Cut,
    units: Units,
    label: Ints,
    codes: Sequence[str],
    verdicts: Mapping[int, Verdict],
    buildings: Ints,
) -> list[Grid]:
    """The grids 0 .. k-1 of a piece.

    :param label: the grid of each unit of the piece; codes: of those grids; buildings: in each of `units`.
    """
    sizes, counts = np.bincount(label, units.households[cut.rows]), np.bincount(label, buildings[cut.rows])
    return [
        Grid(code, cut.community, cut.number, int(sizes[g]), int(counts[g]), verdicts.get(g))
        for g, code in enumerate(codes)
    ]
