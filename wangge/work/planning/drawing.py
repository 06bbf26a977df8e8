"""The planner's answer on the map: which buildings make a grid, its outline in degrees, and why it is out of range."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wangge.work.planning.records import PlanSettings

if TYPE_CHECKING:
    import pyarrow as pa

    from wangge.cores.geo.frames import LocalMetres
    from wangge.cores.planner.records import Edges, Floats, Grid, Ints, Plan, Units

Progress = Callable[[int, int], None]


class Drawn(NamedTuple):
    """A grid without a code yet: households by building key, the middle of its buildings in degrees, its outline.

    ``verdict`` is empty in range, else proven or undecided; ``why`` is the code of the reason and ``unit`` the key of
    the one building that is too large, if that is the reason (else 0). ``walk``: household-metres to the middle.
    """

    community: str
    buildings: dict[int, int]
    lon: float
    lat: float
    wkb: bytes | None
    verdict: str
    why: str
    unit: int
    walk: float

    @property
    def households(self) -> int:
        """Living households."""
        return sum(self.buildings.values())


def draw(
    table: pa.Table,
    grounds: Mapping[str, bytes],
    settings: PlanSettings,
    former: Mapping[int, str],
    progress: Progress | None = None,
) -> list[Drawn]:
    """Plan buildings (columns of ``areas.columns.buildings``; each with a community) within the grounds that are known.

    Community by community, each in a frame of its own: planned alone or with the whole city, it comes out the same.
    ``former`` has the grid of each building so far: where the least change is asked for, it starts from there.
    ``progress`` is told how many buildings are done, of how many.
    """
    community = np.array(table.column("community").to_pylist(), dtype=object)
    number = np.empty(len(community), np.int64)
    grids: list[Grid] = []
    done = 0
    for code in sorted(set(community)):
        rows = np.flatnonzero(community == code)
        made = _planned(table.take(rows), settings, former)
        number[rows] = made.grid + len(grids)
        grids += made.grids
        done += len(rows)
        if progress is not None:
            progress(done, len(community))
    shapes = outlines_of(table, number, grounds)
    return [_drawn(table.take(np.flatnonzero(number == n)), grid, shapes[n]) for n, grid in enumerate(grids)]


def ground_of(table: pa.Table) -> tuple[Units, Edges]:
    """The buildings of one community as the planner takes them, and who is next to whom: one truth for it and for hands."""
    from wangge.cores.planner.neighbours import neighbours
    from wangge.cores.planner.records import Units

    _, x, y = _metres(table)
    units = Units(
        ids=[str(key) for key in table.column("building").to_pylist()], x=x, y=y,
        households=table.column("households").to_numpy(), community=table.column("community").to_pylist(),
    )  # fmt: skip
    return units, neighbours(units)


def walk(table: pa.Table) -> float:
    """Household-metres from the buildings of one grid to its middle, in straight lines."""
    _, x, y = _metres(table)
    households = table.column("households").to_numpy()
    if not households.sum():
        return 0.0
    middle = np.average(x, weights=households), np.average(y, weights=households)
    return float((np.hypot(x - middle[0], y - middle[1]) * households).sum())


def _planned(table: pa.Table, settings: PlanSettings, former: Mapping[int, str]) -> Plan:
    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.records import Settings

    units, edges = ground_of(table)
    asked = Settings(settings.low, settings.high, settings.seed)
    if settings.way == "afresh":
        return plan(units, edges, asked)
    from wangge.cores.planner.replanning import replan

    stood = {unit: former[int(unit)] for unit in units.ids if int(unit) in former}
    return replan(units, stood, edges, asked).plan


def _metres(table: pa.Table) -> tuple[LocalMetres, Floats, Floats]:
    from wangge.cores.geo.frames import LocalMetres

    lon, lat = table.column("lon").to_numpy(), table.column("lat").to_numpy()
    frame = LocalMetres(lon, lat)
    return frame, *frame.forward(lon, lat)


def _drawn(table: pa.Table, grid: Grid, wkb: bytes | None) -> Drawn:
    why = grid.verdict
    return Drawn(
        community=grid.community,
        buildings=dict(
            zip(table.column("building").to_pylist(), table.column("households").to_pylist(), strict=True)
        ),
        lon=float(table.column("lon").to_numpy().mean()), lat=float(table.column("lat").to_numpy().mean()), wkb=wkb,
        verdict=why.kind if why else "", why=why.code if why else "",
        unit=int(str(why.params.get("unit", 0))) if why else 0, walk=walk(table),
    )  # fmt: skip


def outlines_of(table: pa.Table, number: Ints, grounds: Mapping[str, bytes]) -> list[bytes | None]:
    """The outline of each grid (0 .. k-1) in degrees as WKB; None where it has no ground."""
    import shapely

    from wangge.cores.planner.borders.outlines import Drawing, outlines

    frame, x, y = _metres(table)
    known = {code: shapely.from_wkb(wkb) for code, wkb in grounds.items()}
    boundaries = {code: frame.to_metres(shape) for code, shape in known.items() if shape.is_valid}
    shapes = outlines(x, y, number, table.column("community").to_pylist(), Drawing(boundaries))
    degrees = frame.to_degrees(np.array(shapes, dtype=object))
    return [None if shape.is_empty else shapely.to_wkb(shape) for shape in degrees]
