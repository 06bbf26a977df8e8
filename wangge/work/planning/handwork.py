"""What a hand may do to the grids of one community: move, merge, split; and why it may not. Pure.

Grids are checked on the neighbourhood that the planner cuts along: what was connected for it stays so for the hand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wangge.cores.planner.records import Edges, Ints, Units

HALVES = (0.05, 0.1, 0.16)
"""How far from a half the planner's cut of a grid may be, of its households; beyond a sixth three parts would do as well."""


class Refused(ValueError):
    """The change would leave no grid that somebody can walk. ``code`` names the reason, see ``words.REFUSALS``."""

    def __init__(self, code: str, grid: str = "", other: str = "") -> None:
        super().__init__(code)
        self.code, self.grid, self.other = code, grid, other


@dataclass(frozen=True, eq=False)
class Community:
    """A community's buildings, who is next to whom, and the grid of each.

    :param keys: n keys of buildings, in the order of the units' rows.
    :param grid: n codes.
    """

    code: str
    keys: Sequence[int]
    units: Units
    edges: Edges
    grid: Sequence[str]

    @cached_property
    def row(self) -> dict[int, int]:
        """A building's row by its key."""
        return {key: row for row, key in enumerate(self.keys)}

    def rows_in(self, grid: str) -> Ints:
        """The rows of a grid's buildings; raises ``Refused`` where there is no such grid."""
        rows = np.flatnonzero(np.array(self.grid, dtype=object) == grid)
        if not len(rows):
            raise Refused("no_such_grid", grid)
        return rows

    def connected(self, rows: Collection[int]) -> bool:
        """Whether one can walk between all of these units without crossing anybody else's ground."""
        left = {int(row) for row in rows}
        reached = [left.pop()] if left else []
        while reached:
            near = self._near[reached.pop()] & left
            left -= near
            reached += near
        return not left

    def touch(self, one: Collection[int], other: Collection[int]) -> bool:
        """Whether a unit of one set is next to a unit of another."""
        others = {int(row) for row in other}
        return any(self._near[int(row)] & others for row in one)

    @cached_property
    def _near(self) -> list[set[int]]:
        near: list[set[int]] = [set() for _ in self.keys]
        for u, v in zip(self.edges.u.tolist(), self.edges.v.tolist(), strict=True):
            near[u].add(v)
            near[v].add(u)
        return near


def move(community: Community, buildings: Collection[int], to: str) -> dict[int, str]:
    """Buildings go to another grid; both it and those that they leave stay connected."""
    rows = _rows(community, buildings)
    target = community.rows_in(to)
    moving = [row for row in rows if community.grid[row] != to]
    if not community.connected([*target, *moving]):
        raise Refused("target_apart", to)
    for grid in sorted({community.grid[row] for row in moving}):
        if not community.connected(set(community.rows_in(grid).tolist()) - set(moving)):
            raise Refused("source_apart", grid, to)
    return {community.keys[row]: to for row in moving}


def merge(community: Community, grid: str, into: str) -> dict[int, str]:
    """All buildings of a grid go into a neighbouring one."""
    if grid == into:
        raise Refused("same_grid", grid)
    rows, target = community.rows_in(grid), community.rows_in(into)
    if not community.touch(rows, target):
        raise Refused("no_neighbours", grid, into)
    return {community.keys[row]: into for row in rows}


def split(community: Community, grid: str, part: Collection[int], code: str) -> dict[int, str]:
    """A part of a grid becomes a grid of its own under a new code: the part that is named, else the planner's cut.

    The larger part keeps the old code.
    """
    rows = community.rows_in(grid).tolist()
    one = _rows(community, part) if part else _halves(community, rows)
    rest = sorted(set(rows) - set(one))
    if not set(one) <= set(rows) or not rest:
        raise Refused("no_part", grid)
    if not community.connected(one) or not community.connected(rest):
        raise Refused("parts_apart", grid)
    households = community.units.households
    smaller = one if (households[one].sum(), len(one)) <= (households[rest].sum(), len(rest)) else rest
    return {community.keys[row]: code for row in smaller}


def _rows(community: Community, buildings: Collection[int]) -> list[int]:
    if not buildings:
        raise Refused("nothing_chosen")
    strangers = [key for key in buildings if key not in community.row]
    if strangers:
        raise Refused("other_community")
    return [community.row[key] for key in buildings]


def _halves(community: Community, rows: list[int]) -> list[int]:
    """One of two parts of about as many households, as the planner cuts them; raises ``Refused`` where it finds none."""
    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.records import Edges, Settings, Units

    units, edges = community.units, community.edges
    place = np.full(len(units), -1, np.int64)
    place[rows] = np.arange(len(rows))
    inner = (place[edges.u] >= 0) & (place[edges.v] >= 0)
    part = Units(
        ids=[units.ids[row] for row in rows], x=units.x[rows], y=units.y[rows],
        households=units.households[rows], community=[units.community[row] for row in rows],
    )  # fmt: skip
    links = Edges(place[edges.u[inner]], place[edges.v[inner]])
    total = int(part.households.sum())
    for share in HALVES if total > 1 else ():
        slack = max(1, round(share * total))
        made = plan(part, links, Settings(max(1, total // 2 - slack), total - total // 2 + slack))
        if len(made.grids) == 2:
            return [rows[at] for at in np.flatnonzero(made.grid == 0)]
    raise Refused("no_cut", community.grid[rows[0]])
