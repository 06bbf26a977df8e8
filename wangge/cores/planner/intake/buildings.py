"""The building file: rows of buildings or of entrances, checked box by box.

Every bad row is named by file, row (as Excel counts) and column before anything is planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.checking import Checks
from wangge.cores.planner.intake.shapes import GEOMETRY, Shapes, Source, shapes_of, to_degrees
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from wangge.cores.planner.intake.communities import Communities

MOST_ENTRANCES, MOST_FLOORS = 1_000, 200


@dataclass(frozen=True)
class Columns:
    """What the columns of a building file are called.

    x and y are None where the file's shapes say where things are, `community` where polygons do; the others where the file
    doesn't know. `entrance` makes every row an entrance of the building `id`; `entrances` counts a building's.
    """

    households: str
    community: str | None = None
    x: str | None = None
    y: str | None = None
    crs: str | None = None
    id: str | None = None
    floors: str | None = None
    lift: str | None = None
    entrance: str | None = None
    entrances: str | None = None
    compound: str | None = None


@dataclass(frozen=True, eq=False)
class Rows:
    """The n rows of a building file, its checks still open.

    :param ids: the buildings' ids; the rows' numbers, from 1, where the file has none.
    :param names: the units' names: the ids, with the entrance where rows are entrances.
    :param lon, lat: degrees (CGCS2000).
    :param entrances: 0 where nobody says.
    :param floors: NaN where nobody says; `lift`: 1, 0, or NaN.
    :param compound: "" for none.
    :param shapes: as they are in the file, in degrees; None where columns say where things are.
    """

    checks: Checks
    place: str
    ids: Sequence[str]
    names: Sequence[str]
    lon: Floats
    lat: Floats
    households: Ints
    community: Sequence[str]
    entrances: Ints
    floors: Floats
    lift: Floats
    compound: Sequence[str]
    shapes: Shapes | None

    def finish(self) -> None:
        """:raises TableError: naming every bad row."""
        self.checks.finish()


def read_rows(source: Source, columns: Columns, communities: Communities | None = None) -> Rows:
    """Read a building file (csv, xlsx, GeoJSON, GeoPackage, Parquet).

    :raises TableError: for a file that can't be read, or that lacks a column; what is wrong with its rows `finish()` raises.
    :raises UnknownDatum: for a coordinate system that nobody knows.
    """
    from wangge.cores.tables.reading import read_table

    checks = Checks(read_table(source.path, sheet=source.layer))
    n = len(checks.table)
    ids, names = _names(checks, columns)
    households = checks.counts(columns.households)
    community = [""] * n if columns.community is None else checks.names(columns.community)
    lon, lat, shapes = _places(checks, columns)
    place = columns.x or GEOMETRY
    if communities is not None:
        community = communities.of(checks, place, lon, lat)
    entrances, floors, lift = np.zeros(n, np.int64), np.full(n, np.nan), np.full(n, np.nan)
    if columns.entrances:
        entrances = checks.counts(columns.entrances, most=MOST_ENTRANCES, optional=True)
    if columns.floors:
        floors = checks.numbers(columns.floors, least=0, most=MOST_FLOORS, optional=True)
    if columns.lift:
        lift = checks.yes_no(columns.lift)
    compound = checks.column(columns.compound) if columns.compound else [""] * n
    if columns.compound:
        _one_community(checks, columns.compound, compound, community)
    return Rows(
        checks, place, ids, names, lon, lat, households, community, entrances, floors, lift, compound, shapes
    )


def _names(checks: Checks, columns: Columns) -> tuple[Sequence[str], Sequence[str]]:
    """Ids of buildings and names of units; a repeated one is an error where it must not be."""
    if columns.id is None:
        numbers = [str(row + 1) for row in range(len(checks.table))]
        return numbers, numbers
    if columns.entrance is None:
        ids = checks.names(columns.id, unique=True)
        return ids, ids
    ids, entrances = checks.names(columns.id), checks.names(columns.entrance)
    names = [f"{building}#{entrance}" for building, entrance in zip(ids, entrances, strict=True)]
    seen: set[str] = set()
    twice = [i for i, name in enumerate(names) if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    expected = said("every entrance of a building once")
    checks.refuse(columns.entrance, twice, "repeated", expected, said("Give each row a value of its own."))
    return ids, names


def _places(checks: Checks, columns: Columns) -> tuple[Floats, Floats, Shapes | None]:
    """Longitude and latitude of each row, from two columns or from the middle of its shape; and the shapes."""
    import shapely

    from wangge.cores.geo.datums import CGCS2000, convert

    shapes = None
    if columns.x is None or columns.y is None:
        crs = columns.crs or checks.table.crs or CGCS2000
        names, shapes = (GEOMETRY, GEOMETRY), shapes_of(checks)
        middles = shapely.centroid(shapes)
        x, y = np.asarray(shapely.get_x(middles)), np.asarray(shapely.get_y(middles))
    else:
        crs = columns.crs or CGCS2000
        names, (x, y) = (columns.x, columns.y), (checks.numbers(columns.x), checks.numbers(columns.y))
    known = np.isfinite(x) & np.isfinite(y)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    lon[known], lat[known] = convert(x[known], y[known], crs)
    checks.within(names, lon, lat, known, crs)
    return lon, lat, None if shapes is None else to_degrees(shapes, crs)


def _one_community(checks: Checks, column: str, compound: Sequence[str], community: Sequence[str]) -> None:
    """Refuse the rows of a compound that are in another community than its first one."""
    first: dict[str, str] = {}
    for name, home in zip(compound, community, strict=True):
        if name and home:
            first.setdefault(name, home)
    rows = zip(compound, community, strict=True)
    torn = [i for i, (name, home) in enumerate(rows) if name and home and first[name] != home]
    advice = said("Give the part in the other community another name, or none.")
    checks.refuse(column, torn, "torn_compound", said("a compound that lies in one community"), advice)
