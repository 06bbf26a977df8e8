"""What assessment tells."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

FROZEN = ConfigDict(frozen=True)


class FigureRecord(BaseModel):
    """A figure, and the filter of the case list that opens the cases behind it."""

    model_config = FROZEN
    code: str
    zh: str
    en: str
    value: int
    filter: dict[str, str | bool]


class RateRecord(BaseModel):
    """A rate in per cent (two places; None over nothing) and the two figures that it is made of."""

    model_config = FROZEN
    code: str
    zh: str
    en: str
    of: str
    over: str
    percent: Decimal | None


class RatesRecord(BaseModel):
    """The figures and rates of a period (days of the city, both ends included), as things stood at ``as_of``."""

    model_config = FROZEN
    from_on: date
    to_on: date
    as_of: datetime
    department: str
    area: str
    kind: str
    figures: list[FigureRecord]
    rates: list[RateRecord]


class DepartmentRates(BaseModel):
    """The same for one department."""

    model_config = FROZEN
    department: str
    zh: str
    en: str
    rates: RatesRecord


class FormulaRecord(BaseModel):
    """How a rate is made, in words that can be checked: one figure over another."""

    model_config = FROZEN
    code: str
    zh: str
    en: str
    of: str
    of_zh: str
    of_en: str
    over: str
    over_zh: str
    over_en: str
    of_filter: dict[str, str | bool]
    over_filter: dict[str, str | bool]
