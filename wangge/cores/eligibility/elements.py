"""Room `cores.eligibility`: the elements that a programme declares, and how their values are taken.

Nothing else about a person is ever read by a rule.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from wangge.cores.tables.parsing import Unreadable, yes_no

Value = str | float | bool | dt.date
"""What a rule compares: text and choices as str, numbers as float, days, yes and no."""


class Kind(StrEnum):
    """What an element's values are."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes_no"


NUMBERS = frozenset({Kind.WHOLE, Kind.DECIMAL})
TEXTS = frozenset({Kind.TEXT, Kind.CHOICE})


@dataclass(frozen=True)
class Element:
    """One declared element.

    `choices` are (code, Chinese, English) of a choice's values or of numbers with names. `absent` is the
    value of a person for whom none is held, where a complete roster makes its absence an answer (not on the
    payout roster: False); without it what is not held is unknown. `said` has whole phrases (Chinese, English)
    for the keys `yes`, `no`, `known` and `unknown` where the label alone would read badly.
    """

    code: str
    kind: Kind
    zh: str
    en: str
    choices: tuple[tuple[str, str, str], ...] = ()
    absent: Value | None = None
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    def label(self, language: str) -> str:
        """The element's name in `zh…` or English."""
        return self.zh if language.startswith("zh") else self.en


def fitted(value: object, kind: Kind) -> Value | None:
    """A raw value as its kind, None where it is missing or can't be one."""
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if kind in NUMBERS:
        return _number(value)
    if kind is Kind.DATE:
        return _day(value)
    if kind is Kind.YES_NO:
        return value if isinstance(value, bool) else _yes_no(str(value))
    return str(value)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _yes_no(text: str) -> bool | None:
    try:
        return yes_no(text)
    except Unreadable:
        return None
