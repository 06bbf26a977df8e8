"""The plan of a city: piece by piece, each by itself, so that one community's plan never hangs on another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from wangge.cores.planner.grids import grids_of, judged, whose
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.numbering import in_order
from wangge.cores.planner.proving.verdicts import judge
from wangge.cores.planner.records import Edges, Grid, Ints, Plan, Settings, Units

Progress = Callable[[int, int], None]


def plan(
    units: Units,
    edges: Edges | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Put every unit into a grid: inside one community, connected, low <= households <= high wherever possible.

    Method: along random spanning trees that prefer short edges, each piece is cut exactly (both bounds at once), then
    annealed by recutting two or three neighbouring grids, mended around each grid out of range, and polished unit by
    unit. Sources: see `optimum`, `recombine`. Deterministic: the same units (in any order of their rows), edges and
    seed give the same grids.

    :param edges: who is next to whom; the proximity graph of `neighbours` if None.
    :param progress: called with (units done, units in all).
    :raises ValueError: for edges that name units which are not there.
    """
    settings = settings or Settings()
    edges = neighbours(units) if edges is None else edges
    grid, done = np.empty(len(units), np.int64), 0
    grids: list[Grid] = []
    for rows, label, made in _planned(units, edges, settings):
        grid[rows] = label + len(grids)
        grids += made
        done += len(rows)
        if progress is not None:
            progress(done, len(units))
    return Plan(grid, tuple(grids), settings)


def _planned(units: Units, edges: Edges, settings: Settings) -> Iterator[tuple[Ints, Ints, list[Grid]]]:
    """Rows, their grids (0, 1, ...) and those grids, piece by piece; codes count on through a community."""
    # The kernels load numba, which takes its time: only now.
    from wangge.cores.planner.cutting import cut_up
    from wangge.cores.planner.pieces import pieces

    serial = 0
    for cut in pieces(units, edges):
        serial = serial if cut.number else 0
        label = in_order(
            cut_up(cut, units.households[cut.rows], settings), units.x[cut.rows], units.y[cut.rows]
        )
        verdicts = judge(*judged(cut, units), label, whose(cut), settings)
        made = grids_of(cut, units, label, serial, verdicts)
        serial += len(made)
        yield cut.rows, label, made
