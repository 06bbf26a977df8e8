"""Make a set of data for `./run bench planner` from any file of places with a number in it.

    .venv/bin/python -m benchmarks.planning.cities FILE --count TOTPOP --per-household 2.2 --community GEOID10 --digits 11 --out FOLDER/NAME

FILE is whatever geopandas reads (shapefile, also zipped; GeoJSON; GeoPackage; GeoParquet), or a csv with the columns `lon` and `lat`
(WGS-84 degrees). Polygons are blocks or parcels that tile the ground: neighbours share more than a metre of border. Points are
buildings: neighbours are the planner's own proximity graph. Metres are those of the UTM zone. geopandas comes with the extra `bench`.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.planning.sets import City, write
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.records import Edges, Ints, Units

BORDER_M = 1.0


def households_of(counts: Any, per_household: float) -> Ints:
    """Whole households of so many dwellings (1 a household) or persons (2 or 3). Raises `ValueError` for less than nothing."""
    numbers = np.asarray(counts, dtype=np.float64)
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        raise ValueError("a count is missing or negative")
    return np.floor(numbers / per_household + 0.5).astype(np.int64)


def from_polygons(shapes: Any, households: Ints, community: list[str]) -> tuple[Units, Edges]:
    """Blocks that tile the ground, in metres. They are named by their place in the file, from 1."""
    import shapely

    shapes = np.asarray(shapes, dtype=object)
    middle = shapely.centroid(shapes)
    units = Units(
        _names(shapes), shapely.get_x(middle), shapely.get_y(middle), households, community, shapely.area(shapes), shapely.length(shapes),
    )  # fmt: skip
    return units, _borders(units, shapes)


def from_points(x: Any, y: Any, households: Ints, community: list[str]) -> tuple[Units, Edges]:
    """Buildings as points, in metres."""
    units = Units(_names(x), x, y, households, community)
    return units, neighbours(units)


def _names(rows: Any) -> list[str]:
    return [str(row + 1) for row in range(len(rows))]


def _borders(units: Units, shapes: Any) -> Edges:
    """Pairs that share a border (rook, not only a corner), with its length and the way between their middles."""
    import shapely

    u, v = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    u, v = u[u < v], v[u < v]
    common = shapely.length(shapely.intersection(shapely.boundary(shapes[u]), shapely.boundary(shapes[v])))
    u, v, common = (column[common > BORDER_M] for column in (u, v, common))
    return Edges(u, v, common, np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v]))


def read(asked: argparse.Namespace) -> tuple[Units, Edges]:
    """Units and edges of a file, as the command names its columns."""
    import geopandas

    if asked.file.suffix == ".csv":
        import pandas

        rows = pandas.read_csv(asked.file, dtype={asked.community: str})
        table = geopandas.GeoDataFrame(rows, geometry=geopandas.points_from_xy(rows.lon, rows.lat), crs=4326)
    else:
        table = geopandas.read_file(asked.file)
    table = table.to_crs(table.estimate_utm_crs())
    households = households_of(table[asked.count], asked.per_household)
    community = [str(name)[: asked.digits] for name in table[asked.community]]
    shapes = table.geometry.to_numpy()
    if (table.geom_type == "Point").all():
        return from_points(table.geometry.x.to_numpy(), table.geometry.y.to_numpy(), households, community)
    return from_polygons(shapes, households, community)


def main() -> City:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", required=True, help="column: dwellings, households or persons")
    parser.add_argument("--per-household", type=float, default=1.0, help="how many of them make a household (%(default)s)")  # fmt: skip
    parser.add_argument("--community", required=True, help="column: what no grid may cross")
    parser.add_argument("--digits", type=int, help="as many first characters of it as name a community")
    parser.add_argument("--out", type=Path, required=True, help="FOLDER/NAME")
    asked = parser.parse_args()
    city = write(asked.out.parent, asked.out.name, *read(asked))
    print(
        f"{city.name}: {len(city.units):,} units, {city.units.households.sum():,} households,"
        f" {len(set(city.units.community)):,} communities, {len(city.edges):,} edges"
    )
    return city


if __name__ == "__main__":
    main()
