"""Room `cores.eligibility`: a programme's dated rule with all that it may read, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from wangge.cores.eligibility.elements import NUMBERS, Element, Kind
from wangge.cores.eligibility.printing import condition_text
from wangge.cores.eligibility.rules import (
    BARE,
    COUNTS,
    LISTS,
    ORDER,
    Condition,
    Group,
    Literal,
    Node,
    Operator,
    Relative,
    conditions,
    depth,
)
from wangge.cores.messages.said import said
from wangge.cores.tables.table import nearest

DEEPEST = 20


@dataclass(frozen=True)
class ProgrammeVersion:
    """A programme's rule from `first_day` to `last_day`, both included; None: until a later version."""

    code: str
    rule: Node
    elements: tuple[Element, ...]
    first_day: dt.date
    last_day: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether the rule may be applied on that day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)

    def element(self, code: str) -> Element:
        """One declared element. Raises KeyError."""
        return self._declared[code]

    def read(self) -> tuple[str, ...]:
        """The codes of the elements that the rule really reads, in the order of its conditions."""
        return self._read

    @cached_property
    def _declared(self) -> dict[str, Element]:
        return {element.code: element for element in self.elements}

    @cached_property
    def _read(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(condition.element for condition in conditions(self.rule)))

    @cached_property
    def problems(self) -> tuple[RuleProblem, ...]:
        """What `check` says, looked for once."""
        return check(self)


@dataclass(frozen=True)
class RuleProblem:
    """One thing wrong with a version: a stable code, where (the condition's text), and a sentence."""

    code: str
    element: str | None
    condition: str | None
    message: str

    def sentence(self) -> str:
        """Where and what."""
        if self.condition is None:
            return self.message
        return said("'%(condition)s': %(what)s", condition=self.condition, what=self.message)

    def __str__(self) -> str:
        return str(self.sentence())


class RuleErrors(ValueError):
    """A version that can't be used; `problems` says why."""

    def __init__(self, code: str, problems: tuple[RuleProblem, ...]) -> None:
        self.problems = problems
        super().__init__(f"the rule of '{code}' can't be used: {'; '.join(map(str, problems))}")


def check(version: ProgrammeVersion) -> tuple[RuleProblem, ...]:
    """Everything wrong with a version, () when it may be used."""
    return (*_of_version(version), *_of_groups(version.rule), *_of_conditions(version))


def require_sound(version: ProgrammeVersion) -> None:
    """Raise RuleErrors unless the version may be used."""
    if version.problems:
        raise RuleErrors(version.code, version.problems)


def _of_version(version: ProgrammeVersion) -> Iterator[RuleProblem]:
    if version.last_day is not None and version.last_day < version.first_day:
        message = said(
            "the rule ends on %(last)s, before it begins on %(first)s",
            last=version.last_day,
            first=version.first_day,
        )
        yield RuleProblem("no_validity", None, None, message)
    codes = [element.code for element in version.elements]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        yield RuleProblem(
            "declared_twice", code, None, said("the element '%(code)s' is declared twice", code=code)
        )
    if depth(version.rule) > DEEPEST:
        yield RuleProblem(
            "too_deep", None, None, said("more than %(most)s groups stand one in another", most=DEEPEST)
        )


def _of_groups(node: Node) -> Iterator[RuleProblem]:
    """An empty "all" would offer the service to everybody."""
    if isinstance(node, Condition):
        return
    if not node.parts or (node.group is Group.NOT and len(node.parts) != 1):
        expected = said("exactly one part") if node.group is Group.NOT else said("at least one part")
        message = said(
            "'%(group)s' has %(count)s, expected %(expected)s",
            group=str(node.group),
            count=len(node.parts),
            expected=expected,
        )
        yield RuleProblem("empty_group", None, None, message)
    for part in node.parts:
        yield from _of_groups(part)


def _of_conditions(version: ProgrammeVersion) -> Iterator[RuleProblem]:
    declared = {element.code: element for element in version.elements}
    for condition in conditions(version.rule):
        text = condition_text(condition)
        element = declared.get(condition.element)
        if element is None:
            near = nearest(condition.element, declared)
            message = said(
                "the element '%(element)s' is not declared by the programme", element=condition.element
            )
            if near:
                message = said("%(what)s; did you mean '%(near)s'?", what=message, near=near)
            yield RuleProblem("undeclared_element", condition.element, text, message)
        elif condition.operator not in operators(element.kind):
            message = said(
                "'%(operator)s' can't be asked of %(element)s, which is of the kind %(kind)s",
                operator=str(condition.operator),
                element=element.code,
                kind=str(element.kind),
            )
            yield RuleProblem("wrong_operator", element.code, text, message)
        elif condition.operator in BARE and element.absent is not None:
            message = said(
                "'%(operator)s' can't be asked of %(element)s: what is not held has a value there",
                operator=str(condition.operator),
                element=element.code,
            )
            yield RuleProblem("wrong_operator", element.code, text, message)
        elif expected := wrong_value(condition, element):
            yield RuleProblem(
                "wrong_value", element.code, text, said("expected %(expected)s", expected=expected)
            )


def operators(kind: Kind) -> frozenset[Operator]:
    """What may be asked of a kind of element."""
    same = BARE | {Operator.EQ, Operator.NE}
    if kind is Kind.YES_NO:
        return same
    if kind in NUMBERS:
        return same | LISTS | ORDER
    if kind is Kind.DATE:
        return same | LISTS | ORDER | COUNTS
    return same | LISTS | {Operator.STARTS_WITH}


def wrong_value(condition: Condition, element: Element) -> str | None:
    """What was expected instead of the condition's value, None when it is right."""
    values = condition.values()
    if condition.operator in BARE:
        return said("no value") if values else None
    if not values or isinstance(condition.value, tuple) != (condition.operator in LISTS):
        return said("one value") if condition.operator not in LISTS else said("a list of values")
    if condition.operator in COUNTS:
        return _wrong_count(condition)
    expected = _expected(element)
    return None if all(_fits(value, element) for value in values) else expected


def _wrong_count(condition: Condition) -> str | None:
    count = condition.value
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= 40_000:
        return said("a whole number from 0 to 40,000")
    if condition.at is not None:
        try:
            dt.date(2001, *condition.at)
        except (ValueError, TypeError):
            return said("a month and day that every year has")
    return None


def _expected(element: Element) -> str:
    if element.choices:
        allowed = ", ".join(f"{code} ({zh})" for code, zh, _ in element.choices)
        return said("one of %(allowed)s", allowed=allowed)
    return {
        Kind.YES_NO: said("yes or no"),
        Kind.DATE: said("a date such as 2026-09-01, or today"),
        Kind.WHOLE: said("a whole number, or this year"),
        Kind.DECIMAL: said("a number"),
    }.get(element.kind, said("a text"))


def _fits(value: Literal, element: Element) -> bool:
    if element.kind is Kind.YES_NO:
        return isinstance(value, bool)
    if element.kind is Kind.DATE:
        return value is Relative.TODAY or isinstance(value, dt.date)
    codes = {code for code, _, _ in element.choices}
    if element.kind in NUMBERS:
        if value is Relative.THIS_YEAR:
            return True
        number = not isinstance(value, bool | str | dt.date | Relative)
        whole = element.kind is not Kind.WHOLE or isinstance(value, int)
        return number and whole and (not codes or str(value) in codes)
    return isinstance(value, str) and (not codes or value in codes)
