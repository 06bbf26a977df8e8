"""Recorded months: sums of a grid's work in a month, never a worker or a position."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Month:
    """One grid in one month. `minutes` are those recorded with outcomes of visits and cases; `days` worked."""

    grid: str
    month: str
    households: float
    visits: float
    minutes: float
    cases: float
    days: float


def read_months(path: Path) -> list[Month]:
    """Recorded months from a csv or xlsx: grid, month, households, visits, minutes, cases, days.

    :raises TableError: naming every bad row.
    """
    from wangge.cores.planner.intake.checking import Checks
    from wangge.cores.tables.reading import read_table

    checks = Checks(read_table(path))
    grid, month = checks.names("grid"), checks.names("month")
    names = ("households", "visits", "minutes", "cases", "days")
    columns = [checks.numbers(name, least=1 if name in ("households", "days") else 0) for name in names]
    checks.finish()
    return [Month(grid[i], month[i], *(float(column[i]) for column in columns)) for i in range(len(grid))]
