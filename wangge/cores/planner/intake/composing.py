"""From rows and the ground around them to units and edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.adjacency import Terrain, adjacency
from wangge.cores.planner.intake.apart import read_apart
from wangge.cores.planner.intake.barriers import Barriers
from wangge.cores.planner.intake.buildings import Rows
from wangge.cores.planner.intake.cities import City
from wangge.cores.planner.intake.entrances import parted
from wangge.cores.planner.intake.faults import Faults
from wangge.cores.planner.intake.kept_together import at, stay_together
from wangge.cores.planner.intake.openings import across
from wangge.cores.planner.intake.roads import stretches
from wangge.cores.planner.intake.shapes import GEOMETRY, Layer, Shapes, Source
from wangge.cores.planner.records import Floats, Ints, Settings, Units

if TYPE_CHECKING:
    from wangge.cores.geo.frames import LocalMetres
    from wangge.cores.planner.intake.bands import Bands


@dataclass(frozen=True)
class Wishes:
    """How a city is to be composed: which pairs are apart and whether footprints tell neighbours."""

    apart: Source | None
    footprints: bool


def compose(
    rows: Rows, ground: Mapping[str, Layer], bands: Bands | None, wishes: Wishes, settings: Settings
) -> City:
    """Units and edges of checked rows.

    :param ground: by name: roads, barriers, openings, as far as they are known.
    :raises TableError: for what is wrong only beside the buildings: places on a barrier, openings of none, unknown ids.
    """
    from wangge.cores.geo.frames import LocalMetres

    frame, faults = LocalMetres(rows.lon, rows.lat), Faults()
    x, y = frame.forward(rows.lon, rows.lat)
    own, apart, barriers, roads = {}, np.empty((0, 2), np.int64), None, None
    with faults.gathered():
        own = bands.of(rows.community) if bands else {}
    high = np.array([own.get(name, (0, settings.high))[1] for name in rows.community], dtype=np.int64)
    made = parted(rows.households, rows.entrances, high)
    with faults.gathered():
        barriers = _barriers(rows, ground, frame, np.stack([x, y], axis=1))
    with faults.gathered():
        roads = stretches(ground["roads"].near(frame, rows.lon, rows.lat)) if "roads" in ground else None
    if wishes.apart:
        with faults.gathered():
            apart = read_apart(
                wishes.apart, _first(rows.ids), _row_of(rows.ids)[made.row], at(rows.compound, made)
            )
    faults.finish()
    side = np.zeros(len(x), np.int64) if barriers is None else barriers.sides(np.stack([x, y], axis=1))
    together, notes = stay_together(rows, made, high, side)
    units = Units(
        [name if not part else f"{name}#{part}" for name, part in zip(at(rows.names, made), made.part, strict=True)],
        x[made.row],
        y[made.row],
        made.households,
        at(rows.community, made),
        together=together,
    )  # fmt: skip
    shapes = _footprints(rows, frame) if wishes.footprints else None
    terrain = Terrain(None if shapes is None else shapes[made.row], roads, barriers, apart)
    edges = None
    if any(part is not None for part in (shapes, roads, barriers)) or len(apart):
        units, edges = adjacency(units, terrain)
    left_out = (f"left out, no building: row {line.row}: {line.text}" for line in rows.checks.table.left_out)
    return City(
        units,
        edges,
        frame,
        made.row,
        rows.floors[made.row],
        rows.lift[made.row],
        apart,
        own,
        (*left_out, *notes),
    )


def _barriers(rows: Rows, ground: Mapping[str, Layer], frame: LocalMetres, places: Floats) -> Barriers | None:
    """Barriers and their openings, when no building stands on one and every opening opens one."""
    if "barriers" not in ground:
        return None
    barriers = Barriers(ground["barriers"].near(frame, rows.lon, rows.lat))
    expected, advice = said("a place beside the barrier"), said("Move the building, or mend the barrier.")
    faults = Faults()
    rows.checks.refuse(rows.place, np.flatnonzero(barriers.under(places)), "on_barrier", expected, advice)
    with faults.gathered():
        rows.finish()
    if "openings" in ground:
        with faults.gathered():
            barriers = Barriers(barriers.shapes, _openings(ground["openings"], rows, frame, barriers))
    faults.finish()
    return barriers


def _openings(layer: Layer, rows: Rows, frame: LocalMetres, barriers: Barriers) -> Shapes:
    """The openings as lines across; those that are too far from any building are left out."""
    import shapely

    shapes = layer.near(frame, rows.lon, rows.lat)
    near = np.flatnonzero(~shapely.is_empty(shapes))
    lines = np.empty(len(near), dtype=object)
    lines[:] = [across(shapes[i], barriers.shapes) for i in near]
    for i, line in enumerate(lines):
        if line is not None and barriers.under(shapely.get_coordinates(line)[[0, -1]]).any():
            lines[i] = None  # it ends on a barrier
    idle = shapely.is_missing(lines)
    expected = said("an opening that leads from one side of a barrier to the other")
    advice = said("Draw a line across, or a point on the barrier.")
    layer.checks.refuse(GEOMETRY, near[idle], "no_opening", expected, advice)
    layer.checks.finish()
    return lines


def _footprints(rows: Rows, frame: LocalMetres) -> Shapes | None:
    """The areas of the buildings in metres; None unless every row has one."""
    import shapely

    if rows.shapes is None or not (shapely.get_dimensions(rows.shapes) == 2).all():
        return None
    return shapely.make_valid(frame.to_metres(rows.shapes))


def _first(ids: Sequence[str]) -> list[str]:
    """Every id once, in the order in which they come."""
    return list(dict.fromkeys(ids))


def _row_of(ids: Sequence[str]) -> Ints:
    """By row: the position of its id in `_first`."""
    number = {name: i for i, name in enumerate(_first(ids))}
    return np.array([number[name] for name in ids], dtype=np.int64)
