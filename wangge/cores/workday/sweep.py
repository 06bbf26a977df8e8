"""Where a day fills: minutes at each size, with an interval, and how much of the answer is assumption.

Parameters are drawn between their bounds (Monte Carlo); the ways of each size are solved once and held.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from wangge.cores.planner.records import Floats
from wangge.cores.workday.load import PARTS, Values, Ways, minutes, working_minutes
from wangge.cores.workday.sheet import Sheet

BOUNDS = (5.0, 50.0, 95.0)
"""Percentiles of an interval: low, middle, high."""
DRAWS = 1000


@dataclass(frozen=True)
class Swing:
    """Households at which the day fills with one row at its low and at its high bound."""

    code: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """Households between the two."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep over sizes.

    :param households: k mean households of a grid; `parts` (k a part) and `total` (k x 3, see `BOUNDS`): minutes a day.
    :param fills: households at which the day is full, by `BOUNDS`; `best`: at the sheet's values.
    :param assumed: of the variance of `fills`, the share that stems from rows marked assumption; None if there is none.
    :param swings: rows, the one that matters most first.
    """

    households: Floats
    parts: dict[str, Floats]
    total: Floats
    working: float
    fills: tuple[float, float, float]
    best: float
    assumed: float | None
    swings: tuple[Swing, ...]


def sweep(
    sheet: Sheet, households: Sequence[float], ways: Sequence[Ways], seed: int, draws: int = DRAWS
) -> Sweep:
    """Sweep sizes with known ways.

    :param households: k mean households, rising; `ways`: k.
    """
    sizes = np.asarray(households, dtype=np.float64)
    drawn = sheet.draws(draws, np.random.default_rng([seed, 1]))
    totals = _totals(drawn, sizes, ways)
    nominal = [minutes(sheet.values, size, way) for size, way in zip(sizes, ways, strict=True)]
    fills = np.percentile(_fills(drawn, sizes, totals), BOUNDS)
    return Sweep(
        sizes,
        {part: np.array([float(one[part]) for one in nominal]) for part in PARTS},
        np.percentile(totals, BOUNDS, axis=1).T,
        float(working_minutes(sheet.values)),
        (float(fills[0]), float(fills[1]), float(fills[2])),
        _at(sheet, sizes, ways),
        _assumed(sheet, sizes, ways, seed, draws),
        tuple(sorted(_swings(sheet, sizes, ways), key=lambda swing: -swing.width)),
    )


def _totals(values: Values, sizes: Floats, ways: Sequence[Ways]) -> Floats:
    """Minutes a day: sizes x draws."""
    return np.array(
        [sum(minutes(values, size, way).values()) for size, way in zip(sizes, ways, strict=True)]
    ).reshape(len(sizes), -1)


def _fills(values: Values, sizes: Floats, totals: Floats) -> Floats:
    """Households where minutes cross the working minutes, by straight lines; beyond the ends the last line goes on."""
    over = totals - np.reshape(working_minutes(values), (1, -1))
    step = np.clip(np.sum(over < 0, axis=0) - 1, 0, len(sizes) - 2)
    draw = np.arange(over.shape[1])
    here, there = over[step, draw], over[step + 1, draw]
    rise = np.maximum(there - here, 1e-9)
    return np.maximum(sizes[step] - here / rise * (sizes[step + 1] - sizes[step]), 0.0)


def _at(sheet: Sheet, sizes: Floats, ways: Sequence[Ways]) -> float:
    return float(_fills(sheet.values, sizes, _totals(sheet.values, sizes, ways))[0])


def _assumed(sheet: Sheet, sizes: Floats, ways: Sequence[Ways], seed: int, draws: int) -> float | None:
    """Variance with only the assumptions drawn, beside that with only the other rows drawn."""

    def variance(kept: Collection[str]) -> float:
        drawn = sheet.draws(draws, np.random.default_rng([seed, 2]), kept)
        return float(np.var(_fills(drawn, sizes, _totals(drawn, sizes, ways))))

    supposed = variance([row.code for row in sheet.rows if not row.assumption])
    known = variance([row.code for row in sheet.rows if row.assumption])
    return supposed / (supposed + known) if supposed + known > 0 else None


def _swings(sheet: Sheet, sizes: Floats, ways: Sequence[Ways]) -> list[Swing]:
    return [
        Swing(
            row.code,
            *(_at(sheet.with_values({row.code: bound}), sizes, ways) for bound in (row.low, row.high)),
        )
        for row in sheet.rows
        if row.low < row.high
    ]
