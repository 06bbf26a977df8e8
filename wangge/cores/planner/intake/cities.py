"""A city as the planner takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wangge.cores.planner.records import Edges, Floats, Ints, Plan, Units

if TYPE_CHECKING:
    from wangge.cores.geo.frames import LocalMetres


@dataclass(frozen=True, eq=False)
class City:
    """What the planner takes, and what was noticed on the way.

    :param edges: None where nothing is known but places: then neighbours are the proximity graph.
    :param frame: of the units' metres.
    :param row: which row of the file (from 0) each unit comes from.
    :param floors: of each unit's building, NaN where nobody says; `lift`: 1, 0, or NaN.
    :param apart: p x 2 rows of units that are not linked.
    :param bands: by community, where a sheet of them was given.
    :param notes: lines to show.
    """

    units: Units
    edges: Edges | None
    frame: LocalMetres
    row: Ints
    floors: Floats
    lift: Floats
    apart: Ints
    bands: dict[str, tuple[int, int]]
    notes: tuple[str, ...]

    def noticed(self, plan: Plan) -> Iterator[str]:
        """Pairs that aren't linked, but have come into one grid by way of others."""
        for u, v in self.apart[plan.grid[self.apart[:, 0]] == plan.grid[self.apart[:, 1]]]:
            code = plan.grids[plan.grid[u]].code
            yield f"{self.units.ids[u]} and {self.units.ids[v]} are not linked, but both in grid {code} by way of others"
