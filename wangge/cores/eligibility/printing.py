"""Room `cores.eligibility`: rules as text, in the form that `parsing` reads back to the same rule."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from wangge.cores.eligibility.rules import (
    AGES,
    BARE,
    MONTHS,
    Condition,
    Group,
    Literal,
    Node,
    Operator,
    Relative,
)
from wangge.cores.eligibility.words import BIRTH_DATE, PLAIN_WORD, is_spoken_for

SIGNS = {
    Operator.EQ: "=",
    Operator.NE: "!=",
    Operator.GE: ">=",
    Operator.LE: "<=",
    Operator.GT: ">",
    Operator.LT: "<",
    Operator.IN: "in",
    Operator.NOT_IN: "not in",
    Operator.STARTS_WITH: "starts with",
    Operator.AGE_GE: ">=",
    Operator.AGE_LT: "<",
    Operator.MONTHS_SINCE_GE: ">=",
    Operator.MONTHS_SINCE_LT: "<",
}


def condition_text(condition: Condition, aliases: Mapping[str, str] | None = None) -> str:
    """One condition as an officer would type it; with `aliases` (word → element) in their words."""
    names = {element: word for word, element in (aliases or {}).items()}
    name = names.get(condition.element, condition.element)
    operator = condition.operator
    if operator in BARE:
        return f"{name} {operator}"
    if operator is Operator.WITHIN_DAYS:
        return f"{name} within {condition.value} days"
    if operator in AGES:
        age = names.get("age", "age") + ("" if condition.element == BIRTH_DATE else f"({name})")
        day = f" on {condition.at[0]:02d}-{condition.at[1]:02d}" if condition.at else ""
        return f"{age}{day} {SIGNS[operator]} {condition.value}"
    if operator in MONTHS:
        return f"months since {name} {SIGNS[operator]} {condition.value}"
    return f"{name} {SIGNS[operator]} {', '.join(map(literal_text, condition.values()))}"


def rule_text(node: Node, aliases: Mapping[str, str] | None = None) -> str:
    """A whole rule: groups of `and`, `or` and `not (…)`, each group but the outermost in brackets."""
    return _text(node, aliases, outermost=True)


def _text(node: Node, aliases: Mapping[str, str] | None, *, outermost: bool = False) -> str:
    if isinstance(node, Condition):
        return condition_text(node, aliases)
    if node.group is Group.NOT:
        return f"not ({_text(node.parts[0], aliases, outermost=True)})"
    word = " and " if node.group is Group.ALL else " or "
    text = word.join(_text(part, aliases) for part in node.parts)
    return text if outermost else f"({text})"


def literal_text(value: Literal) -> str:
    """One value; a text that would be read as something else stands between quotes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Relative):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        plain = re.fullmatch(PLAIN_WORD, value) and not is_spoken_for(value)
        doubled = value.replace('"', '""')
        return value if plain else f'"{doubled}"'
    return format(value, "f") if not isinstance(value, int) else str(value)
