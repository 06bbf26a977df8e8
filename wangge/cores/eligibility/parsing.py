"""Room `cores.eligibility`: what an officer types into one box of a sheet becomes a condition or a rule.

    age >= 80                  age(child_birth) on 08-31 >= 6       disability_level in 1, 2
    receiving = no             months since last_visit >= 6         certificate_valid_to >= today
    school unknown             division starts with 420502          insured_year != this year
    a = yes and not (b = yes or c unknown)

Chinese signs and the words 且 或 非 属于 不属于 已知 未知 是 否 今天 今年 are read too. Nothing is ever run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from wangge.cores.eligibility import words
from wangge.cores.eligibility.elements import NUMBERS, TEXTS, Element, Kind
from wangge.cores.eligibility.rules import Condition, Group, Literal, Node, Operator, Relative, Rule
from wangge.cores.eligibility.words import BIRTH_DATE, ConditionError, Token
from wangge.cores.messages.said import Message, said
from wangge.cores.tables.table import nearest

_SIGNS = {
    "=": Operator.EQ,
    "!=": Operator.NE,
    ">=": Operator.GE,
    "<=": Operator.LE,
    ">": Operator.GT,
    "<": Operator.LT,
}
_DAY = re.compile(r"^(\d{1,2})(?:-|月)(\d{1,2})日?$")
_COUNT = re.compile(r"^(\d{1,5})(岁|周岁|个月|天|日)?$", re.ASCII)
DEEPEST = 20

Elements = Mapping[str, Element]


def parse_condition(
    text: str, *, elements: Elements | None = None, aliases: Mapping[str, str] | None = None
) -> Condition:
    """One condition. Raises ConditionError saying at which character what was expected.

    With `elements` (by code) names must be among them and values are taken as their kind (`1` is a text
    for a text element, a choice may be given by its label). `aliases` maps other words to element codes, or
    to `age`.
    """
    parser = _Parser(text, elements, aliases or {})
    condition = parser.condition()
    parser.end()
    return condition


def parse_rule(
    text: str, *, elements: Elements | None = None, aliases: Mapping[str, str] | None = None
) -> Node:
    """A condition, or several joined by `and` (also `;` and line breaks), `or`, `not (…)` and brackets.

    `and` binds more closely than `or`. Raises ConditionError.
    """
    parser = _Parser(text, elements, aliases or {})
    rule = parser.any()
    parser.end()
    return rule


class _Parser:
    """Recursive descent over the words of one text."""

    def __init__(self, text: str, elements: Elements | None, aliases: Mapping[str, str]) -> None:
        self.text, self.elements, self.aliases = text, elements, aliases
        self.tokens = words.tokens(text)
        while self.tokens and self.tokens[-1].kind == "and":
            self.tokens.pop()
        self.index = 0
        self.depth = 0

    # Groups

    def any(self) -> Node:
        return self._joined(Group.ANY, self.all, words.OR, "")

    def all(self) -> Node:
        return self._joined(Group.ALL, self.one, words.AND, "and")

    def _joined(self, group: Group, part: Callable[[], Node], joint: frozenset[str], kind: str) -> Node:
        parts = [part()]
        while self._accept(joint) or (kind and self._accept_kind(kind)):
            while kind and self._accept_kind(kind):
                pass
            parts.append(part())
        return parts[0] if len(parts) == 1 else Rule(group, tuple(parts))

    def one(self) -> Node:
        if self._accept(words.NOT):
            if self._peek("open") is None:
                raise self._error(said("a bracket behind 'not'"))
            return Rule(Group.NOT, (self._bracketed(),))
        return self._bracketed() if self._peek("open") else self.condition()

    def _bracketed(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(said("at most %(most)s brackets one in another", most=DEEPEST))
        self._take("open", said("a bracket"))
        rule = self.any()
        self._take("close", said("a closing bracket"))
        self.depth -= 1
        return rule

    # Conditions

    def condition(self) -> Condition:
        word = self._take("word", said("the name of an element"))
        name = self.aliases.get(word.text, word.text).casefold()
        if name == "age":
            return self._age()
        if name == "months":
            return self._months()
        return self._question(self._element(word))

    def _age(self) -> Condition:
        element = BIRTH_DATE
        if self._accept_kind("open"):
            element = self._element(self._take("word", said("an element with a date of birth")))
            self._take("close", said("a closing bracket"))
        elif self.elements is not None and BIRTH_DATE not in self.elements:
            raise self._error(
                said("the element of birth in brackets, for %(element)s is not declared", element=BIRTH_DATE),
                back=1,
            )
        at = None
        if self._accept({"on"}):
            token = self._take("word", said("a day such as 08-31"))
            match = _DAY.match(token.text)
            at = (int(match[1]), int(match[2])) if match else None
            if at is None or not _is_day(at):
                raise self._error(said("a day such as 08-31 that every year has"), back=1)
        return self._counted(element, Operator.AGE_GE, Operator.AGE_LT, {"years", "year", "岁", "周岁"}, at)

    def _months(self) -> Condition:
        if not self._accept({"since"}):
            raise self._error(said("'since' and an element with a date"))
        element = self._element(self._take("word", said("an element with a date")))
        return self._counted(
            element, Operator.MONTHS_SINCE_GE, Operator.MONTHS_SINCE_LT, {"months", "month", "个月"}
        )

    def _counted(
        self, element: str, ge: Operator, lt: Operator, units: set[str], at: tuple[int, int] | None = None
    ) -> Condition:
        sign = words.SIGNS[self._take("sign", said("one of >= < > <=")).text]
        if sign not in (">=", "<", ">", "<="):
            raise self._error(said("one of >= < > <="), back=1)
        count = self._count()
        self._accept(units)
        # Whole years and months: more than 79 is at least 80.
        count += sign in (">", "<=")
        return Condition(element, ge if sign in (">=", ">") else lt, count, at)

    def _question(self, element: str) -> Condition:
        self._accept({"is"})
        if self._accept(words.KNOWN):
            return Condition(element, Operator.KNOWN)
        if self._accept(words.UNKNOWN):
            return Condition(element, Operator.UNKNOWN)
        if self._accept(words.NOT_IN):
            return Condition(element, Operator.NOT_IN, self._list(element))
        if self._accept({"not"}):
            if not self._accept(words.IN):
                raise self._error(said("'in' behind 'not'"))
            return Condition(element, Operator.NOT_IN, self._list(element))
        if self._accept(words.IN):
            return Condition(element, Operator.IN, self._list(element))
        if self._accept({"starts"}):
            if not self._accept({"with"}):
                raise self._error(said("'with' behind 'starts'"))
            return Condition(element, Operator.STARTS_WITH, self._text_value())
        if self._accept({"within"}):
            days = self._count()
            self._accept({"days", "day", "天", "日"})
            return Condition(element, Operator.WITHIN_DAYS, days)
        expected = said("one of = != >= <= > < in, not in, known, unknown, starts with, within")
        sign = self._take("sign", expected)
        return Condition(element, _SIGNS[words.SIGNS[sign.text]], self._value(element))

    # Values

    def _list(self, element: str) -> tuple[Literal, ...]:
        bracket = self._accept_kind("open")
        values = [self._value(element)]
        while self._accept_kind("comma"):
            values.append(self._value(element))
        if bracket:
            self._take("close", said("a closing bracket"))
        return tuple(values)

    def _value(self, element: str) -> Literal:
        token = self._next(said("a value"))
        if token.kind not in ("word", "quoted") or (
            token.kind == "word" and token.folded in words.AND | words.OR
        ):
            raise self._error(said("a value"), back=1)
        declared = None if self.elements is None else self.elements[element]
        if token.kind == "word" and token.folded == "this" and self._accept({"year"}):
            value: Literal = Relative.THIS_YEAR
        else:
            value = token.text if token.kind == "quoted" else words.literal(token.text)
        return value if declared is None else self._fitted(value, token, declared)

    def _fitted(self, value: Literal, token: Token, element: Element) -> Literal:
        """The value as the element's kind has it."""
        for code, zh, en in element.choices:
            if token.folded in (code.casefold(), zh.casefold(), en.casefold()):
                return code if element.kind in TEXTS else int(code)
        if element.choices:
            near = nearest(token.text, [label for choice in element.choices for label in choice])
            allowed = ", ".join(f"{code} ({zh})" for code, zh, _ in element.choices)
            raise self._error(_or_near(said("one of %(allowed)s", allowed=allowed), near), at=token)
        if element.kind in TEXTS:
            return token.text
        if element.kind is Kind.YES_NO and not isinstance(value, bool):
            raise self._error(said("yes or no"), at=token)
        if element.kind is Kind.DATE and not isinstance(value, dt.date) and value is not Relative.TODAY:
            raise self._error(said("a date such as 2026-09-01, or today"), at=token)
        if element.kind in NUMBERS and value is not Relative.THIS_YEAR:
            number = isinstance(value, int | Decimal) and not isinstance(value, bool)
            if not number or (element.kind is Kind.WHOLE and not isinstance(value, int)):
                raise self._error(
                    said("a whole number") if element.kind is Kind.WHOLE else said("a number"), at=token
                )
        return value

    def _text_value(self) -> str:
        token = self._next(said("a text"))
        if token.kind not in ("word", "quoted"):
            raise self._error(said("a text"), back=1)
        return token.text

    def _count(self) -> int:
        token = self._take("word", said("a whole number"))
        match = _COUNT.match(token.text)
        if not match:
            raise self._error(said("a whole number"), back=1)
        return int(match[1])

    def _element(self, token: Token) -> str:
        name = self.aliases.get(token.text, token.text)
        if name.casefold() in words.RESERVED:
            raise self._error(said("the name of an element"), at=token)
        if self.elements is not None and name not in self.elements:
            near = nearest(name, [*self.elements, *self.aliases])
            expected = said("one of the declared elements (%(names)s)", names=", ".join(self.elements))
            raise self._error(_or_near(expected, near), at=token)
        return name

    # Words

    def _peek(self, kind: str) -> Token | None:
        token = self.tokens[self.index] if self.index < len(self.tokens) else None
        return token if token is not None and token.kind == kind else None

    def _accept(self, accepted: frozenset[str] | set[str]) -> bool:
        token = self._peek("word")
        if token is None or token.folded not in accepted:
            return False
        self.index += 1
        return True

    def _accept_kind(self, kind: str) -> bool:
        if self._peek(kind) is None:
            return False
        self.index += 1
        return True

    def _next(self, expected: str) -> Token:
        if self.index >= len(self.tokens):
            raise self._error(expected)
        self.index += 1
        return self.tokens[self.index - 1]

    def _take(self, kind: str, expected: str) -> Token:
        if self._peek(kind) is None:
            raise self._error(expected)
        return self._next(expected)

    def end(self) -> None:
        """Raise ConditionError unless all words are used."""
        if self.index < len(self.tokens):
            raise self._error(said("the end, or 'and' or 'or' between conditions"))

    def _error(self, expected: str, *, back: int = 0, at: Token | None = None) -> ConditionError:
        index = self.index - back
        token = at or (self.tokens[index] if index < len(self.tokens) else None)
        if token is None:
            return ConditionError(self.text, len(self.text), "", expected)
        return ConditionError(self.text, token.offset, token.text, expected)


def _or_near(expected: Message, near: str | None) -> Message:
    return said("%(what)s; did you mean '%(near)s'?", what=expected, near=near) if near else expected


def _is_day(at: tuple[int, int]) -> bool:
    try:
        dt.date(2001, *at)
    except ValueError:
        return False
    return True
