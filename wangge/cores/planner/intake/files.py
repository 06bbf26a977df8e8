"""Files in: units and edges as they are, for who knows them already, checked box by box.

Every bad row is named by file, row (as Excel counts) and column before anything is planned.
"""

from __future__ import annotations

from pathlib import Path

from wangge.cores.planner.intake.checking import Checks
from wangge.cores.planner.records import Edges, Units

_ENOUGH_M = 40_000_000.0  # once round the earth


def read_units(path: Path) -> Units:
    """Read units: columns unit_id, x, y (metres), households, community, and area_m2, perim_m where they are known.

    :raises TableError: naming every bad row.
    """
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    ids, community = checks.names("unit_id", unique=True), checks.names("community")
    households = checks.counts("households")
    x, y = (checks.numbers(name, least=-_ENOUGH_M, most=_ENOUGH_M) for name in ("x", "y"))
    known = {"area_m2", "perim_m"} <= set(table.columns)
    area, perimeter = (checks.numbers(name, least=0) if known else None for name in ("area_m2", "perim_m"))
    checks.finish()
    return Units(ids, x, y, households, community, area, perimeter)


def read_edges(path: Path, units: int) -> Edges:
    """Read edges: columns u, v (row numbers of the units, from 0), and border_m, len_m where they are known.

    :raises TableError: naming every bad row.
    """
    from wangge.cores.tables.reading import read_table

    table = read_table(path)
    checks = Checks(table)
    u, v = (checks.counts(name, most=units - 1) for name in ("u", "v"))
    border, length = (
        checks.numbers(name, least=0) if name in table.columns else None for name in ("border_m", "len_m")
    )
    checks.finish()
    return Edges(u, v, border, length)
