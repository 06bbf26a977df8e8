"""Room `cores.worktime`: time limits and their units, as the filing rules of cities write them.

The units come from the digital urban management family (GB/T 30428.8, CJ/T 315). Urgent ones run day and
night, the others in opening hours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wangge.cores.messages.said import said


class Unit(StrEnum):
    """What a limit is counted in.

    `working_hour`: an hour of opening time. `workday`: the opening time of one day, long or short: from ten
    o'clock to ten o'clock on the next day that opens. `urgent_hour`, `urgent_workday`: one and 24 hours of
    the clock. `natural_day`: a day of the local calendar, whatever its length.
    """

    URGENT_HOUR = "urgent_hour"
    WORKING_HOUR = "working_hour"
    WORKDAY = "workday"
    URGENT_WORKDAY = "urgent_workday"
    NATURAL_DAY = "natural_day"


CHINESE = {
    Unit.URGENT_HOUR: "紧急工作时",
    Unit.WORKING_HOUR: "工作时",
    Unit.WORKDAY: "工作日",
    Unit.URGENT_WORKDAY: "紧急工作日",
    Unit.NATURAL_DAY: "自然日",
}
ENGLISH = {
    Unit.URGENT_HOUR: "urgent hour",
    Unit.WORKING_HOUR: "working hour",
    Unit.WORKDAY: "working day",
    Unit.URGENT_WORKDAY: "urgent working day",
    Unit.NATURAL_DAY: "calendar day",
}
_SPELLINGS = {
    **{name: unit for unit, name in CHINESE.items()},
    **{name: unit for unit, name in ENGLISH.items()},
    **{unit.value: unit for unit in Unit},
    "urgent working hour": Unit.URGENT_HOUR,
    "urgent day": Unit.URGENT_WORKDAY,
    "natural day": Unit.NATURAL_DAY,
}
_TEXT = re.compile(r"^\s*(\d+/\d+|\d+(?:\.\d+)?)\s*(?:个\s*)?([^\d\s/.].*?)\s*$")


@dataclass(frozen=True)
class Limit:
    """A time limit: more than nothing of a unit. `amount` is exact; whatever `Fraction` takes may be given."""

    amount: Fraction
    unit: Unit

    def __init__(self, amount: int | float | str | Decimal | Fraction, unit: Unit | str) -> None:
        exact = Fraction(str(amount)) if isinstance(amount, float) else Fraction(amount)
        if exact <= 0:
            raise ValueError(said("expected a limit of more than nothing, found %(amount)s", amount=amount))
        object.__setattr__(self, "amount", exact)
        object.__setattr__(self, "unit", Unit(unit))

    @classmethod
    def parse(cls, text: str, aliases: Mapping[str, Unit] | None = None) -> Limit:
        """`4 工作时`, `2紧急工作时`, `1.5 working days`. Raises ValueError.

        A bare 天 or 小时 means different things in different cities: `aliases` says what it means in this one.
        """
        match = _TEXT.match(text)
        if not match:
            raise ValueError(
                said("found '%(text)s', expected an amount and a unit such as '4 工作时'", text=text)
            )
        name = " ".join(match[2].split()).lower()
        units = {**_SPELLINGS, **(aliases or {})}
        unit = units.get(name) or units.get(name.removesuffix("s"))
        if unit is None:
            known = ", ".join([*CHINESE.values(), *(aliases or {})])
            raise ValueError(
                said(
                    "found the unit '%(unit)s' in '%(text)s', expected one of %(known)s",
                    unit=match[2],
                    text=text,
                    known=known,
                )
            )
        return cls(match[1], unit)

    def text(self, language: str = "zh") -> str:
        """`4 工作时` or, with `en`, `4 working hours`; `parse` reads both back."""
        return f"{_amount(self.amount)} {unit_text(self.unit, self.amount, language)}"

    def __str__(self) -> str:
        return self.text()

    def __add__(self, other: Limit) -> Limit:
        if self.unit != other.unit:
            raise ValueError(
                said("%(one)s and %(other)s are counted in different units", one=str(self), other=str(other))
            )
        return Limit(self.amount + other.amount, self.unit)


def unit_text(unit: Unit, amount: Fraction | Decimal, language: str) -> str:
    """The unit's name, in English in the plural where the amount asks for it."""
    if language.startswith("zh"):
        return CHINESE[unit]
    return ENGLISH[unit] if amount == 1 else f"{ENGLISH[unit]}s"


def _amount(amount: Fraction) -> str:
    decimal = Decimal(amount.numerator) / Decimal(amount.denominator)
    exact = Fraction(decimal) == amount
    return format(decimal.normalize(), "f") if exact else str(amount)
