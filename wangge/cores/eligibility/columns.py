"""Room `cores.eligibility`: one rule over columns of values, a million people at once.

It gives the same answers as `judging` does for each person; a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wangge.cores.eligibility.elements import NUMBERS, TEXTS, Element, Kind, fitted
from wangge.cores.eligibility.judging import bound, since, whole
from wangge.cores.eligibility.rules import (
    AGES,
    FAILS,
    HOLDS,
    MONTHS,
    OPEN,
    Condition,
    Group,
    Node,
    Operator,
)

Answers = np.ndarray
"""FAILS, OPEN or HOLDS for each person (int8)."""
Column = Any
"""A pyarrow Array or ChunkedArray."""

_TYPES = {Kind.DATE: pa.date32(), Kind.YES_NO: pa.bool_(), Kind.TEXT: pa.string(), Kind.CHOICE: pa.string()}
_COMPARE = {
    Operator.EQ: pc.equal,
    Operator.NE: pc.not_equal,
    Operator.GE: pc.greater_equal,
    Operator.LE: pc.less_equal,
    Operator.GT: pc.greater,
    Operator.LT: pc.less,
}


def fitted_column(values: Column, element: Element) -> Column:
    """A column as its element's kind, null where a value is missing or can't be one; then `absent` for null."""
    column = _quickly(values, element.kind)
    if column is None:
        kind = _TYPES.get(element.kind, pa.float64())
        column = pa.array([fitted(value, element.kind) for value in values.to_pylist()], kind)
    if element.absent is None:
        return column
    return pc.fill_null(column, pa.scalar(fitted(element.absent, element.kind), column.type))


def _quickly(values: Column, kind: Kind) -> Column | None:
    """The columns that need no look at single values; None for the others."""
    found = values.type
    if kind in NUMBERS and (pa.types.is_integer(found) or pa.types.is_floating(found)):
        numbers = pc.cast(values, pa.float64(), safe=False)
        return pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
    if kind is Kind.DATE and pa.types.is_date32(found):
        return values
    if kind is Kind.YES_NO and pa.types.is_boolean(found):
        return values
    if kind in TEXTS and pa.types.is_dictionary(found):
        return _quickly(pc.cast(values, found.value_type), kind)
    if kind in TEXTS and (pa.types.is_string(found) or pa.types.is_large_string(found)):
        return pc.if_else(pc.equal(values, ""), pa.scalar(None, found), values)
    if kind in TEXTS and pa.types.is_integer(found):
        return pc.cast(values, pa.string())
    return None


class Judgement:
    """A rule over the columns of many people: every part's answers, and from them who needs what settled."""

    def __init__(self, rule: Node, columns: Mapping[str, Column], on: dt.date) -> None:
        self.columns, self.on = columns, on
        self._known: dict[int, Answers] = {}
        self.rule = rule
        self.answers = self._judge(rule)

    def missing(self) -> dict[str, np.ndarray]:
        """For each element whether it is among those that would settle the person's open answer (bool)."""
        found: dict[str, np.ndarray] = {}
        self._collect(self.rule, self.answers == OPEN, found)
        return found

    def _judge(self, node: Node) -> Answers:
        if isinstance(node, Condition):
            answers = judge_column(node, self.columns[node.element], self.on)
        else:
            parts = [self._judge(part) for part in node.parts]
            if node.group is Group.NOT:
                answers = HOLDS - parts[0]
            else:
                answers = (np.minimum if node.group is Group.ALL else np.maximum).reduce(parts)
        self._known[id(node)] = answers
        return answers

    def _collect(self, node: Node, asked: np.ndarray, found: dict[str, np.ndarray]) -> None:
        """Down the tree, only through parts that are open themselves: the others can't change the answer."""
        if isinstance(node, Condition):
            found[node.element] = found[node.element] | asked if node.element in found else asked
            return
        for part in node.parts:
            self._collect(part, asked & (self._known[id(part)] == OPEN), found)


def judge_column(condition: Condition, values: Column, on: dt.date) -> Answers:
    """FAILS, OPEN or HOLDS for each value of a fitted column."""
    operator = condition.operator
    if operator is Operator.KNOWN:
        return _answers(pc.is_valid(values))
    if operator is Operator.UNKNOWN:
        return _answers(pc.is_null(values))
    if operator in AGES | MONTHS:
        return _since(condition, values, on)
    if operator is Operator.WITHIN_DAYS:
        last = dt.date.fromordinal(min(on.toordinal() + whole(condition), dt.date.max.toordinal()))
        after = pc.greater_equal(values, pa.scalar(on))
        return _answers(pc.and_(after, pc.less_equal(values, pa.scalar(last))))
    if operator is Operator.STARTS_WITH:
        return _answers(pc.starts_with(values, str(condition.value)))
    wanted = [pa.scalar(bound(literal, on), values.type) for literal in condition.values()]
    if operator in _COMPARE:
        return _answers(_COMPARE[operator](values, wanted[0]))
    among = pc.is_in(values, pa.array([value.as_py() for value in wanted], values.type))
    among = pc.invert(among) if operator is Operator.NOT_IN else among
    return _answers(pc.if_else(pc.is_valid(values), among, pa.scalar(None, pa.bool_())))


def _since(condition: Condition, values: Column, on: dt.date) -> Answers:
    latest = since(condition, on)
    never = pc.less(values, pa.scalar(dt.date.min))
    reached = never if latest is None else pc.less_equal(values, pa.scalar(latest))
    if condition.operator in (Operator.AGE_LT, Operator.MONTHS_SINCE_LT):
        reached = pc.invert(reached)
    to_come = pc.greater(values, pa.scalar(on))
    return _answers(pc.if_else(to_come, pa.scalar(None, pa.bool_()), reached))


def _answers(holds: Any) -> Answers:
    """Arrow's true, false and null as HOLDS, FAILS and OPEN."""
    if isinstance(holds, pa.ChunkedArray):
        holds = holds.combine_chunks()
    answers = np.where(pc.fill_null(holds, False).to_numpy(zero_copy_only=False), HOLDS, FAILS).astype(
        np.int8
    )
    answers[pc.is_null(holds).to_numpy(zero_copy_only=False)] = OPEN
    return answers
