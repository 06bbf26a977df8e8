"""A rule in words that anybody can read: what stands in the public register and on a resident's screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wangge.cores.eligibility.elements import Element
from wangge.cores.eligibility.rules import Condition, Group, Literal, Node, Operator, Relative, Rule
from wangge.cores.eligibility.sayings import yes_no

Pair = tuple[str, str]

_COMPARED = {
    Operator.EQ: ("{e}为{v}", "{e} is {v}"),
    Operator.NE: ("{e}不是{v}", "{e} is not {v}"),
    Operator.IN: ("{e}为{v}", "{e} is {v}"),
    Operator.NOT_IN: ("{e}不是{v}", "{e} is not {v}"),
    Operator.GE: ("{e}不低于{v}", "{e} is at least {v}"),
    Operator.LE: ("{e}不高于{v}", "{e} is at most {v}"),
    Operator.GT: ("{e}高于{v}", "{e} is more than {v}"),
    Operator.LT: ("{e}低于{v}", "{e} is less than {v}"),
    Operator.STARTS_WITH: ("{e}属于{v}", "{e} begins with {v}"),
    Operator.AGE_GE: ("{at}年满{v}周岁", "aged {v} or more{at}"),
    Operator.AGE_LT: ("{at}不满{v}周岁", "aged under {v}{at}"),
    Operator.MONTHS_SINCE_GE: ("距{e}已满{v}个月", "{e} was {v} months ago or more"),
    Operator.MONTHS_SINCE_LT: ("距{e}不满{v}个月", "{e} was less than {v} months ago"),
    Operator.WITHIN_DAYS: ("{e}在{v}日之内", "{e} is within {v} days"),
    Operator.KNOWN: ("有{e}记录", "{e} is on record"),
    Operator.UNKNOWN: ("没有{e}记录", "no {e} on record"),
}
_DATED = {
    Operator.GE: ("{e}不早于{v}", "{e} is not before {v}"),
    Operator.LE: ("{e}不晚于{v}", "{e} is not after {v}"),
    Operator.GT: ("{e}晚于{v}", "{e} is after {v}"),
    Operator.LT: ("{e}早于{v}", "{e} is before {v}"),
}
_RELATIVE = {Relative.TODAY: ("办理之日", "the day of screening"), Relative.THIS_YEAR: ("本年", "this year")}
BIRTH = "birth_date"


def in_words(rule: Node, elements: Mapping[str, Element]) -> list[Pair]:
    """One sentence (Chinese, English) for each part of the rule that must hold by itself."""
    parts = rule.parts if isinstance(rule, Rule) and rule.group is Group.ALL else (rule,)
    return [_said(part, elements) for part in parts]


def _said(node: Node, elements: Mapping[str, Element]) -> Pair:
    if isinstance(node, Condition):
        return condition_in_words(node, elements[node.element])
    said = [_said(part, elements) for part in node.parts]
    inner = [
        (f"（{zh}）", f"({en})") if isinstance(part, Rule) and part.group is not Group.NOT else (zh, en)
        for part, (zh, en) in zip(node.parts, said, strict=True)
    ]
    if node.group is Group.NOT:
        zh, en = said[0]
        return f"不属于：{zh}", f"not: {en}"
    joints = ("，并且", " and ") if node.group is Group.ALL else ("，或者", " or ")
    return joints[0].join(zh for zh, _ in inner), joints[1].join(en for _, en in inner)


def condition_in_words(condition: Condition, element: Element) -> Pair:
    """One condition, as half a sentence in each language."""
    if condition.operator in (Operator.EQ, Operator.NE) and isinstance(condition.value, bool):
        value = condition.value is (condition.operator is Operator.EQ)
        return yes_no(element, value, "zh"), yes_no(element, value, "en")
    dated = any(isinstance(v, date) or v is Relative.TODAY for v in condition.values())
    form = (_DATED if dated else {}).get(condition.operator) or _COMPARED[condition.operator]
    at, zh_at, en_at = condition.at, "", ""
    if at:
        zh_at, en_at = f"到{at[0]}月{at[1]}日", f" on {at[0]:02d}-{at[1]:02d}"
    of_other = condition.operator in (Operator.AGE_GE, Operator.AGE_LT) and condition.element != BIRTH
    values = [_value(v, element) for v in condition.values()]
    zh = form[0].format(e=element.zh, v="、".join(v for v, _ in values), at=zh_at)
    en = form[1].format(e=element.en, v=" or ".join(v for _, v in values), at=en_at)
    return (f"{element.zh}：{zh}", f"{element.en}: {en}") if of_other else (zh, en)


def _value(value: Literal, element: Element) -> Pair:
    if isinstance(value, Relative):
        return _RELATIVE[value]
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    for code, zh, en in element.choices:
        if code == str(value):
            return zh, en
    return str(value), str(value)
