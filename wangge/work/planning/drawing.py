"""The planner's answer on the map: which buildings make a grid, its outline in degrees, and why it is out of range."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wangge.work.planning.records import PlanSettings

if TYPE_CHECKING:
    import pyarrow as pa

    from wangge.cores.geo.frames import LocalMetres
    from wangge.cores.planner.records import Floats, Grid, Ints, Plan

Progress = Callable[[int, int], None]


class Drawn(NamedTuple):
    """A grid without a code yet: households by building key, the middle of its buildings in degrees, its outline.

    ``verdict`` is empty in range, else proven or undecided; ``why`` is the code of the reason and ``unit`` the key of
    the one building that is too large, if that is the reason (else 0).
    """

    community: str
    buildings: dict[int, int]
    lon: float
    lat: float
    wkb: bytes | None
    verdict: str
    why: str
    unit: int

    @property
    def households(self) -> int:
        """Living households."""
        return sum(self.buildings.values())


def draw(
    table: pa.Table, grounds: Mapping[str, bytes], settings: PlanSettings, progress: Progress | None = None
) -> list[Drawn]:
    """Plan buildings (columns of ``areas.columns.buildings``; each with a community) within the grounds that are known.

    Community by community, each in a frame of its own: planned alone or with the whole city, it comes out the same.
    ``progress`` is told how many buildings are done, of how many.
    """
    community = np.array(table.column("community").to_pylist(), dtype=object)
    number = np.empty(len(community), np.int64)
    grids: list[Grid] = []
    done = 0
    for code in sorted(set(community)):
        rows = np.flatnonzero(community == code)
        made = _planned(table.take(rows), settings)
        number[rows] = made.grid + len(grids)
        grids += made.grids
        done += len(rows)
        if progress is not None:
            progress(done, len(community))
    shapes = _outlines(table, number, grounds)
    return [_drawn(table.take(np.flatnonzero(number == n)), grid, shapes[n]) for n, grid in enumerate(grids)]


def _planned(table: pa.Table, settings: PlanSettings) -> Plan:
    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.records import Settings, Units

    _, x, y = _metres(table)
    units = Units(
        ids=[str(key) for key in table.column("building").to_pylist()], x=x, y=y,
        households=table.column("households").to_numpy(), community=table.column("community").to_pylist(),
    )  # fmt: skip
    return plan(units, None, Settings(settings.low, settings.high, settings.seed))


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
        unit=int(str(why.params.get("unit", 0))) if why else 0,
    )  # fmt: skip


def _outlines(table: pa.Table, number: Ints, grounds: Mapping[str, bytes]) -> list[bytes | None]:
    import shapely

    from wangge.cores.planner.borders.outlines import Drawing, outlines

    frame, x, y = _metres(table)
    known = {code: shapely.from_wkb(wkb) for code, wkb in grounds.items()}
    boundaries = {code: frame.to_metres(shape) for code, shape in known.items() if shape.is_valid}
    shapes = outlines(x, y, number, table.column("community").to_pylist(), Drawing(boundaries))
    degrees = frame.to_degrees(np.array(shapes, dtype=object))
    return [None if shape.is_empty else shapely.to_wkb(shape) for shape in degrees]
