"""One community of a draft after a change: its grids' outlines and names, and the report of the whole scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wangge.ground.areas import columns
from wangge.ground.areas import queries as areas
from wangge.ground.areas.records import GridRow
from wangge.work.planning.drawing import ground_of, outlines_of, walk
from wangge.work.planning.handwork import Community
from wangge.work.planning.models import Scenario
from wangge.work.planning.naming import community_names, name_of
from wangge.work.planning.records import OutOfRange, PlanSettings, Report

if TYPE_CHECKING:
    import pyarrow as pa

    from wangge.cores.planner.records import Ints


class Redrawn(NamedTuple):
    """All grids of the community, and the scenario's report."""

    grids: list[GridRow]
    report: Report


def ground(plan: str, community: str) -> Community:
    """The buildings of a community that stand in a plan's grids; what was built since it was made joins when it is approved."""
    table, grid = _standing(plan, community)
    units, edges = ground_of(table)
    return Community(community, table.column("building").to_pylist(), units, edges, grid)


def _standing(plan: str, community: str) -> tuple[pa.Table, list[str]]:
    import pyarrow as pa

    member = areas.grids_of_buildings(community, plan=plan)
    table = columns.buildings(prefix=community)
    keys = table.column("building").to_pylist()
    inside = [
        key in member and home == community
        for key, home in zip(keys, table.column("community").to_pylist(), strict=True)
    ]
    return table.filter(pa.array(inside)), [
        member[key] for key, held in zip(keys, inside, strict=True) if held
    ]


def redrawn(row: Scenario, community: Community, moved: Mapping[int, str]) -> Redrawn:
    """The community with some buildings in other grids."""
    table, _former = _standing(row.plan, community.code)
    member = [moved.get(key, grid) for key, grid in zip(community.keys, community.grid, strict=True)]
    codes, number = np.unique(np.array(member, dtype=str), return_inverse=True)
    shapes = outlines_of(table, number.astype(np.int64), _boundary(row.plan, community.code))
    households = np.bincount(number, community.units.households).astype(np.int64)
    names = community_names()
    grids = [
        GridRow(str(code), shapes[g], name=name_of(str(code), names), households=int(households[g]))
        for g, code in enumerate(codes)
    ]
    walking = sum(walk(table.take(np.flatnonzero(number == g))) for g in range(len(codes)))
    touched = {community.grid[community.row[key]] for key in moved} | set(moved.values())
    outside = _outside(row, community, grids, number.astype(np.int64), touched)
    return Redrawn(grids, _report(row, community.code, grids, outside, walking))


def _boundary(plan: str, community: str) -> dict[str, bytes]:
    """The community's ground, or, where none is known, what its grids cover so far: the neighbours keep theirs."""
    import shapely

    known = columns.grounds(prefix=community)
    if community in known:
        return {community: known[community]}
    shapes = [shapely.from_wkb(wkb) for wkb in columns.shapes(plan=plan, community=community).values()]
    return {community: shapely.to_wkb(shapely.union_all(shapes))} if shapes else {}


def _outside(
    row: Scenario, community: Community, grids: list[GridRow], number: Ints, touched: set[str]
) -> list[OutOfRange]:
    """Grids of the community that are out of range: those that nobody touched with their old reason, the rest judged anew."""
    from wangge.cores.planner.proving.verdicts import judge
    from wangge.cores.planner.records import Settings

    settings = PlanSettings.model_validate(row.settings)
    before = {one.grid: one for one in Report.model_validate(row.report).out_of_range}
    bounds = Settings(settings.low, settings.high)
    verdicts = judge(community.units.ids, community.units.households, number, community.code, bounds)
    found = []
    for g, grid in enumerate(grids):
        if settings.low <= grid.households <= settings.high:
            continue
        if grid.code in before and grid.code not in touched:
            found.append(before[grid.code])
            continue
        why = verdicts[g]
        code = "by_hand" if why.kind == "undecided" else why.code
        found.append(
            OutOfRange(
                grid=grid.code, households=grid.households, why=code,
                verdict="by_hand" if code == "by_hand" else why.kind,
                said=_said(community, settings, int(str(why.params.get("unit", 0)))),
            )
        )  # fmt: skip
    return found


def _said(community: Community, settings: PlanSettings, unit: int) -> dict[str, str]:
    """What fills the sentence of a reason."""
    households = community.units.households
    named = columns.addresses([unit]).get(unit, "") if unit else ""
    return {
        "community": community_names().get(community.code, community.code), "total": str(int(households.sum())),
        "low": str(settings.low), "high": str(settings.high), "unit": named or str(unit),
        "unit_households": str(int(households[community.row[unit]]) if unit else 0),
    }  # fmt: skip


def _report(
    row: Scenario, community: str, grids: list[GridRow], outside: list[OutOfRange], walking: float
) -> Report:
    report, settings = Report.model_validate(row.report), PlanSettings.model_validate(row.settings)
    sizes = columns.grid_households(plan=row.plan, prefix=row.prefix)
    sizes = {code: size for code, size in sizes.items() if not code.startswith(community)}
    sizes |= {grid.code: grid.households for grid in grids}
    others = [one for one in report.out_of_range if not one.grid.startswith(community)]
    given = areas.codes_given(row.prefix)
    return report.model_copy(
        update={
            "grids": len(sizes), "households": sum(sizes.values()), "smallest": min(sizes.values()),
            "largest": max(sizes.values()), "new_codes": sum(code not in given for code in sizes),
            "in_range": sum(settings.low <= size <= settings.high for size in sizes.values()),
            "out_of_range": sorted([*others, *outside], key=lambda one: one.grid),
            "walking": {**report.walking, community: walking} if report.walking else {},
        }
    )  # fmt: skip
