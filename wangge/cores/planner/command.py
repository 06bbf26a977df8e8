"""The command `wangge plan`: grids from a building file, or from units and edges. It needs no installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wangge.cores.planner.intake.options import add_options, columns, sources
from wangge.cores.planner.intake.options import fault as building_fault

if TYPE_CHECKING:
    from wangge.cores.planner.records import Bands, Edges, Plan, Units
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
    if asked.verdicts is not None and (asked.units is None or asked.former is not None):
        return "--verdicts goes with --units, and not with --former"
    if asked.verdicts is not None and not asked.verdicts.absolute().parent.is_dir():
        return f"there is no folder {asked.verdicts.absolute().parent} to write to"
    if (asked.file is None) == (asked.units is None):
        return "give either a building FILE or --units"
    if asked.units is not None:
        return (
            None if asked.out.suffix in (".csv", ".xlsx") else "with --units, OUT must end in .csv or .xlsx"
        )
    if asked.former is not None:
        return "--former goes with --units"
    if asked.edges is not None:
        return "--edges goes with --units"
    if asked.out.suffix not in (".csv", ".geojson", ".gpkg", ".xlsx"):
        return f"OUT must end in .csv, .geojson, .gpkg or .xlsx, not {asked.out.name!r}"
    return building_fault(asked)


def _plan_buildings(asked: argparse.Namespace) -> int:
    from wangge.cores.planner.borders.exports import WRITERS
    from wangge.cores.planner.files_out import write_memberships
    from wangge.cores.planner.intake.city import read_city
    from wangge.cores.planner.records import Settings

    city = read_city(sources(asked), columns(asked), Settings(asked.low, asked.high, asked.seed))
    plan, seconds = _timed_plan(city.units, city.edges, asked, city.bands)
    if asked.out.suffix == ".csv":
        write_memberships(asked.out, ("id" if asked.id else "row", "grid"), city.units.ids, plan.codes)
    else:
        WRITERS[asked.out.suffix](asked.out, city, plan)
    for line in (*city.notes, *city.noticed(plan)):
        print(line)
    _say(city.units, plan, seconds, asked.out)
    return 0


def _plan_units(asked: argparse.Namespace) -> int:
    from wangge.cores.planner.intake.files import read_edges, read_units
    from wangge.cores.planner.neighbours import neighbours

    units = read_units(asked.units)
    edges = read_edges(asked.edges, len(units)) if asked.edges else None
    if asked.former:
        return _replan_units(units, edges, asked)
    if asked.verdicts and edges is None:
        edges = neighbours(units)
    plan, seconds = _timed_plan(units, edges, asked)
    if edges is not None and asked.verdicts:
        return _prove(units, edges, plan, seconds, asked)
    _write_units(units, plan, asked.out)
    _say(units, plan, seconds, asked.out)
    return 0


def _write_units(units: Units, plan: Plan, out: Path) -> None:
    from wangge.cores.planner.borders.exports import write_workbook
    from wangge.cores.planner.files_out import write_memberships

    if out.suffix == ".csv":
        write_memberships(out, ("unit_id", "grid_id"), units.ids, plan.codes)
    else:
        write_workbook(out, units, plan)


def _prove(units: Units, edges: Edges, plan: Plan, seconds: float, asked: argparse.Namespace) -> int:
    from wangge.cores.planner.proving.running import Interrupted, counted, second_pass, write_verdicts

    try:
        proven, took = second_pass(units, edges, plan, asked.verdicts)
    except Interrupted as stop:
        print(f"wangge plan: {stop}", file=sys.stderr)
        return 130
    _write_units(units, proven.plan, asked.out)
    write_verdicts(asked.verdicts, proven)
    _say(units, proven.plan, seconds, asked.out)
    for line in (took, *counted(proven)):
        print(line)
    return 0


def _replan_units(units: Units, edges: Edges | None, asked: argparse.Namespace) -> int:
    from time import perf_counter

    from wangge.cores.planner.files_out import write_memberships
    from wangge.cores.planner.intake.former import read_former
    from wangge.cores.planner.records import Settings
    from wangge.cores.planner.replanning import replan
    from wangge.cores.planner.report import report_moves

    former, was = read_former(asked.former)
    started = perf_counter()
    made = replan(units, former, edges, Settings(asked.low, asked.high, asked.seed), was=was)
    seconds = perf_counter() - started
    write_memberships(asked.out, ("unit_id", "grid_id"), units.ids, made.plan.codes)
    for line in report_moves(made):
        print(line)
    _say(units, made.plan, seconds, asked.out)
    return 0


def _timed_plan(
    units: Units, edges: Edges | None, asked: argparse.Namespace, bands: Bands | None = None
) -> tuple[Plan, float]:
    from time import perf_counter, process_time

    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.processes import pool, workers_for
    from wangge.cores.planner.progress import Bar
    from wangge.cores.planner.records import Settings

    started, cpu = perf_counter(), process_time()
    settings = Settings(asked.low, asked.high, asked.seed)
    workers = workers_for(len(units)) if asked.workers is None else asked.workers
    with Bar(sys.stderr, "planning") as bar, pool(workers) as mapper:
        made = plan(units, edges, settings, bar.show, bands, mapper)
    print(f"planning: {process_time() - cpu:.1f} s CPU in this process, {perf_counter() - started:.1f} s")
    return made, perf_counter() - started


def _say(units: Units, plan: Plan, seconds: float, out: Path) -> None:
    from wangge.cores.planner.report import report

    for line in report(units, plan, seconds):
        print(line)
    print(f"written to {out}")


def _say_errors(error: TableError) -> None:
    """Every bad row up to a hundred, in the order of the file."""
    for one in sorted(error.errors, key=lambda one: (one.file, one.row or 0, one.column or "")):
        print(one, file=sys.stderr)
    if error.total > len(error.errors):
        print(f"… and {error.total - len(error.errors)} more errors", file=sys.stderr)
