"""The command `wangge plan`: grids from a building file, or from units and edges. It needs no installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wangge.cores.planner.intake.options import add_options
from wangge.cores.planner.intake.options import fault as building_fault

if TYPE_CHECKING:
    from wangge.cores.tables.errors import TableError

EPILOG = """examples:
  wangge plan buildings.csv --households HOUSEHOLDS --x X --y Y --crs EPSG:4547 --community COMMUNITY --out grids.geojson
  wangge plan buildings.gpkg --layer houses --households hs --communities areas.geojson --community-name name \\
      --barriers rivers.geojson --openings bridges.geojson --out grids.csv
  wangge plan --units units.parquet --edges edges.parquet --out plan.csv --verdicts verdicts.json

FILE is csv, xlsx, GeoJSON, GeoPackage or Parquet, one building or entrance a row (docs/planner-inputs.md says all of it).
--crs is EPSG:<number>, CGCS2000, WGS-84, GCJ-02 or BD-09. A file of shapes needs neither --x, --y nor --crs.
OUT ends in .geojson (one polygon a grid, in longitude and latitude), .gpkg (GeoPackage in CGCS2000: grids and units), .xlsx (grids,
units, what is out of range and why) or .csv (row,grid; the first building is row 1; with --id it is id,grid, and entrances are
called id#1, id#2, …). With --units it ends in .csv or .xlsx.
Units have the columns unit_id, x, y (metres), households, community, and area_m2, perim_m where they tile the ground;
--former PLAN (unit_id, grid_id, and households where they are known as they were) keeps that plan's grids as far as can be.
edges have u, v (rows of units, from 0), and border_m, len_m. Without edges, neighbours are a proximity graph.
--verdicts runs a second pass: every grid out of range is repaired, proven unavoidable or called undecided; an interrupted
pass goes on when the command is given again. wangge plan-prove checks the file by itself.
Exit status: 0 planned, 1 the data can't be planned (nothing is written), 2 the command can't be understood, 130 stopped."""


def main(argv: list[str]) -> int:
    """Run `wangge plan`; returns the exit status."""
    asked = _parser().parse_args(argv)
    if fault := _fault(asked):
        print(f"wangge plan: {fault}\nwangge plan --help says more.", file=sys.stderr)
        return 2
    from wangge.cores.geo.datums import UnknownDatum
    from wangge.cores.planner.carrying_out import plan_buildings, plan_units
    from wangge.cores.tables.errors import TableError

    try:
        return plan_units(asked) if asked.units else plan_buildings(asked)
    except TableError as error:
        _say_errors(error)
    except (UnknownDatum, OSError) as error:
        print(f"wangge plan: {error}", file=sys.stderr)
    print(f"Nothing was written to {asked.out}.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wangge plan",
        description="Cut a city's buildings into connected grids, each inside one community.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the building file")
    add_options(parser)
    parser.add_argument("--units", type=Path, metavar="UNITS", help="units instead of a building file")
    parser.add_argument("--edges", type=Path, metavar="EDGES", help="who is next to whom, for units")
    parser.add_argument(
        "--former", type=Path, metavar="PLAN", help="a former plan, to be changed as little as can be"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="the file to write")
    parser.add_argument(
        "--verdicts", type=Path, metavar="VERDICTS", help="prove, and write why grids are out of range"
    )
    parser.add_argument("--low", type=int, default=300, help="least households of a grid (%(default)s)")
    parser.add_argument("--high", type=int, default=500, help="most households of a grid (%(default)s)")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes (all cores for a large city, else one)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same plan (%(default)s)")
    return parser


def _fault(asked: argparse.Namespace) -> str | None:
    """What is wrong with the command itself, before any file is read."""
    if not 1 <= asked.low <= asked.high:
        return f"--low and --high must be 1 <= low <= high, not {asked.low} and {asked.high}"
    if asked.workers is not None and asked.workers < 1:
        return f"--workers must be 1 or more, not {asked.workers}"
    if not asked.out.absolute().parent.is_dir():
        return f"there is no folder {asked.out.absolute().parent} to write to"
    if asked.verdicts is not None and (asked.units is None or not asked.verdicts.absolute().parent.is_dir()):
        return "--verdicts goes with --units and names a file in a folder that is there"
    if (asked.file is None) == (asked.units is None):
        return "give either a building FILE or --units"
    if asked.units is not None:
        return _units_fault(asked)
    if asked.former is not None:
        return "--former goes with --units"
    if asked.edges is not None:
        return "--edges goes with --units"
    if asked.out.suffix not in (".csv", ".geojson", ".gpkg", ".xlsx"):
        return f"OUT must end in .csv, .geojson, .gpkg or .xlsx, not {asked.out.name!r}"
    return building_fault(asked)


def _units_fault(asked: argparse.Namespace) -> str | None:
    if asked.out.suffix not in (".csv", ".xlsx"):
        return "with --units, OUT must end in .csv or .xlsx"
    if asked.out.suffix != ".csv" and (asked.former or asked.verdicts):
        return "with --former or --verdicts, OUT must end in .csv"
    if asked.former and asked.verdicts:
        return "give either --former or --verdicts: a plan that is to change little isn't recut"
    return None


def _say_errors(error: TableError) -> None:
    """Every bad row up to a hundred, in the order of the file."""
    for one in sorted(error.errors, key=lambda one: (one.file, one.row or 0, one.column or "")):
        print(one, file=sys.stderr)
    if error.total > len(error.errors):
        print(f"… and {error.total - len(error.errors)} more errors", file=sys.stderr)
