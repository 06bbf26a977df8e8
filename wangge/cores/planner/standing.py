"""A community's grids as they stand while they are changed as little as possible: who is in which, who is next to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from wangge.cores.planner.pieces import pieces
from wangge.cores.planner.records import Edges, Ints, Settings, Units

LOOSE = -1


class Standing:
    """Grids by number; a unit in none of them is loose.

    :param home: the former grid of each unit, LOOSE for new ones: whoever ends elsewhere has been moved.
    """

    def __init__(self, units: Units, edges: Edges, home: Ints, settings: Settings) -> None:
        self.units, self.edges, self.settings = units, edges, settings
        self.home: list[int] = home.tolist()
        self.households: list[int] = units.households.tolist()
        self.near: list[list[tuple[int, float]]] = [[] for _ in self.home]
        self.cuts = list(pieces(units, edges))
        for cut in self.cuts:
            rows, start = cut.rows.tolist(), cut.piece.start.tolist()
            near, length = cut.piece.edges["near"].tolist(), cut.piece.edges["length"].tolist()
            for i, row in enumerate(rows):
                self.near[row] = [(rows[near[e]], length[e]) for e in range(start[i], start[i + 1])]
        self.label = [LOOSE] * len(self.home)
        self.members: dict[int, set[int]] = {}
        self.totals: dict[int, int] = {}
        self._next = max(self.home, default=LOOSE) + 1

    def new_grid(self) -> int:
        """A number that no grid has or had."""
        self._next += 1
        return self._next - 1

    def put(self, row: int, grid: int) -> None:
        """Put a unit into a grid, out of the one it was in."""
        old = self.label[row]
        if old != LOOSE:
            self.members[old].discard(row)
            self.totals[old] -= self.households[row]
            if not self.members[old]:
                del self.members[old], self.totals[old]
        self.label[row] = grid
        self.members.setdefault(grid, set()).add(row)
        self.totals[grid] = self.totals.get(grid, 0) + self.households[row]

    def off(self, total: int) -> int:
        """By how many households a grid of so many is out of range."""
        return max(self.settings.low - total, total - self.settings.high, 0)

    def moved(self, row: int, grid: int) -> int:
        """Households that change their grid if a unit is in `grid`."""
        return self.households[row] if self.home[row] not in (LOOSE, grid) else 0

    def around(self, grid: int) -> list[int]:
        """The grids next to one, ascending."""
        found = {self.label[v] for u in self.members[grid] for v, _ in self.near[u]}
        return sorted(found - {grid, LOOSE})

    def parts(self, rows: Iterable[int]) -> list[list[int]]:
        """Connected parts of some units, those of most households first."""
        left, found = set(rows), []
        for row in sorted(left):
            if row in left:
                found.append(_walk(self.near, row, left))
        return sorted(found, key=lambda part: -sum(self.households[row] for row in part))


def is_joined(near: Sequence[Sequence[tuple[int, float]]], rows: set[int]) -> bool:
    """Whether some units are one connected part; none are not."""
    left = set(rows)
    return bool(rows) and len(_walk(near, next(iter(rows)), left)) == len(rows)


def _walk(near: Sequence[Sequence[tuple[int, float]]], row: int, left: set[int]) -> list[int]:
    """The units of `left` that hang together with one of them, ascending; they are taken out of it."""
    found = [row]
    left.discard(row)
    for u in found:
        for v, _ in near[u]:
            if v in left:
                left.discard(v)
                found.append(v)
    return sorted(found)


def settle(standing: Standing) -> None:
    """Keep every former grid, its largest connected part where it fell apart, and let what is loose join a neighbour.

    A neighbour with room comes first, then the nearest. Loose units that are a grid by themselves, or hang on none,
    become a new one.
    """
    former: dict[int, list[int]] = {}
    for row, grid in enumerate(standing.home):
        former.setdefault(grid, []).append(row)
    loose = set(former.pop(LOOSE, []))
    for grid, rows in sorted(former.items()):
        kept, *severed = standing.parts(rows)
        loose.update(row for part in severed for row in part)
        for row in kept:
            standing.put(row, grid)
    for part in standing.parts(loose):
        total = sum(standing.households[row] for row in part)
        hangs = any(standing.label[v] != LOOSE for row in part for v, _ in standing.near[row])
        if not hangs or (total > 0 and standing.off(total) == 0):
            grid = standing.new_grid()
            for row in part:
                standing.put(row, grid)
        else:
            _join(standing, set(part))


def _join(standing: Standing, loose: set[int]) -> None:
    """Units one by one to the grid next to them that takes them best."""
    high = standing.settings.high
    while loose:
        _, _, row, grid = min(
            (
                max(standing.totals[standing.label[v]] + standing.households[u] - high, 0),
                length,
                u,
                standing.label[v],
            )
            for u in loose
            for v, length in standing.near[u]
            if standing.label[v] != LOOSE
        )
        loose.discard(row)
        standing.put(row, grid)


def numbers(standing: Standing) -> Ints:
    """The grid of each unit."""
    return np.array(standing.label, dtype=np.int64)
