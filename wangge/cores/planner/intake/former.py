"""A former plan in: which grid each unit was in, and how many households it had then."""

from __future__ import annotations

from pathlib import Path

from wangge.cores.planner.intake.checking import Checks


def read_former(path: Path) -> tuple[dict[str, str], dict[str, int] | None]:
    """Read a plan: columns unit_id, grid_id, and households where they are known as they were.

    :returns: {unit: code of its grid} and {unit: households}, None where the file doesn't say.
    :raises TableError: naming every bad row.
    """
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    units, grids = checks.names("unit_id", unique=True), checks.names("grid_id")
    households = checks.counts("households") if "households" in table.columns else None
    checks.finish()
    was = None if households is None else dict(zip(units, households.tolist(), strict=True))
    return dict(zip(units, grids, strict=True)), was
