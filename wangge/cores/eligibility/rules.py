"""Room `cores.eligibility`: a rule as a tree of conditions.

A rule can only offer a service. It knows three answers: it holds, it doesn't, or it can't be said because a
value is missing (Kleene's strong logic of three values). They are numbers so that "all" is the least of them,
"any" the greatest and "not" the distance from the top, for one person as for a million.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum

FAILS, OPEN, HOLDS = 0, 1, 2
"""The three answers."""


class Operator(StrEnum):
    """What a condition asks of an element's value."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    STARTS_WITH = "starts_with"
    AGE_GE = "age_ge"
    AGE_LT = "age_lt"
    MONTHS_SINCE_GE = "months_since_ge"
    MONTHS_SINCE_LT = "months_since_lt"
    WITHIN_DAYS = "within_days"
    KNOWN = "known"
    UNKNOWN = "unknown"


ORDER = frozenset({Operator.GE, Operator.LE, Operator.GT, Operator.LT})
LISTS = frozenset({Operator.IN, Operator.NOT_IN})
AGES = frozenset({Operator.AGE_GE, Operator.AGE_LT})
MONTHS = frozenset({Operator.MONTHS_SINCE_GE, Operator.MONTHS_SINCE_LT})
COUNTS = AGES | MONTHS | {Operator.WITHIN_DAYS}
BARE = frozenset({Operator.KNOWN, Operator.UNKNOWN})


class Relative(Enum):
    """A value that is known only on the day of screening."""

    TODAY = "today"
    THIS_YEAR = "this year"


Literal = str | int | Decimal | bool | dt.date | Relative


@dataclass(frozen=True)
class Condition:
    """One question about one element.

    `value` is a tuple for `in` and `not_in`, None for `known` and `unknown`, a count for ages (whole years),
    months and days. An age is taken on the day of screening, or on `at` (month, day) of its year. Age N is
    reached on the N-th birthday; who is born on 29 February reaches it on 1 March of other years.
    """

    element: str
    operator: Operator
    value: Literal | tuple[Literal, ...] | None = None
    at: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        value = self.value
        exact = _once(map(_exact, value)) if isinstance(value, tuple | list) else _exact(value)
        object.__setattr__(self, "value", exact)
        object.__setattr__(self, "operator", Operator(self.operator))

    def values(self) -> tuple[Literal, ...]:
        """The value or values as a tuple."""
        if isinstance(self.value, tuple):
            return self.value
        return () if self.value is None else (self.value,)


def _once(values: Iterable[Literal | None]) -> tuple[Literal | None, ...]:
    """Each value of a list once, in order: equal lists make equal conditions. Yes is not 1, though Python says so."""
    return tuple({(isinstance(value, bool), value): value for value in values}.values())


def _exact(value: Literal | float | None) -> Literal | None:
    """Numbers as int or Decimal, never as binary fractions."""
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


class Group(StrEnum):
    """How the parts of a rule count together."""

    ALL = "all"
    ANY = "any"
    NOT = "not"


@dataclass(frozen=True)
class Rule:
    """All of its parts, any of them, or not its only part."""

    group: Group
    parts: tuple[Rule | Condition, ...]


Node = Rule | Condition


def all_of(*parts: Node) -> Rule:
    """Every part holds."""
    return Rule(Group.ALL, parts)


def any_of(*parts: Node) -> Rule:
    """At least one part holds."""
    return Rule(Group.ANY, parts)


def not_(part: Node) -> Rule:
    """The part doesn't hold."""
    return Rule(Group.NOT, (part,))


def conditions(node: Node) -> Iterator[Condition]:
    """All conditions of a rule, in reading order."""
    if isinstance(node, Condition):
        yield node
    else:
        for part in node.parts:
            yield from conditions(part)


def depth(node: Node) -> int:
    """How many groups stand one in another, 0 for a condition."""
    return 0 if isinstance(node, Condition) else 1 + max(map(depth, node.parts), default=0)
