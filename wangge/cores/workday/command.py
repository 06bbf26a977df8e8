"""The command `wangge workday`: how many households one worker's day holds. It needs no installation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wangge.cores.tables.errors import TableError
    from wangge.cores.workday.ground import Ground
    from wangge.cores.workday.sheet import Sheet

KINDS = ("mixed", "lifts", "old", "village")
EPILOG = """examples:
  wangge workday                                  four made-up settlements, the shipped sheet
  wangge workday --units units.parquet --edges edges.parquet --sheet ours.xlsx --recorded months.csv

A sheet has the columns code, zh, en, value, low, high, unit, assumption, source; its rows stand for the shipped ones of the same code.
Recorded months have grid, month, households, visits, minutes, cases, days. docs/workday.md says all of it.
Units are those of `wangge plan`, with floors and lift (1, 0) where they are known.
Exit status: 0 done, 1 a file can't be read, 2 the command can't be understood."""


def main(argv: list[str]) -> int:
    """Run `wangge workday`; returns the exit status."""
    asked = _parser().parse_args(argv)
    if asked.edges and not asked.units:
        print("wangge workday: --edges goes with --units", file=sys.stderr)
        return 2
    if asked.years < 1 or any(size < 1 for size in asked.sizes) or len(set(asked.sizes)) < 2:
        print("wangge workday: at least one year, and two sizes of one household or more", file=sys.stderr)
        return 2
    from wangge.cores.tables.errors import TableError

    try:
        return _run(asked)
    except TableError as error:
        _say_errors(error)
    except (ValueError, OSError) as error:
        print(f"wangge workday: {error}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    from wangge.cores.workday.study import SIZES

    parser = argparse.ArgumentParser(
        prog="wangge workday",
        description="Plan grids of many sizes, count the minutes of their days, and run a year of each.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--ground", choices=KINDS, action="append", help="made-up settlements (all four)")
    parser.add_argument("--units", type=Path, metavar="UNITS", help="a city's own buildings instead")
    parser.add_argument("--edges", type=Path, metavar="EDGES", help="who is next to whom, for units")
    parser.add_argument("--sheet", type=Path, metavar="SHEET", help="rows that replace shipped ones")
    parser.add_argument("--recorded", type=Path, metavar="MONTHS", help="recorded months to calibrate by")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="households of a grid")
    parser.add_argument(
        "--years", type=int, default=5, metavar="N", help="years simulated a size (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same figures (%(default)s)")
    return parser


def _run(asked: argparse.Namespace) -> int:
    from wangge.cores.planner.progress import Bar
    from wangge.cores.workday.study import Wanted, study
    from wangge.cores.workday.summary import said_of, said_of_sheet

    sheet, wanted, sizes = _sheet(asked), Wanted(), sorted(set(asked.sizes))
    for line in said_of_sheet(sheet, asked.seed):
        print(line)
    grounds = _grounds(asked, sheet)
    with Bar(sys.stderr, "working days") as bar:
        done = 0

        def progress() -> None:
            nonlocal done
            done += 1
            bar.show(done, len(grounds) * len(sizes))

        for ground in grounds:
            found = study(ground, sheet, asked.seed, wanted, asked.years, sizes, progress)
            print()
            for line in said_of(found, wanted):
                print(line)
    return 0


def _sheet(asked: argparse.Namespace) -> Sheet:
    """The sheet that counts, with what recorded months say in the place of assumptions."""
    from wangge.cores.workday.sheet_in import read_sheet

    sheet = read_sheet(asked.sheet)
    if asked.recorded is None:
        return sheet
    from wangge.cores.workday.calibration import calibrate
    from wangge.cores.workday.months import read_months
    from wangge.cores.workday.summary import said_of_months

    made = calibrate(sheet, read_months(asked.recorded))
    for line in said_of_months(made):
        print(line)
    return made.sheet


def _grounds(asked: argparse.Namespace, sheet: Sheet) -> list[Ground]:
    from wangge.cores.workday.ground import read_ground
    from wangge.cores.workday.settlements import settlement

    if asked.units:
        return [read_ground(asked.units, asked.edges, round(sheet.values["ground.floors"]))]
    return [settlement(kind, asked.seed) for kind in dict.fromkeys(asked.ground or KINDS)]


def _say_errors(error: TableError) -> None:
    for one in error.errors:
        print(one, file=sys.stderr)
