"""One kind of ground, through all sizes: planned, swept, simulated, and the band of sizes that holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from wangge.cores.planner.records import Floats
from wangge.cores.workday.ground import Cut, Ground, cut
from wangge.cores.workday.load import ways
from wangge.cores.workday.sheet import Sheet
from wangge.cores.workday.simulation import FIGURES, simulate
from wangge.cores.workday.sweep import Sweep, sweep

SIZES = (200, 300, 400, 500, 600, 700, 800)
T90 = {1: 6.31, 2: 2.92, 3: 2.35, 4: 2.13, 5: 2.02, 6: 1.94, 7: 1.89, 8: 1.86, 9: 1.83}
"""Student's t for a 90 % interval, by degrees of freedom; 1.8 and less beyond."""


@dataclass(frozen=True)
class Wanted:
    """What a good size is: at least `on_time` settled on time, at most these minutes of overtime and idle a day."""

    on_time: float = 0.95
    overtime: float = 15.0
    idle: float = 120.0


@dataclass(frozen=True)
class Band:
    """Households of a grid: idle enough is over at `low`, on time ends at `high`; None where that lies outside the sweep."""

    low: float | None
    high: float | None
    exists: bool


@dataclass(frozen=True, eq=False)
class Study:
    """All about one ground. `figures`: each of `FIGURES` by size (k x 3: low, mean, high of a 90 % interval)."""

    ground: Ground
    cuts: tuple[Cut, ...]
    sweep: Sweep
    figures: dict[str, Floats]
    band: Band


def study(
    ground: Ground, sheet: Sheet, seed: int, wanted: Wanted, replications: int = 5, sizes: Sequence[int] = SIZES,
    progress: Callable[[], None] | None = None,
) -> Study:  # fmt: skip
    """Plan, sweep and simulate every size."""
    cuts, routes, rows = [], [], []
    for size in sizes:
        cuts.append(cut(ground, size, seed))
        routes.append(ways(cuts[-1].beats, 8, seed))
        years = simulate(sheet, cuts[-1], seed, replications)
        rows.append({name: _interval(values) for name, values in years.figures().items()})
        if progress is not None:
            progress()
    households = [one.households for one in cuts]
    figures = {name: np.array([row[name] for row in rows]) for name in FIGURES}
    swept = sweep(sheet, households, routes, seed)
    return Study(ground, tuple(cuts), swept, figures, band(np.array(households), figures, wanted))


def band(households: Floats, figures: dict[str, Floats], wanted: Wanted) -> Band:
    """Between which sizes all that is wanted holds, by straight lines between the sizes."""
    good = np.minimum(
        (figures["on_time"][:, 1] - wanted.on_time) / 0.05,
        1 - figures["overtime"][:, 1] / max(wanted.overtime, 1e-9),
    )
    high, low = _crossing(households, good), _crossing(households, figures["idle"][:, 1] - wanted.idle)
    too_late = good[0] < 0
    too_idle = figures["idle"][-1, 1] > wanted.idle
    exists = not (too_late or too_idle or (high is not None and low is not None and low > high))
    return Band(low, high, exists)


def _crossing(households: Floats, value: Floats) -> float | None:
    """Where a value first falls from 0 or more to below 0."""
    for i in range(len(value) - 1):
        if value[i] >= 0 > value[i + 1]:
            share = value[i] / (value[i] - value[i + 1])
            return float(households[i] + share * (households[i + 1] - households[i]))
    return None


def _interval(values: Floats) -> tuple[float, float, float]:
    mean = float(values.mean())
    if len(values) < 2:
        return mean, mean, mean
    off = T90.get(len(values) - 1, 1.8) * float(values.std(ddof=1)) / np.sqrt(len(values))
    return mean - off, mean, mean + off
