"""Room `cores.eligibility`: one rule over the values of one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from wangge.cores.eligibility.days import months_before, on_day
from wangge.cores.eligibility.elements import Value
from wangge.cores.eligibility.rules import (
    AGES,
    FAILS,
    HOLDS,
    LISTS,
    MONTHS,
    OPEN,
    Condition,
    Group,
    Literal,
    Node,
    Operator,
    Relative,
)

Values = Mapping[str, Value | None]


def judge(node: Node, values: Values, on: dt.date) -> int:
    """FAILS, OPEN or HOLDS. `values` are fitted to their kinds; what is missing is None."""
    if isinstance(node, Condition):
        return judge_condition(node, values.get(node.element), on)
    answers = [judge(part, values, on) for part in node.parts]
    if node.group is Group.NOT:
        return HOLDS - answers[0]
    return min(answers) if node.group is Group.ALL else max(answers)


def judge_condition(condition: Condition, value: Value | None, on: dt.date) -> int:
    """FAILS, OPEN or HOLDS for one value."""
    operator = condition.operator
    if operator is Operator.KNOWN:
        return HOLDS if value is not None else FAILS
    if operator is Operator.UNKNOWN:
        return HOLDS if value is None else FAILS
    if value is None:
        return OPEN
    if operator in AGES | MONTHS:
        if not isinstance(value, dt.date) or value > on:
            # A day that is still to come can't be true: it settles nothing.
            return OPEN
        latest = since(condition, on)
        reached = latest is not None and value <= latest
        return _answer(reached == (operator in (Operator.AGE_GE, Operator.MONTHS_SINCE_GE)))
    if operator is Operator.WITHIN_DAYS:
        ends = isinstance(value, dt.date) and 0 <= (value - on).days <= whole(condition)
        return _answer(ends)
    if operator is Operator.STARTS_WITH:
        return _answer(str(value).startswith(str(condition.value)))
    wanted = [bound(literal, on) for literal in condition.values()]
    if operator in LISTS or operator in (Operator.EQ, Operator.NE):
        return _answer((value in wanted) == (operator in (Operator.EQ, Operator.IN)))
    return _answer(_ordered(operator, value, wanted[0]))


def since(condition: Condition, on: dt.date) -> dt.date | None:
    """The last day from which a condition's years or months have passed."""
    months = whole(condition) * (12 if condition.operator in AGES else 1)
    return months_before(on_day(on, condition.at), months)


def bound(literal: Literal, on: dt.date) -> Value:
    """A condition's value as it is compared on that day: numbers as float."""
    if literal is Relative.TODAY:
        return on
    if literal is Relative.THIS_YEAR:
        return float(on.year)
    if isinstance(literal, str | bool | dt.date):
        return literal
    return float(literal)


def whole(condition: Condition) -> int:
    """The count of years, months or days that a condition asks for."""
    if not isinstance(condition.value, int):
        raise ValueError(f"found {condition.value!r} in {condition}, expected a whole number")
    return condition.value


def _ordered(operator: Operator, value: Value, wanted: Value) -> bool:
    if operator is Operator.GE:
        return value >= wanted  # type: ignore[operator]
    if operator is Operator.LE:
        return value <= wanted  # type: ignore[operator]
    if operator is Operator.GT:
        return value > wanted  # type: ignore[operator]
    return value < wanted  # type: ignore[operator]


def _answer(holds: bool) -> int:
    return HOLDS if holds else FAILS
