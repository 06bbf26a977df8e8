"""The formulas as they are written in ``formulas.yaml``, checked when they are read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from wangge.work.cases.figures import Figure
from wangge.work.cases.filters import Filters

HUNDREDTH = Decimal("0.01")


class FigureFormula(BaseModel):
    """What a figure counts; see the head of ``formulas.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str
    en: str
    filter: Filters
    dated: Literal["", "counts", "filed", "reported", "closed"] = ""
    sum: Literal["", "reworks", "passes", "reopened"] = ""

    def within(self, bounds: Filters, *, start: object, end: object) -> Figure:
        """The figure within a period and other bounds (a department, an area, a kind)."""
        period = {f"{self.dated}_from": start, f"{self.dated}_to": end} if self.dated else {}
        together = {**bounds.given(), **period, **self.filter.given(), "imported": False}
        return Figure(filters=Filters(**together), sum=self.sum)


class RateFormula(BaseModel):
    """One figure over another."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str
    en: str
    of: str
    over: str


class Formulas(BaseModel):
    """All figures and rates by code, in the order of the file. Raises ``ValueError`` for a rate of unknown figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    figures: dict[str, FigureFormula]
    rates: dict[str, RateFormula]

    @model_validator(mode="after")
    def _known_figures(self) -> Self:
        for code, rate in self.rates.items():
            for figure in (rate.of, rate.over):
                if figure not in self.figures:
                    raise ValueError(f"rates.{code}: there is no figure {figure!r}")
        return self


@cache
def formulas() -> Formulas:
    """The formulas of this installation."""
    return read(resources.files(__package__).joinpath("formulas.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Formulas:
    """Formulas from YAML. Raises ``pydantic.ValidationError`` (a ``ValueError``) that names what is wrong."""
    return Formulas.model_validate(yaml.safe_load(text))


def percent(of: int, over: int) -> Decimal | None:
    """``of`` per hundred ``over``, to two places, halves up, as bulletins print it; None over nothing."""
    return (Decimal(100) * of / over).quantize(HUNDREDTH, ROUND_HALF_UP) if over else None
