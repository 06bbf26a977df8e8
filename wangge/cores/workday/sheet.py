"""The sheet of parameters: every figure that the working day stands on, with its bounds, its unit and where it comes from.

A row is marked `assumption: yes` where nobody measured or ruled it. The shipped rows (`defaults.csv`) hold for every code
that a city's own sheet doesn't name; a programme of visits is four rows, `visits.NAME.share|times|minutes|due`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from wangge.cores.planner.records import Floats


@dataclass(frozen=True)
class Parameter:
    """One row. `low` and `high` are the bounds between which the truth is thought to be, `value` the best guess."""

    code: str
    zh: str
    en: str
    value: float
    low: float
    high: float
    unit: str
    assumption: bool
    source: str


@dataclass(frozen=True)
class Sheet:
    """All parameters, in the order of the file."""

    rows: tuple[Parameter, ...]

    @cached_property
    def values(self) -> dict[str, float]:
        """The best guess of each code."""
        return {row.code: row.value for row in self.rows}

    @property
    def programmes(self) -> list[str]:
        """Names of the programmes of visits."""
        return programmes(self.values)

    def with_values(self, changed: Mapping[str, float]) -> Sheet:
        """The same with other values, their bounds drawn in to them: what if it were so."""
        return Sheet(
            tuple(
                replace(row, value=changed[row.code], low=changed[row.code], high=changed[row.code])
                if row.code in changed
                else row
                for row in self.rows
            )
        )

    def draws(self, count: int, rng: np.random.Generator, kept: Collection[str] = ()) -> dict[str, Floats]:
        """`count` draws of each code from the triangle low, value, high; those of `kept` stay at their value."""
        return {
            row.code: np.full(count, row.value)
            if row.low == row.high or row.code in kept
            else rng.triangular(row.low, row.value, row.high, count)
            for row in self.rows
        }


def programmes(codes: Collection[str]) -> list[str]:
    """The names in codes such as `visits.elderly.share`."""
    return [code.split(".")[1] for code in codes if code.startswith("visits.") and code.endswith(".share")]
