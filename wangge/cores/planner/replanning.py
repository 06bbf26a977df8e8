"""Re-planning with the least change: a city has grown and shrunk, and as few households as can be change their grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wangge.cores.planner.compounds import contract
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.parts import Part, Planned, judged_grids, parts_of
from wangge.cores.planner.records import Bands, Compound, Edges, Grid, Ints, Plan, Settings, Units
from wangge.cores.planner.standing import LOOSE, Standing, numbers, settle
from wangge.cores.planner.transfers import mend


class Move(NamedTuple):
    """A unit that was in one grid and now is in another."""

    unit: str
    former: str
    now: str
    households: int


@dataclass(frozen=True, eq=False)
class Replan:
    """A plan that keeps a former one as far as it can.

    :param moves: units that were there before and are in another grid now.
    :param before: households, as counted today, of units that were there before.
    :param new, gone: codes of grids that the former plan didn't have, and of those that this one hasn't.
    """

    plan: Plan
    moves: tuple[Move, ...]
    before: int
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def moved(self) -> int:
        """Households that change their grid."""
        return sum(move.households for move in self.moves)


def replan(
    units: Units,
    former: Mapping[str, str],
    edges: Edges | None = None,
    settings: Settings | None = None,
    bands: Bands | None = None,
    was: Mapping[str, int] | None = None,
) -> Replan:
    """Fit a former plan to today's units, moving the fewest households.

    A grid that is in range and connected keeps all its units. New units join a neighbour with room. Where a grid is out
    of range, units go over borders, chosen by search for the fewest households; where that finds nothing, the grid and
    one or two of its neighbours are cut anew. What can't be in range by arithmetic stays as it is.

    :param former: {unit: code of its grid}; units that are gone may be in it.
    :param edges, settings, bands: as for `plan`.
    :param was: {unit: households} when the former plan was made. With it, a grid that was out of range and in which nothing
        changed is left alone; without it, it can't be told from one that has come out of range, and is mended if it can be.
    :raises ValueError: as `plan`.
    """
    settings, bands = settings or Settings(), dict(bands or {})
    edges = neighbours(units) if edges is None else edges
    owner, taken, then = _owners(units, former), set(former.values()), _sizes(former, was or {})
    grid = np.empty(len(units), np.int64)
    grids: list[Grid] = []
    let_go: list[Compound] = []
    for rows, part in parts_of(units, edges, settings, bands):
        made = _replanned(part, former, owner, taken, then)
        grid[rows] = made.grid + len(grids)
        grids += made.grids
        let_go += made.let_go
    return _compared(units, former, Plan(grid, tuple(grids), settings, bands, tuple(let_go)))


def _owners(units: Units, former: Mapping[str, str]) -> dict[str, str]:
    """The community that keeps each code: where most of its households are, should some have changed theirs."""
    shares: dict[str, dict[str, int]] = {}
    for unit, community, households in zip(
        units.ids, units.community, units.households.tolist(), strict=True
    ):
        if unit in former:
            share = shares.setdefault(former[unit], {})
            share[community] = share.get(community, 0) + households + 1
    return {code: min(share, key=lambda name: (-share[name], name)) for code, share in shares.items()}


def _sizes(former: Mapping[str, str], was: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Units and households of each former grid whose units are all known."""
    sizes: dict[str, tuple[int, int]] = {}
    for unit, code in former.items():
        units, households = sizes.get(code, (0, 0))
        sizes[code] = units + 1, households + was.get(unit, -(10**9))
    return sizes


def _replanned(
    part: Part,
    former: Mapping[str, str],
    owner: Mapping[str, str],
    taken: set[str],
    then: Mapping[str, tuple[int, int]],
) -> Planned:
    community = part.units.community[0]
    one = contract(part.units, part.edges, part.settings)
    mine = [former.get(unit, "") for unit in part.units.ids]
    codes = sorted({code for code in mine if code and owner[code] == community})
    number = {code: i for i, code in enumerate(codes)}
    home = np.array([number.get(code, LOOSE) for code in mine], dtype=np.int64)
    standing = Standing(one.units, one.edges, _of_most(home, part.units.households, one.unit), part.settings)
    settle(standing)
    buildings = np.bincount(one.unit, minlength=len(one.units))
    mend(
        standing, {number[code] for code in codes if _is_still(standing, number[code], then[code], buildings)}
    )
    names = {**dict(enumerate(codes)), **_new_names(community, standing, len(codes), taken)}
    label, grid, grids = numbers(standing), np.empty(len(one.units), np.int64), list[Grid]()
    for cut in standing.cuts:
        present, dense = np.unique(label[cut.rows], return_inverse=True)
        grid[cut.rows] = dense + len(grids)
        own = [names[int(n)] for n in present]
        grids += judged_grids(cut, one.units, dense.astype(np.int64), own, part.settings, buildings)
    return Planned(grid[one.unit], tuple(grids), one.let_go)


def _is_still(standing: Standing, grid: int, then: tuple[int, int], buildings: Ints) -> bool:
    """Whether a grid has as many units and households as it had."""
    return then == (sum(int(buildings[row]) for row in standing.members[grid]), standing.totals[grid])


def _of_most(home: Ints, households: Ints, unit: Ints) -> Ints:
    """The former grid of each stand-in: that of most of its households, if its units came from several."""
    order = np.lexsort((home, unit))
    starts = np.flatnonzero((np.diff(unit[order], prepend=-1) != 0) | (np.diff(home[order], prepend=-2) != 0))
    share = np.add.reduceat((households + 1)[order], starts)
    first = order[starts]
    share = np.where(home[first] == LOOSE, 0, share)
    ranked = np.lexsort((home[first], -share, unit[first]))
    return np.asarray(home[first][ranked][np.diff(unit[first][ranked], prepend=-1) != 0])


def _new_names(community: str, standing: Standing, known: int, taken: set[str]) -> dict[int, str]:
    """Codes that no grid has or had, for the grids that are new."""
    names: dict[int, str] = {}
    free = _free_codes(community, taken)
    for grid in sorted(standing.members):
        if grid >= known:
            names[grid] = next(free)
            taken.add(names[grid])
    return names


def _free_codes(community: str, taken: set[str]) -> Iterator[str]:
    serial = 0
    while True:
        serial += 1
        if (code := f"{community}-{serial:03d}") not in taken:
            yield code


def _compared(units: Units, former: Mapping[str, str], plan: Plan) -> Replan:
    codes, households = plan.codes, units.households.tolist()
    moves = tuple(
        Move(unit, former[unit], codes[row], households[row])
        for row, unit in enumerate(units.ids)
        if unit in former and former[unit] != codes[row]
    )
    before = sum(households[row] for row, unit in enumerate(units.ids) if unit in former)
    then, now = set(former.values()), {grid.code for grid in plan.grids}
    return Replan(plan, moves, before, tuple(sorted(now - then)), tuple(sorted(then - now)))
