"""What the planner takes and gives: units, edges, settings; grids, verdicts, a plan. Frozen, checked when made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bands = Mapping[str, tuple[int, int]]  # by community: least and most households of a grid


@dataclass(frozen=True, eq=False)
class Units:
    """n buildings, entrances or blocks: what a grid is made of.

    :param ids: n names, each once.
    :param x, y: n positions in metres, in one plane.
    :param households: n whole numbers, 0 or more.
    :param community: n names; no grid crosses from one community to another.
    :param area_m2, perim_m: n areas and outlines of ground, where units tile the plane (blocks, parcels).
    :param together: n names of compounds (小区), empty where there is none: units of one name in one community stay in one
        grid, unless no grid can hold them all.
    :raises ValueError: naming the first row (from 0) that is not so.
    """

    ids: Sequence[str]
    x: Floats
    y: Floats
    households: Ints
    community: Sequence[str]
    area_m2: Floats | None = None
    perim_m: Floats | None = None
    together: Sequence[str] | None = None

    def __post_init__(self) -> None:
        for name in ("x", "y", "area_m2", "perim_m"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name), dtype=np.float64))
        households = np.asarray(self.households)
        if households.dtype.kind == "f" and not np.all(households == np.floor(households)):
            raise ValueError("households must be whole numbers")
        object.__setattr__(self, "households", np.ascontiguousarray(households, dtype=np.int64))
        lengths = {len(column) for column in self._columns().values()}
        if len(lengths) != 1:
            raise ValueError(f"columns of units differ in length: {sorted(lengths)}")
        for name, column in self._columns().items():
            if name == "together":
                continue
            if name in ("ids", "community"):
                bad = np.array([not text for text in column], dtype=bool)
            else:
                numbers = np.asarray(column, dtype=np.float64)
                bad = ~np.isfinite(numbers) | ((numbers < 0) & (name not in ("x", "y")))
            if bad.any():
                row = int(np.flatnonzero(bad)[0])
                raise ValueError(f"unit in row {row}: {name} is {str(column[row]) or 'empty'}")
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("ids of units must differ")

    def _columns(self) -> dict[str, Sequence[object]]:
        names = ("ids", "x", "y", "households", "community", "area_m2", "perim_m", "together")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Ints) -> Units:
        """These rows alone, in this order."""

        def some(values: Floats | None) -> Floats | None:
            return None if values is None else values[rows]

        return Units(
            [self.ids[row] for row in rows],
            self.x[rows],
            self.y[rows],
            self.households[rows],
            [self.community[row] for row in rows],
            some(self.area_m2),
            some(self.perim_m),
            None if self.together is None else [self.together[row] for row in rows],
        )


@dataclass(frozen=True, eq=False)
class Edges:
    """m pairs of neighbouring units: who walks from u to v crosses nobody else's ground, and no barrier.

    :param u, v: m row numbers of units. Pairs across communities, loops and repetitions are allowed and ignored.
    :param border_m: m metres of common border, where units tile the plane.
    :param len_m: m metres from u to v; the straight line if not given.
    :raises ValueError: for lengths that differ, negative or missing numbers.
    """

    u: Ints
    v: Ints
    border_m: Floats | None = None
    len_m: Floats | None = None

    def __post_init__(self) -> None:
        for name in ("u", "v"):
            object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name), dtype=np.int64))
        for name in ("border_m", "len_m"):
            column = getattr(self, name)
            if column is not None:
                column = np.ascontiguousarray(column, dtype=np.float64)
                if not np.all(np.isfinite(column) & (column >= 0)):
                    raise ValueError(f"{name} of an edge is negative or missing")
                object.__setattr__(self, name, column)
        columns = (self.u, self.v, self.border_m, self.len_m)
        if len({len(column) for column in columns if column is not None}) != 1:
            raise ValueError("columns of edges differ in length")

    def __len__(self) -> int:
        return len(self.u)


@dataclass(frozen=True)
class Settings:
    """What a good plan is, and how long to look for it.

    Costs are counted in walks: 1 is the household-metres from everyone to the centre of an average grid of the same
    piece, so that weights mean the same in a dense quarter and in a village.

    :param low, high: households a grid should hold, both included.
    :param seed: the same seed, units and edges give the same plan, community by community.
    :param target: households aimed at; the middle of the band if None.
    :param balance: what a grid at the end of the band costs more than one at the target, in walks.
    :param shape: what a grid of no roundness at all would cost more than a disc, in walks (needs areas and borders).
    :param worker: what one grid more costs, in walks: somebody has to be found for each.
    :param moves: annealing moves a grid: time grows with it in proportion.
    :param mends: exact recuts tried for each grid that is out of range (of a piece, a twentieth and twenty at most).
    :raises ValueError: unless 1 <= low <= target <= high and the rest is not negative.
    """

    low: int = 300
    high: int = 500
    seed: int = 1
    target: float | None = None
    balance: float = 0.02
    shape: float = 0.3
    worker: float = 0.2
    moves: int = 300
    mends: int = 500

    def __post_init__(self) -> None:
        if not 1 <= self.low <= self.high:
            raise ValueError(f"bounds must be 1 <= low <= high, not {self.low} and {self.high}")
        if not self.low <= self.aim <= self.high:
            raise ValueError(f"target {self.target} is not between {self.low} and {self.high}")
        if min(self.balance, self.shape, self.worker, self.moves, self.mends) < 0:
            raise ValueError("balance, shape, worker, moves and mends can't be negative")

    @property
    def aim(self) -> float:
        """Households aimed at."""
        return (self.low + self.high) / 2.0 if self.target is None else float(self.target)

    def of(self, community: str, bands: Bands) -> Settings:
        """The settings of a community: with its own band, aiming at the middle of it, where `bands` gives one.

        :raises ValueError: for a band that is none.
        """
        if community not in bands:
            return self
        low, high = bands[community]
        return replace(self, low=low, high=high, target=None)


@dataclass(frozen=True)
class Verdict:
    """Why a grid is out of range.

    :param kind: `proven` - no plan could do better here, by arithmetic; `undecided` - nothing is proven.
    :param code: stable name of the reason, its sentence in `verdicts.SENTENCES`.
    :param params: what fills the sentence.
    """

    kind: Literal["proven", "undecided"]
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Grid:
    """One grid of a plan. `piece` numbers the connected pieces of its community from 0; `verdict` is None in range."""

    code: str
    community: str
    piece: int
    households: int
    buildings: int
    verdict: Verdict | None = None


class Compound(NamedTuple):
    """Units that were to stay together and hold more households than any grid may."""

    community: str
    name: str
    households: int


@dataclass(frozen=True, eq=False)
class Plan:
    """Every unit in one grid.

    :param grid: n positions in `grids`, one a unit.
    :param settings: of the city; `bands`: of communities that have their own.
    :param let_go: compounds too large for a grid, whose units were planned one by one.
    """

    grid: Ints
    grids: tuple[Grid, ...]
    settings: Settings
    bands: Bands = field(default_factory=dict)
    let_go: tuple[Compound, ...] = ()

    def settings_of(self, community: str) -> Settings:
        """What the grids of a community were to be."""
        return self.settings.of(community, self.bands)

    @property
    def codes(self) -> list[str]:
        """The grid's code of each unit."""
        return [self.grids[g].code for g in self.grid]

    @property
    def peopled(self) -> list[Grid]:
        """Grids that hold households; the others are buildings nobody lives in, cut off from the rest."""
        return [grid for grid in self.grids if grid.households > 0]

    @property
    def outside(self) -> list[Grid]:
        """Grids that hold households, too few or too many of them."""
        return [grid for grid in self.peopled if grid.verdict is not None]
