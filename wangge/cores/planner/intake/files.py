"""Files in: a building file or units and edges, checked box by box, as what the planner takes.

Every bad row is named by file, row (as Excel counts) and column before anything is planned.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.intake.checking import Checks
from wangge.cores.planner.records import Edges, Floats, Units

if TYPE_CHECKING:
    from wangge.cores.geo.frames import LocalMetres

GEOMETRY = "geometry"
_ENOUGH_M = 40_000_000.0  # once round the earth


@dataclass(frozen=True)
class Columns:
    """What the columns of a building file are called. x and y are None where the file's shapes say where things are."""

    households: str
    community: str
    x: str | None
    y: str | None
    crs: str | None


@dataclass(frozen=True, eq=False)
class Buildings:
    """A building file as units, named by their rows (the first building is 1), and the frame of their metres."""

    units: Units
    frame: LocalMetres
    left_out: tuple[str, ...]


def read_buildings(path: Path, columns: Columns) -> Buildings:
    """Read and check a building file (csv, xlsx, GeoJSON, Parquet).

    :raises TableError: naming every bad row.
    :raises UnknownDatum: for a coordinate system that nobody knows.
    """
    from wangge.cores.geo.frames import LocalMetres
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    households = checks.counts(columns.households)
    community = checks.names(columns.community)
    lon, lat = _places(checks, columns)
    checks.finish()
    frame = LocalMetres(lon, lat)
    x, y = frame.forward(lon, lat)
    units = Units([str(row + 1) for row in range(len(table))], x, y, households, community)
    return Buildings(units, frame, tuple(f"row {line.row}: {line.text}" for line in table.left_out))


def _places(checks: Checks, columns: Columns) -> tuple[Floats, Floats]:
    """Longitude and latitude of each row, from two columns or from the middle of its shape."""
    from wangge.cores.geo.datums import CGCS2000, convert

    if columns.x is None or columns.y is None:
        crs = columns.crs or checks.table.crs or CGCS2000
        names, (x, y) = (GEOMETRY, GEOMETRY), checks.middles(GEOMETRY)
    else:
        crs = columns.crs or CGCS2000
        names, (x, y) = (columns.x, columns.y), (checks.numbers(columns.x), checks.numbers(columns.y))
    known = np.isfinite(x) & np.isfinite(y)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    lon[known], lat[known] = convert(x[known], y[known], crs)
    checks.within(names, lon, lat, known, crs)
    return lon, lat


def read_units(path: Path) -> Units:
    """Read units: columns unit_id, x, y (metres), households, community, and area_m2, perim_m where they are known.

    :raises TableError: naming every bad row.
    """
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    ids, community = checks.names("unit_id", unique=True), checks.names("community")
    households = checks.counts("households")
    x, y = (checks.numbers(name, least=-_ENOUGH_M, most=_ENOUGH_M) for name in ("x", "y"))
    known = {"area_m2", "perim_m"} <= set(table.columns)
    area, perimeter = (checks.numbers(name, least=0) if known else None for name in ("area_m2", "perim_m"))
    checks.finish()
    return Units(ids, x, y, households, community, area, perimeter)


def read_edges(path: Path, units: int) -> Edges:
    """Read edges: columns u, v (row numbers of the units, from 0), and border_m, len_m where they are known.

    :raises TableError: naming every bad row.
    """
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    u, v = (checks.counts(name, most=units - 1) for name in ("u", "v"))
    border, length = (
        checks.numbers(name, least=0) if name in table.columns else None for name in ("border_m", "len_m")
    )
    checks.finish()
    return Edges(u, v, border, length)
