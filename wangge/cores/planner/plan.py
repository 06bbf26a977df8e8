"""The plan of a city: community by community, each by itself, so that one's plan never hangs on another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.parts import Part, Planned, parts_of, plan_community
from wangge.cores.planner.records import Bands, Compound, Edges, Grid, Plan, Settings, Units

Progress = Callable[[int, int], None]
# As the built-in `map`: answers come in the order of the parts, wherever they are worked out.
Mapper = Callable[[Callable[[Part], Planned], Iterable[Part]], Iterable[Planned]]


def plan(
    units: Units,
    edges: Edges | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    bands: Bands | None = None,
    mapper: Mapper = map,
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
    :param mapper: who does the communities; `processes.pool` gives one over processes. The plan is the same.
    :raises ValueError: for edges that name units which are not there, and for a band that is none.
    """
    settings, bands = settings or Settings(), dict(bands or {})
    edges = neighbours(units) if edges is None else edges
    grid, done = np.empty(len(units), np.int64), 0
    grids: list[Grid] = []
    let_go: list[Compound] = []
    rows, parts = zip(*parts_of(units, edges, settings, bands), strict=True) if len(units) else ((), ())
    for mine, made in zip(rows, mapper(plan_community, parts), strict=True):
        grid[mine] = made.grid + len(grids)
        grids += made.grids
        let_go += made.let_go
        done += len(mine)
        if progress is not None:
            progress(done, len(units))
    return Plan(grid, tuple(grids), settings, bands, tuple(let_go))
