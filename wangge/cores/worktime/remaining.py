"""Room `cores.worktime`: what is left of a limit, or by how much it is exceeded, in people's words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from wangge.cores.worktime.calendars import Calendar
from wangge.cores.worktime.clocks import elapsed
from wangge.cores.worktime.limits import Unit, unit_text

STEP = Decimal("0.1")


@dataclass(frozen=True)
class Remaining:
    """`amount` of `unit` that is left or, if `overdue`, has run since the end; never negative."""

    amount: Fraction
    unit: Unit
    overdue: bool

    @property
    def shown(self) -> Decimal:
        """The amount to one decimal: never more than is left, never less than what is overdue."""
        exact = Decimal(self.amount.numerator) / Decimal(self.amount.denominator)
        rounded = exact.quantize(STEP, ROUND_CEILING if self.overdue else ROUND_FLOOR)
        return Decimal(format(rounded.normalize(), "f"))

    def text(self, language: str = "zh") -> str:
        """`剩 3 工作时`, `超时 2 工作日`; in English `3 working hours left`, `2 working days overdue`.

        What is less than a tenth is called so: a clock that stands outside hours still tells what is due.
        """
        little = self.shown == 0 and (self.overdue or self.amount > 0)
        shown = STEP if little else self.shown
        unit = unit_text(self.unit, shown, language)
        if language.startswith("zh"):
            return f"{'超时' if self.overdue else '剩'}{'不足' if little else ''} {shown} {unit}"
        less = "less than " if little else ""
        return f"{less}{shown} {unit} {'overdue' if self.overdue else 'left'}"

    def __str__(self) -> str:
        return self.text()


def remaining(now: dt.datetime, due: dt.datetime, unit: Unit, calendar: Calendar) -> Remaining:
    """What is left at `now` of a limit that ends at `due`. Raises CalendarUnknown, ValueError if naive."""
    if now > due:
        return Remaining(elapsed(due, now, unit, calendar), unit, overdue=True)
    return Remaining(elapsed(now, due, unit, calendar), unit, overdue=False)
