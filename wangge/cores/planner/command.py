"""The command `wangge plan`: grids from a building file, or from units and edges. It needs no installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wangge.cores.planner.records import Edges, Plan, Units
    from wangge.cores.tables.errors import TableError

EPILOG = """examples:
  wangge plan buildings.csv --households HOUSEHOLDS --x X --y Y --crs EPSG:4547 --community COMMUNITY --out grids.geojson
  wangge plan buildings.geojson --households hs --community sq --out grids.csv
  wangge plan --units units.parquet --edges edges.parquet --out plan.csv --verdicts verdicts.json

FILE is csv, xlsx, GeoJSON or Parquet, one building a row. --crs is EPSG:<number>, CGCS2000, WGS-84, GCJ-02 or BD-09.
A GeoJSON file needs neither --x, --y nor --crs: the middle of each shape counts.
OUT ends in .geojson (one polygon a grid, in longitude and latitude) or .csv (row,grid; the first building is row 1).
Units have the columns unit_id, x, y (metres), households, community, and area_m2, perim_m where they tile the ground;
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
    from wangge.cores.tables.errors import TableError

    try:
        return _plan_units(asked) if asked.units else _plan_buildings(asked)
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
    for name, said in (
        ("households", "column: households of a building"),
        ("x", "column: easting or longitude"),
        ("y", "column: northing or latitude"),
        ("community", "column: community of a building"),
    ):
        parser.add_argument(f"--{name}", metavar="COLUMN", help=said)
    parser.add_argument("--crs", help="the coordinate system of x and y")
    parser.add_argument("--units", type=Path, metavar="UNITS", help="units instead of a building file")
    parser.add_argument("--edges", type=Path, metavar="EDGES", help="who is next to whom, for units")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="the file to write")
    parser.add_argument(
        "--verdicts", type=Path, metavar="VERDICTS", help="prove, and write why grids are out of range"
    )
    parser.add_argument("--low", type=int, default=300, help="least households of a grid (%(default)s)")
    parser.add_argument("--high", type=int, default=500, help="most households of a grid (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same plan (%(default)s)")
    return parser


def _fault(asked: argparse.Namespace) -> str | None:
    """What is wrong with the command itself, before any file is read."""
    if not 1 <= asked.low <= asked.high:
        return f"--low and --high must be 1 <= low <= high, not {asked.low} and {asked.high}"
    if not asked.out.absolute().parent.is_dir():
        return f"there is no folder {asked.out.absolute().parent} to write to"
    if asked.verdicts is not None and (asked.units is None or not asked.verdicts.absolute().parent.is_dir()):
        return "--verdicts goes with --units and names a file in a folder that is there"
    if (asked.file is None) == (asked.units is None):
        return "give either a building FILE or --units"
    if asked.units is not None:
        return None if asked.out.suffix == ".csv" else "with --units, OUT must end in .csv"
    if asked.edges is not None:
        return "--edges goes with --units"
    if asked.out.suffix not in (".geojson", ".csv"):
        return f"OUT must end in .geojson or .csv, not {asked.out.name!r}"
    missing = [f"--{name}" for name in ("households", "community") if getattr(asked, name) is None]
    if missing:
        return f"{' and '.join(missing)} must name a column of {asked.file}"
    shaped = asked.file.suffix.lower() in (".geojson", ".json")
    if (asked.x is None) != (asked.y is None) or (asked.x is None and not shaped):
        return "--x and --y must name two columns (only GeoJSON files do without)"
    if asked.x is not None and asked.crs is None and not shaped:
        return "--crs must say what --x and --y are, such as EPSG:4547 or WGS-84"
    return None


def _plan_buildings(asked: argparse.Namespace) -> int:
    from wangge.cores.planner.files_out import write_memberships, write_polygons
    from wangge.cores.planner.intake.files import Columns, read_buildings

    columns = Columns(asked.households, asked.community, asked.x, asked.y, asked.crs)
    buildings = read_buildings(asked.file, columns)
    plan, seconds = _timed_plan(buildings.units, None, asked)
    if asked.out.suffix == ".csv":
        write_memberships(asked.out, ("row", "grid"), buildings.units.ids, plan.codes)
    else:
        write_polygons(asked.out, buildings, plan)
    for line in buildings.left_out:
        print(f"left out, no building: {line}")
    _say(buildings.units, plan, seconds, asked.out)
    return 0


def _plan_units(asked: argparse.Namespace) -> int:
    from wangge.cores.planner.files_out import write_memberships
    from wangge.cores.planner.intake.files import read_edges, read_units
    from wangge.cores.planner.neighbours import neighbours

    units = read_units(asked.units)
    edges = read_edges(asked.edges, len(units)) if asked.edges else None
    if edges is None and asked.verdicts:
        edges = neighbours(units)
    plan, seconds = _timed_plan(units, edges, asked)
    if edges is not None and asked.verdicts:
        return _prove(units, edges, plan, seconds, asked)
    write_memberships(asked.out, ("unit_id", "grid_id"), units.ids, plan.codes)
    _say(units, plan, seconds, asked.out)
    return 0


def _prove(units: Units, edges: Edges, plan: Plan, seconds: float, asked: argparse.Namespace) -> int:
    from wangge.cores.planner.files_out import write_memberships
    from wangge.cores.planner.proving.running import Interrupted, counted, second_pass, write_verdicts

    try:
        proven, took = second_pass(units, edges, plan, asked.verdicts)
    except Interrupted as stop:
        print(f"wangge plan: {stop}", file=sys.stderr)
        return 130
    write_memberships(asked.out, ("unit_id", "grid_id"), units.ids, proven.plan.codes)
    write_verdicts(asked.verdicts, proven)
    _say(units, proven.plan, seconds, asked.out)
    for line in (took, *counted(proven)):
        print(line)
    return 0


def _timed_plan(units: Units, edges: Edges | None, asked: argparse.Namespace) -> tuple[Plan, float]:
    from time import perf_counter, process_time

    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.progress import Bar
    from wangge.cores.planner.records import Settings

    started, cpu = perf_counter(), process_time()
    with Bar(sys.stderr, "planning") as bar:
        made = plan(units, edges, Settings(asked.low, asked.high, asked.seed), bar.show)
    print(f"planning: {process_time() - cpu:.1f} s CPU, {perf_counter() - started:.1f} s")
    return made, perf_counter() - started


def _say(units: Units, plan: Plan, seconds: float, out: Path) -> None:
    from wangge.cores.planner.report import report

    for line in report(units, plan, seconds):
        print(line)
    print(f"written to {out}")


def _say_errors(error: TableError) -> None:
    """Every bad row up to a hundred, in the order of the file."""
    for one in sorted(error.errors, key=lambda one: (one.row or 0, one.column or "")):
        print(one, file=sys.stderr)
    if error.total > len(error.errors):
        print(f"… and {error.total - len(error.errors)} more errors", file=sys.stderr)
