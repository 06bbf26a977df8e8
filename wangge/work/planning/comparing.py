"""A scenario beside another, or beside what is in force: figures, the buildings that change grid, and who changes worker.

A building changes grid where the codes differ: a code is what a duty holds, and grids that stay mostly the same keep theirs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from wangge.ground.areas import columns
from wangge.ground.areas import queries as areas
from wangge.ground.workforce import queries as workforce
from wangge.platform.access.errors import Invalid
from wangge.platform.audit.actor import Actor
from wangge.work.planning.drawing import walk
from wangge.work.planning.finding import SEE, found
from wangge.work.planning.models import Scenario
from wangge.work.planning.records import Comparison, Figures, Moved, MovedPage, PlanSettings, WorkerChange

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 200
"""Buildings of one page."""
Grids = list[str]


class _Pair(NamedTuple):
    """The buildings of an area with their grids under the scenario and under the other; empty where they have none."""

    row: Scenario
    other: str  # its name; empty: what is in force
    known: bool  # whether there is another at all
    table: pa.Table
    households: list[int]
    new: Grids
    old: Grids

    def moved(self) -> list[int]:
        """Rows of buildings that have a grid under both, and not the same."""
        return [i for i, (n, o) in enumerate(zip(self.new, self.old, strict=True)) if n and o and n != o]


def comparison(actor: Actor, uid: str, *, against: str = "") -> Comparison:
    """A scenario beside another one (its id), or beside what is in force now."""
    pair = _pair(actor, uid, against)
    settings = PlanSettings.model_validate(pair.row.settings)
    moved = pair.moved()
    workers, unmanned = _workers(pair) if pair.known else ([], sorted(set(pair.new) - {""}))
    return Comparison(
        scenario=_figures(pair.row.name, pair.table, pair.new, settings),
        other=_figures(pair.other, pair.table, pair.old, settings) if pair.known else None,
        against=against, moved_buildings=len(moved), moved_households=sum(pair.households[i] for i in moved),
        workers=workers, unmanned=unmanned,
    )  # fmt: skip


def moves(
    actor: Actor, uid: str, *, against: str = "", grid: str = "", limit: int = 50, offset: int = 0
) -> MovedPage:
    """The buildings that change grid, from or to one (``grid``) or any, by their grids and addresses."""
    every = listed(actor, uid, against=against, grid=grid)
    return MovedPage(total=len(every), items=_dressed(every[offset : offset + min(limit, MOST)]))


class Change(NamedTuple):
    """A building that changes grid, before it is dressed."""

    from_grid: str
    to_grid: str
    address: str
    key: int
    households: int


def listed(actor: Actor, uid: str, *, against: str = "", grid: str = "") -> list[Change]:
    """All of them in the order of the list: its pages and its file are cut from these."""
    pair = _pair(actor, uid, against)
    keys, addresses = pair.table.column("building").to_pylist(), pair.table.column("address").to_pylist()
    rows = [
        Change(pair.old[i], pair.new[i], addresses[i] or "", keys[i], pair.households[i])
        for i in pair.moved()
        if not grid or grid in (pair.old[i], pair.new[i])
    ]
    return sorted(rows)


def dressed(rows: list[Change]) -> list[Moved]:
    """With the workers on duty now in the two grids."""
    return [one for start in range(0, len(rows), MOST) for one in _dressed(rows[start : start + MOST])]


def _dressed(rows: list[Change]) -> list[Moved]:
    uids = columns.place_uids(row.key for row in rows)
    duty = workforce.workers_on_duty({grid for row in rows for grid in row[:2]})
    name = {grid: worker.name for grid, worker in duty.items()}
    return [
        Moved(
            place=uids[row.key], address=row.address, households=row.households, from_grid=row.from_grid,
            to_grid=row.to_grid, from_worker=name.get(row.from_grid, ""), to_worker=name.get(row.to_grid, ""),
        )
        for row in rows
    ]  # fmt: skip


def _pair(actor: Actor, uid: str, against: str) -> _Pair:
    row = found(uid, actor, SEE)
    other = found(against, actor, SEE) if against else None
    if not row.plan or (other and not other.plan):
        raise Invalid(
            "no_plan", _("A scenario that was withdrawn, or isn't planned yet, has no grids to compare.")
        )
    plan = other.plan if other else areas.plan_in_force()
    table = columns.buildings(prefix=row.prefix)
    keys = table.column("building").to_pylist()
    new = areas.grids_of_buildings(row.prefix, plan=row.plan)
    old = areas.grids_of_buildings(row.prefix, plan=plan) if plan else {}
    return _Pair(
        row, other.name if other else "", bool(plan), table, table.column("households").to_pylist(),
        [new.get(key, "") for key in keys], [old.get(key, "") for key in keys],
    )  # fmt: skip


def _figures(name: str, table: pa.Table, grids: Grids, settings: PlanSettings) -> Figures:
    """Counted from today's buildings; ``spread`` is the standard deviation in per cent of the mean."""
    codes, number = np.unique(np.array(grids, dtype=str), return_inverse=True)
    held = [g for g, code in enumerate(codes) if code]
    sizes = np.bincount(number, table.column("households").to_numpy(), len(codes))[held].astype(np.int64)
    if not len(sizes):
        return Figures(
            name=name, grids=0, households=0, in_range=0, smallest=0, largest=0, spread=0, walk_m=0.0
        )
    order = np.argsort(number, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(number[order])) + 1)
    metres = sum(walk(table.take(part)) for part in parts if codes[number[part[0]]])
    total = int(sizes.sum())
    return Figures(
        name=name, grids=len(sizes), households=total,
        in_range=int(((sizes >= settings.low) & (sizes <= settings.high)).sum()),
        smallest=int(sizes.min()), largest=int(sizes.max()), spread=round(100 * float(sizes.std()) / max(float(sizes.mean()), 1.0)),
        walk_m=round(metres / max(total, 1), 1),
    )  # fmt: skip


def _workers(pair: _Pair) -> tuple[list[WorkerChange], list[str]]:
    """Workers on duty now whose grid changes or is no more, the largest change first; and new grids without a worker."""
    now: Counter[str] = Counter()
    then: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    for new, old, households in zip(pair.new, pair.old, pair.households, strict=True):
        then[new] += households
        now[old] += households
        if new != old:
            lost[old] += households
            gained[new] += households
    standing = set(pair.new) - {""}
    duty = workforce.workers_on_duty((set(pair.old) | standing) - {""})
    changes = [
        WorkerChange(
            worker=worker.uid, name=worker.name, grid=grid, now=now[grid], then=then[grid], lost=lost[grid],
            gained=gained[grid], ends=grid not in standing,
        )
        for grid, worker in duty.items()
        if grid not in standing or lost[grid] or gained[grid]
    ]  # fmt: skip
    changes.sort(key=lambda one: (not one.ends, -(one.lost + one.gained), one.grid))
    return changes, sorted(standing - set(duty))
