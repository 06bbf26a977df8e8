"""What `wangge plan` may be told about a city's files, and what of it doesn't go together."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wangge.cores.planner.intake.buildings import Columns
    from wangge.cores.planner.intake.city import Sources

_COLUMNS = (
    ("households", "households of a building"),
    ("x", "easting or longitude"),
    ("y", "northing or latitude"),
    ("community", "community of a building"),
    ("id", "id of a building, each once (its row's number)"),
    ("floors", "floors of a building, for the working day"),
    ("lift", "whether it has a lift (有/无, yes/no, 1/0)"),
    ("entrance", "entrance: a row is one of the building --id"),
    ("entrances", "how many entrances a building has"),
    ("compound", "compound (小区) that stays in one grid"),
)
_FILES = (
    ("communities", "areas of communities, instead of --community"),
    ("roads", "roads to walk along"),
    ("barriers", "rivers, rails, arterial roads: lines or areas"),
    ("openings", "bridges and crossings: points or lines"),
    ("apart", "pairs of ids that aren't linked"),
    ("bands", "community, type, low, high of grids"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of a building file and of what lies around it."""
    columns = parser.add_argument_group("columns of the building file")
    for name, said in _COLUMNS:
        columns.add_argument(f"--{name}", metavar="COLUMN", help=said)
    parser.add_argument("--crs", help="the coordinate system of x and y, or of the building file's shapes")
    files = parser.add_argument_group("other files (FILE#LAYER names a layer or sheet)")
    for name, said in _FILES:
        files.add_argument(f"--{name}", metavar="FILE", help=said)
    files.add_argument("--community-name", metavar="COLUMN", help="column of --communities: their names")
    files.add_argument("--layer", metavar="LAYER", help="the layer or sheet of the building file")
    files.add_argument("--ground-crs", metavar="CRS", help="of files that don't name theirs (CGCS2000)")
    files.add_argument(
        "--neighbours",
        choices=("footprints", "proximity"),
        default="footprints",
        help="who is next to whom: by grown footprints where every building has one, or by nearness",
    )


def fault(asked: argparse.Namespace) -> str | None:
    """What is wrong with the options of a building file, before any file is read."""
    if asked.households is None and asked.community is None and asked.communities is None:
        return f"--households and --community must name columns of {asked.file}"
    if asked.households is None:
        return f"--households must name a column of {asked.file}"
    if (asked.community is None) == (asked.communities is None):
        return f"--community must name a column of {asked.file}, or --communities a file of areas (not both)"
    if (asked.communities is None) != (asked.community_name is None):
        return "--communities and --community-name go together"
    if asked.openings is not None and asked.barriers is None:
        return "--openings go with --barriers"
    if asked.entrance is not None and asked.id is None:
        return "--entrance goes with --id, the building whose entrance it is"
    if asked.entrance is not None and asked.entrances is not None:
        return "give either --entrance (a row an entrance) or --entrances (how many), not both"
    return _place_fault(asked)


def _place_fault(asked: argparse.Namespace) -> str | None:
    shaped = asked.file.suffix.lower() in (".geojson", ".json", ".gpkg", ".parquet", ".geoparquet")
    if (asked.x is None) != (asked.y is None):
        return "--x and --y must name two columns"
    if asked.x is None and not shaped and asked.crs is None:
        return "--x and --y must name two columns (only files of shapes do without), or --crs the system of a column geometry"
    if asked.x is not None and asked.crs is None and asked.file.suffix.lower() not in (".geojson", ".json"):
        return "--crs must say what --x and --y are, such as EPSG:4547 or WGS-84"
    return None


def sources(asked: argparse.Namespace) -> Sources:
    """The files that a command names."""
    from wangge.cores.planner.intake.city import Sources
    from wangge.cores.planner.intake.shapes import Source

    given = {name: text for name, _ in _FILES if (text := getattr(asked, name)) is not None}
    named = {name: Source.named(text, asked.ground_crs) for name, text in given.items()}
    buildings = Source(asked.file, asked.layer)
    footprints = asked.neighbours == "footprints"
    return Sources(buildings, community_name=asked.community_name or "", footprints=footprints, **named)


def columns(asked: argparse.Namespace) -> Columns:
    """The columns that a command names."""
    from wangge.cores.planner.intake.buildings import Columns

    return Columns(crs=asked.crs, **{name: getattr(asked, name) for name, _ in _COLUMNS})
