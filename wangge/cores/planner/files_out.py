"""Files out: grids as polygons, or which grid each row is in; whole or not at all.

They name no person, so they are as open as the umask lets any file be.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from wangge.cores.planner.intake.files import Buildings
from wangge.cores.planner.records import Plan


def write_memberships(
    path: Path, header: tuple[str, str], names: Iterable[object], codes: Sequence[str]
) -> None:
    """One line a unit, in their order: its name and its grid's code, as they are (this file is for programs)."""
    from wangge.cores.tables.writing import replacing

    with replacing(path, private=False) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(zip(names, codes, strict=True))
        text.flush()
        text.detach()


def write_polygons(path: Path, buildings: Buildings, plan: Plan) -> None:
    """One polygon a grid in longitude and latitude (CGCS2000): grid, households, buildings, community."""
    import shapely

    from wangge.cores.planner.borders.outlines import outlines
    from wangge.cores.tables.writing import write_geojson

    units = buildings.units
    shapes = np.empty(len(plan.grids), dtype=object)
    shapes[:] = outlines(units.x, units.y, plan.grid, units.community)
    shapes = shapely.orient_polygons(buildings.frame.to_degrees(shapes))
    features = (
        (
            shape,
            {
                "grid": grid.code,
                "households": grid.households,
                "buildings": grid.buildings,
                "community": grid.community,
            },
        )
        for shape, grid in zip(shapes, plan.grids, strict=True)
    )
    # All digits: rounding would make neighbours overlap by slivers.
    write_geojson(path, features, digits=None, private=False)
