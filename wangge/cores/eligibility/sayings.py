"""Room `cores.eligibility`: one fact about a person as half a sentence, in Chinese or English.

What is said is the fact and not the verdict: "born 1950-03, aged 76, under 80".
"""

from __future__ import annotations

import datetime as dt

from wangge.cores.eligibility.days import age_on, months_between, on_day
from wangge.cores.eligibility.elements import Element, Kind, Value
from wangge.cores.eligibility.rules import (
    AGES,
    BARE,
    LISTS,
    MONTHS,
    OPEN,
    Condition,
    Literal,
    Operator,
    Relative,
)

_MORE = {
    ("zh", True): {"ge": "不低于", "le": "不高于", "gt": "高于", "lt": "低于"},
    ("zh", False): {"ge": "低于", "le": "高于", "gt": "不高于", "lt": "不低于"},
    ("en", True): {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"},
    ("en", False): {"ge": "less than", "le": "more than", "gt": "at most", "lt": "at least"},
}
_LATER = {
    ("zh", True): {"ge": "不早于", "le": "不晚于", "gt": "晚于", "lt": "早于"},
    ("zh", False): {"ge": "早于", "le": "晚于", "gt": "不晚于", "lt": "不早于"},
    ("en", True): {"ge": "not before", "le": "not after", "gt": "after", "lt": "before"},
    ("en", False): {"ge": "before", "le": "after", "gt": "not after", "lt": "not before"},
}


def say(
    condition: Condition, element: Element, value: Value | None, holds: int, on: dt.date, language: str
) -> str:
    """The fact that a condition rests on; `value` is None where none is held, whatever `element.absent` is."""
    language = "zh" if language.startswith("zh") else "en"
    operator = condition.operator
    if operator in BARE:
        return _held(element, value, language)
    if value is None:
        return _missing(element, holds, language)
    if element.kind is Kind.YES_NO and isinstance(value, bool):
        return yes_no(element, value, language)
    if isinstance(value, dt.date) and operator in AGES | MONTHS:
        if value > on:
            return f"{element.label(language)} {value:%Y-%m} " + (
                "尚未到" if language == "zh" else "is still to come"
            )
        return (_age if operator in AGES else _months)(condition, element, value, holds, on, language)
    return _compared(condition, element, value, holds, language)


def _held(element: Element, value: Value | None, language: str) -> str:
    key = "known" if value is not None else "unknown"
    if key in element.said:
        return _phrase(element, key, language)
    label = element.label(language)
    if language == "zh":
        return f"{'有' if value is not None else '没有'}{label}记录"
    return f"{label}: {'held' if value is not None else 'none held'}"


def _missing(element: Element, holds: int, language: str) -> str:
    if holds == OPEN:
        return (
            f"{element.label(language)}不详" if language == "zh" else f"{element.label(language)}: not known"
        )
    if isinstance(element.absent, bool):
        return yes_no(element, element.absent, language)
    return _held(element, None, language)


def yes_no(element: Element, value: bool, language: str) -> str:
    """A yes or a no as people say it, in `zh` or `en`: the element's own phrase where it has one."""
    key = "yes" if value else "no"
    if key in element.said:
        return _phrase(element, key, language)
    if value:  # 独居, not 独居：是
        return element.label(language)
    return f"{element.zh}：否" if language == "zh" else f"{element.en}: no"


def _age(
    condition: Condition, element: Element, birth: dt.date, holds: int, on: dt.date, language: str
) -> str:
    day = on_day(on, condition.at)
    age, limit = age_on(birth, day), condition.value
    below = age < limit if isinstance(limit, int) else False
    if language == "zh":
        until = f"到 {day.month} 月 {day.day} 日" if condition.at else ""
        said = f"{birth:%Y-%m} 出生，{until}满 {age} 岁"
        return said if holds else f"{said}，{f'未满 {limit} 岁' if below else f'已满 {limit} 岁'}"
    until = f" on {day.isoformat()}" if condition.at else ""
    said = f"born {birth:%Y-%m}, aged {age}{until}"
    return said if holds else f"{said}, {'under' if below else 'not under'} {limit}"


def _months(
    condition: Condition, element: Element, day: dt.date, holds: int, on: dt.date, language: str
) -> str:
    months, limit = months_between(day, on), condition.value
    below = months < limit if isinstance(limit, int) else False
    label = element.label(language)
    if language == "zh":
        said = f"{label}：{day}，已过 {months} 个月"
        return said if holds else f"{said}，{'不足' if below else '已满'} {limit} 个月"
    said = f"{label}: {day}, {months} months ago"
    return said if holds else f"{said}, {'less than' if below else 'not less than'} {limit}"


def _compared(condition: Condition, element: Element, value: Value, holds: int, language: str) -> str:
    zh, operator = language == "zh", condition.operator
    said = f"{element.label(language)}{'：' if zh else ': '}{_shown(value, element, language)}"
    if operator is Operator.WITHIN_DAYS:
        if zh:
            return f"{said}，{'在' if holds else '不在'} {condition.value} 日之内"
        return f"{said}, {'within' if holds else 'not within'} {condition.value} days"
    wanted = [_spaced(_shown(literal, element, language), zh) for literal in condition.values()]
    if operator is Operator.STARTS_WITH:
        belongs = ("属于" if holds else "不属于") if zh else ("under" if holds else "not under")
        return f"{said}，{belongs}{wanted[0]}" if zh else f"{said}, {belongs} {wanted[0]}"
    if operator in (Operator.EQ, Operator.NE) or operator in LISTS:
        if holds or operator in (Operator.NE, Operator.NOT_IN):
            return said
        return f"{said}，不是{'、'.join(wanted)}" if zh else f"{said}, not {' or '.join(wanted)}"
    words = (_LATER if element.kind is Kind.DATE else _MORE)[language, bool(holds)][operator.value]
    return f"{said}，{words}{wanted[0]}" if zh else f"{said}, {words} {wanted[0]}"


def _shown(value: Value | Literal, element: Element, language: str) -> str:
    """A value by its label, a whole number without a decimal point."""
    if value is Relative.TODAY:
        return "办理之日" if language == "zh" else "the day of screening"
    if value is Relative.THIS_YEAR:
        return "本年" if language == "zh" else "this year"
    text = f"{value:g}" if isinstance(value, float) and value != int(value) else str(value)
    text = str(int(value)) if isinstance(value, float) and value == int(value) else text
    for code, zh, en in element.choices:
        if code == text:
            return zh if language == "zh" else en
    return text


def _spaced(text: str, zh: bool) -> str:
    """Figures and Latin words stand off from the Han word before them."""
    return f" {text}" if zh and text.isascii() else text


def _phrase(element: Element, key: str, language: str) -> str:
    return element.said[key][0 if language == "zh" else 1]
