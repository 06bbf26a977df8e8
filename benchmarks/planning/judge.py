"""Score anybody's plan: `.venv/bin/python -m benchmarks.planning.judge UNITS.parquet EDGES.parquet PLAN.csv [--low 300 --high 500]`.

PLAN has the columns `unit_id, grid_id`. Prints one JSON object; the definitions stand in docs/planner.md. Exits 1 if a unit has no grid.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.planning.scorer import score
from wangge.cores.planner.intake.files import read_edges, read_units


def grids(file: Path, units: Sequence[str]) -> list[str]:
    """The grid of each unit, in their order. Raises `ValueError` naming the first without one, and one that stands twice."""
    said: dict[str, str] = {}
    with file.open(encoding="utf-8-sig", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows), start=2):
            if row["unit_id"] in said:
                raise ValueError(f"{file.name}, row {number}: unit {row['unit_id']} stands there twice")
            said[row["unit_id"]] = row["grid_id"]
    without = [name for name in units if not said.get(name)]
    if without:
        raise ValueError(f"{file.name}: {len(without)} units have no grid, the first is {without[0]}")
    return [said[name] for name in units]


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("units", "edges", "plan"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--low", type=int, default=300)
    parser.add_argument("--high", type=int, default=500)
    asked = parser.parse_args(arguments)
    units = read_units(asked.units)
    try:
        plan = grids(asked.plan, units.ids)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(score(units, read_edges(asked.edges, len(units)), plan, asked.low, asked.high)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
