"""The ground that is walked: buildings with floors and lifts, cut into grids of a size by the planner itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wangge.cores.planner.records import Edges, Floats, Ints, Settings, Units

SLACK = 0.15
"""Grids are planned this share of the size below and above it."""


@dataclass(frozen=True, eq=False)
class Ground:
    """A city's buildings. `floors` and `lift` (0 or 1) are n each; `edges` None means a proximity graph."""

    name: str
    units: Units
    floors: Ints
    lift: Ints
    edges: Edges | None = None


@dataclass(frozen=True, eq=False)
class Beat:
    """The buildings of one grid as a worker meets them.

    :param x, y: metres; `shares`: running shares of households; `home`: the building next to their middle.
    """

    x: Floats
    y: Floats
    shares: Floats
    floors: Ints
    lift: Ints
    home: int
    households: int


@dataclass(frozen=True, eq=False)
class Cut:
    """A city in grids of about `size` households. `near` (grids x up to 4) names the nearest others, from the nearest."""

    size: int
    beats: tuple[Beat, ...]
    near: Ints
    outside: int  # grids that are not within the slack

    @property
    def households(self) -> float:
        """Mean households of a grid."""
        return float(np.mean([beat.households for beat in self.beats]))


def cut(ground: Ground, size: int, seed: int) -> Cut:
    """Plan grids of `size` households, 15 % more or less.

    :raises ValueError: where nobody lives.
    """
    from wangge.cores.planner.plan import plan

    settings = Settings(max(1, round(size * (1 - SLACK))), round(size * (1 + SLACK)), seed, target=size)
    made = plan(ground.units, ground.edges, settings)
    beats = [
        _beat(ground, np.flatnonzero(made.grid == number))
        for number, grid in enumerate(made.grids)
        if grid.households > 0
    ]
    if not beats:
        raise ValueError("there are no households")
    return Cut(size, tuple(beats), _near(beats), len(made.outside))


def _beat(ground: Ground, rows: Ints) -> Beat:
    households = ground.units.households[rows].astype(np.float64)
    x, y = ground.units.x[rows], ground.units.y[rows]
    shares = np.cumsum(households) / households.sum()
    middle = np.average(x, weights=households), np.average(y, weights=households)
    home = int(np.argmin(np.hypot(x - middle[0], y - middle[1])))
    return Beat(x, y, shares, ground.floors[rows], ground.lift[rows], home, int(households.sum()))


def _near(beats: list[Beat]) -> Ints:
    centre = np.array([[beat.x[beat.home], beat.y[beat.home]] for beat in beats])
    far = np.hypot(*(centre[:, None, axis] - centre[None, :, axis] for axis in (0, 1)))
    np.fill_diagonal(far, np.inf)
    return np.argsort(far, axis=1, kind="stable")[:, : min(4, len(beats) - 1)].astype(np.int64)


def read_ground(units: Path, edges: Path | None, floors: int) -> Ground:
    """Buildings from files in the planner's form; `floors` and `lift` (0 or 1) are columns of units, where known.

    :param floors: of every building where the file doesn't say; without a column `lift` there is none.
    :raises TableError: naming every bad row.
    """
    from wangge.cores.planner.intake.checking import Checks
    from wangge.cores.planner.intake.files import read_edges, read_units
    from wangge.cores.tables.reading import read_table

    made = read_units(units)
    table = read_table(units)
    checks = Checks(table)
    known = set(table.columns)
    heights = checks.counts("floors", most=200) if "floors" in known else np.full(len(made), floors)
    lift = checks.counts("lift", most=1) if "lift" in known else np.zeros(len(made), np.int64)
    checks.finish()
    return Ground(
        units.name, made, np.maximum(heights, 1), lift, read_edges(edges, len(made)) if edges else None
    )
