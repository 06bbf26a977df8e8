"""A plan of a building file as a file for others: GeoJSON, GeoPackage or a workbook. Whole or not at all.

They name no person, so they are as open as the umask lets any file be.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.borders.arranging import Shapes
from wangge.cores.planner.records import Plan, Units

if TYPE_CHECKING:
    from wangge.cores.planner.intake.cities import City


def write_geojson(path: Path, city: City, plan: Plan) -> None:
    """One polygon a grid in longitude and latitude (CGCS2000): grid, households, buildings, community."""
    from wangge.cores.tables import writing

    names = ("grid", "households", "buildings", "community")
    rows = [(one.code, one.households, one.buildings, one.community) for one in plan.grids]
    shapes = drawn(city, plan)
    features = ((shape, dict(zip(names, row, strict=True))) for shape, row in zip(shapes, rows, strict=True))
    # All digits: rounding would make neighbours overlap by slivers.
    writing.write_geojson(path, features, digits=None, private=False)


def write_geopackage(path: Path, city: City, plan: Plan) -> None:
    """Layers `grids` (polygons) and `units` (points) in CGCS2000."""
    import shapely

    from wangge.cores.geo import geopackage

    units = city.units
    points = shapely.points(*city.frame.inverse(units.x, units.y))
    grids = {"grid": "TEXT", "community": "TEXT", "households": "INTEGER", "buildings": "INTEGER"}
    grids |= {"verdict": "TEXT", "reason": "TEXT"}
    rows = {"unit": "TEXT", "grid": "TEXT", "community": "TEXT", "households": "INTEGER"}
    layers = [
        geopackage.Layer("grids", "MULTIPOLYGON", grids, list(drawn(city, plan)), _grids(plan)),
        geopackage.Layer("units", "POINT", rows, list(points), _units(units, plan)),
    ]
    geopackage.write_geopackage(path, layers)


def write_workbook(path: Path, units: Units, plan: Plan) -> None:
    """Sheets `grids`, `units` and `out of range`, formulas made harmless; it needs no places, only a plan."""
    from wangge.cores.tables.sheets import Sheet, write_workbook
    from wangge.cores.tables.writing import replacing

    grids = ("grid", "community", "households", "buildings", "verdict", "reason")
    sheets = [
        Sheet("grids", grids, _grids(plan)),
        Sheet("units", ("unit", "grid", "community", "households"), _units(units, plan)),
        Sheet("out of range", grids, [row for row in _grids(plan) if row[4]]),
    ]
    with replacing(path, private=False) as file:
        write_workbook(path.name, file, sheets)


WRITERS: dict[str, Callable[[Path, City, Plan], None]] = {
    ".geojson": write_geojson,
    ".gpkg": write_geopackage,
    ".xlsx": lambda path, city, plan: write_workbook(path, city.units, plan),
}
"""By the end of the file's name."""


def drawn(city: City, plan: Plan) -> Shapes:
    """The polygon of each grid in degrees, outer rings counter-clockwise (RFC 7946)."""
    import shapely

    from wangge.cores.planner.borders.outlines import outlines

    units = city.units
    shapes = np.empty(len(plan.grids), dtype=object)
    shapes[:] = outlines(units.x, units.y, plan.grid, units.community)
    return np.asarray(shapely.orient_polygons(city.frame.to_degrees(shapes)), dtype=object)


def _grids(plan: Plan) -> list[tuple[object, ...]]:
    from wangge.cores.planner.proving.verdicts import reason

    return [
        (one.code, one.community, one.households, one.buildings)
        + ((one.verdict.kind, reason(one.verdict)) if one.verdict else ("", ""))
        for one in plan.grids
    ]


def _units(units: Units, plan: Plan) -> list[tuple[object, ...]]:
    households = units.households.tolist()
    return list(zip(units.ids, plan.codes, units.community, households, strict=True))
