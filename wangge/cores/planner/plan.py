"""The plan of a city: piece by piece, each by itself, so that one community's plan never hangs on another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.numbering import in_order
from wangge.cores.planner.proving.verdicts import judge
from wangge.cores.planner.records import Bands, Edges, Grid, Ints, Plan, Settings, Units

if TYPE_CHECKING:
    from wangge.cores.planner.pieces import Cut

Progress = Callable[[int, int], None]


def plan(
    units: Units,
    edges: Edges | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    bands: Bands | None = None,
) -> Plan:
    """Put every unit into a grid: inside one community, connected, low <= households <= high wherever possible.

    Method: along random spanning trees that prefer short edges, each piece is cut exactly (both bounds at once), then
    annealed by recutting two or three neighbouring grids, mended around each grid out of range, and polished unit by
    unit. Sources: see `optimum`, `recombine`. Deterministic: the same units (in any order of their rows), edges and
    seed give the same grids.

    :param edges: who is next to whom; the proximity graph of `neighbours` if None.
    :param progress: called with (units done, units in all).
    :param bands: {community: (low, high)} of communities whose grids hold other numbers of households than `settings`
        says (commercial quarters, villages).
    :raises ValueError: for edges that name units which are not there, and for a band that is none.
    """
    settings, bands = settings or Settings(), dict(bands or {})
    edges = neighbours(units) if edges is None else edges
    grid, done = np.empty(len(units), np.int64), 0
    grids: list[Grid] = []
    for rows, label, made in _planned(units, edges, settings, bands):
        grid[rows] = label + len(grids)
        grids += made
        done += len(rows)
        if progress is not None:
            progress(done, len(units))
    return Plan(grid, tuple(grids), settings, bands)


def _planned(
    units: Units, edges: Edges, settings: Settings, bands: Bands
) -> Iterator[tuple[Ints, Ints, list[Grid]]]:
    """Rows, their grids (0, 1, ...) and those grids, piece by piece; codes count on through a community."""
    # The kernels load numba, which takes its time: only now.
    from wangge.cores.planner.cutting import cut_up
    from wangge.cores.planner.pieces import pieces

    serial = 0
    for cut in pieces(units, edges):
        serial = serial if cut.number else 0
        own = settings.of(cut.community, bands)
        label = in_order(cut_up(cut, units.households[cut.rows], own), units.x[cut.rows], units.y[cut.rows])
        made = _grids(cut, units, label, own, serial)
        serial += len(made)
        yield cut.rows, label, made


def _grids(cut: Cut, units: Units, label: Ints, settings: Settings, serial: int) -> list[Grid]:
    households = units.households[cut.rows]
    whose = f"community {cut.community}" + (f", part {cut.number + 1} of {cut.of}," if cut.of > 1 else "")
    verdicts = judge([units.ids[row] for row in cut.rows], households, label, whose, settings)
    sizes, buildings = np.bincount(label, households), np.bincount(label)
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
