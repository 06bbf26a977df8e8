"""Recorded months in the place of assumptions: minutes a visit, minutes a case, minutes a day that nothing explains.

In go sums by grid and month, never a worker or a position. Minutes are explained by visits, cases and days, with the sheet
as prior (ridge regression in its Bayesian reading: Hoerl & Kennard 1970; Lindley & Smith 1972), none of them below 0
(Lawson & Hanson 1974, NNLS). A row whose interval shrank to half is measured; the others stay assumptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from wangge.cores.planner.records import Floats
from wangge.cores.workday.load import visits
from wangge.cores.workday.months import Month
from wangge.cores.workday.sheet import Parameter, Sheet

Z90 = 1.645  # a 90 % interval is this many standard deviations to either side
HALF = 0.5
LEAST_NOISE = 0.5
"""Minutes: recorded ones are whole, so no month says more than that; less would drown the sheet in rounding."""


@dataclass(frozen=True)
class Fitted:
    """One figure: what the sheet had, what the months say with a 90 % interval, and whether that is a measurement."""

    code: str
    before: float
    value: float
    low: float
    high: float
    is_measured: bool


@dataclass(frozen=True)
class Calibration:
    """`sheet` holds the measured rows in the place of the old ones; `rest` are minutes a day that the months leave over."""

    sheet: Sheet
    fitted: tuple[Fitted, ...]
    rest: Fitted
    months: int


def calibrate(sheet: Sheet, months: Sequence[Month]) -> Calibration:
    """Fit the sheet's factors of visits, its minutes and its cases to recorded months.

    :raises ValueError: for fewer than three months.
    """
    if len(months) < 3:
        raise ValueError("at least three grid-months are needed")
    rows = {row.code: row for row in sheet.rows}
    mean = _mean_minutes(sheet)
    minutes = _minutes(rows, mean, months)
    fitted = (minutes[0], minutes[1], *_rates(sheet, rows, months))
    source = f"recorded: {len(months)} grid-months"
    made = [_measured(row, fitted, source) for row in sheet.rows]
    return Calibration(Sheet(tuple(made)), fitted, minutes[2], len(months))


def _mean_minutes(sheet: Sheet) -> float:
    """Minutes of an average visit by the sheet, before the factor."""
    weights = {name: float(visits(sheet.values, 1.0, name)) for name in sheet.programmes}
    took = sum(weights[name] * sheet.values[f"visits.{name}.minutes"] for name in weights)
    return took / max(sum(weights.values()), 1e-12)


def _minutes(
    rows: dict[str, Parameter], mean: float, months: Sequence[Month]
) -> tuple[Fitted, Fitted, Fitted]:
    """Factor of the minutes of visits, minutes of a case, minutes a day left over."""
    design = np.array([[one.visits * mean, one.cases, one.days] for one in months])
    target = np.array([one.minutes for one in months])
    factor, case = rows["minutes.factor"], rows["cases.minutes"]
    # Outcomes hold no walking and no desk: nothing should be left over, give or take an hour a day.
    prior = np.array([factor.value, case.value, 0.0])
    spread = np.array([(factor.high - factor.low) / (2 * Z90), (case.high - case.low) / (2 * Z90), 30.0])
    spread = np.maximum(spread, 1e-6)
    found, deviation = _posterior(design, target, prior, spread)
    codes = ("minutes.factor", "cases.minutes", "rest")
    made = [_fitted(codes[i], prior[i], found[i], deviation[i], spread[i]) for i in range(3)]
    return made[0], made[1], made[2]


def _posterior(design: Floats, target: Floats, prior: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Means (none below 0) and standard deviations, the noise of a month estimated from what the fit leaves."""
    from scipy.optimize import nnls

    found = prior
    noise = max(float(np.std(target - design @ found)), LEAST_NOISE)
    for _ in range(20):
        stacked = np.vstack([design / noise, np.diag(1.0 / spread)])
        found = nnls(stacked, np.concatenate([target / noise, prior / spread]))[0]
        left = target - design @ found
        freedom = max(len(target) - design.shape[1], 1)
        noise = max(float(np.sqrt(left @ left / freedom)), LEAST_NOISE)
    precision = design.T @ design / noise**2 + np.diag(1.0 / spread**2)
    return found, np.sqrt(np.diag(np.linalg.inv(precision)))


def _rates(sheet: Sheet, rows: dict[str, Parameter], months: Sequence[Month]) -> list[Fitted]:
    """Visits beside those of the sheet, and cases a household and year: counts over exposure, Poisson at the least."""
    years = np.array([one.households * one.days for one in months]) / sheet.values["year.days"]
    due = (
        sum(float(visits(sheet.values, 1.0, name)) for name in sheet.programmes)
        / sheet.values["visits.factor"]
    )
    found = []
    for code, counts, exposure in (
        ("visits.factor", np.array([one.visits for one in months]), years * due),
        ("cases.rate", np.array([one.cases for one in months]), years),
    ):
        row, value = rows[code], counts.sum() / exposure.sum()
        chance = np.sqrt(max(counts.sum(), 1.0)) / exposure.sum()
        between = np.sqrt(np.sum((counts - value * exposure) ** 2)) / exposure.sum()
        prior = max((row.high - row.low) / (2 * Z90), 1e-6)
        found.append(_fitted(code, row.value, float(value), float(max(chance, between)), prior))
    return found


def _fitted(code: str, before: float, value: float, deviation: float, prior: float) -> Fitted:
    low, high = max(value - Z90 * deviation, 0.0), value + Z90 * deviation
    return Fitted(code, float(before), float(value), float(low), float(high), bool(deviation <= HALF * prior))


def _measured(row: Parameter, fitted: Sequence[Fitted], source: str) -> Parameter:
    for one in fitted:
        if one.code == row.code and one.is_measured:
            return replace(row, value=one.value, low=one.low, high=one.high, assumption=False, source=source)
    return row
