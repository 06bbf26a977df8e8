"""Room `cores.eligibility`: why a person is offered a service, as facts and in words that anybody can check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wangge.cores.eligibility.elements import Element, Value, fitted
from wangge.cores.eligibility.judging import judge, judge_condition
from wangge.cores.eligibility.rules import HOLDS, OPEN, Condition, Group, Node, conditions
from wangge.cores.eligibility.sayings import say
from wangge.cores.eligibility.screening import OUTCOMES, Outcome
from wangge.cores.eligibility.versions import ProgrammeVersion, require_sound


class NotInForce(ValueError):
    """The rule is not in force on the day it was asked about."""


@dataclass(frozen=True)
class Fact:
    """One condition and what it rests on. `holds` is None where it can't be said; `value` None if none is held.

    `decides` is True for the facts that the outcome rests on: in an "any", those of the parts that hold.
    """

    element: str
    value: Value | None
    condition: Condition
    holds: bool | None
    decides: bool
    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """The fact in words."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Reasons:
    """The outcome for one person with every fact looked at; `missing` are the elements that would settle it."""

    programme: str
    on: dt.date
    outcome: Outcome
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]

    def text(self, language: str = "zh") -> str:
        """The facts that decide, in the rule's order, each said once."""
        said = dict.fromkeys(fact.text(language) for fact in self.facts if fact.decides)
        return ("；" if language.startswith("zh") else "; ").join(said)


def explain(row: Mapping[str, object], version: ProgrammeVersion, on: dt.date) -> Reasons:
    """The reasons for one person: `row` has the values by element; one that it lacks is missing.

    Raises RuleErrors for an unsound version, NotInForce outside its validity. The values in `facts` are
    the person's own: whoever shows them answers for the masks.
    """
    require_sound(version)
    if not version.in_force(on):
        raise NotInForce(
            f"the rule of '{version.code}' that begins on {version.first_day} is not in force on {on}"
        )
    held = {code: fitted(row.get(code), version.element(code).kind) for code in version.read()}
    values = {code: _or_absent(value, version.element(code)) for code, value in held.items()}
    answer = judge(version.rule, values, on)
    deciding = set(map(id, _deciding(version.rule, answer, values, on)))
    facts = []
    for condition in conditions(version.rule):
        element, value = version.element(condition.element), held[condition.element]
        holds = judge_condition(condition, values[condition.element], on)
        zh, en = (say(condition, element, value, holds, on, language) for language in ("zh", "en"))
        known = None if holds == OPEN else holds == HOLDS
        facts.append(Fact(element.code, value, condition, known, id(condition) in deciding, zh, en))
    missing = [fact.element for fact in facts if fact.decides and answer == OPEN]
    return Reasons(version.code, on, OUTCOMES[answer], tuple(facts), tuple(dict.fromkeys(missing)))


def _or_absent(value: Value | None, element: Element) -> Value | None:
    return value if value is not None or element.absent is None else fitted(element.absent, element.kind)


def _deciding(
    node: Node, answer: int, values: Mapping[str, Value | None], on: dt.date
) -> Iterator[Condition]:
    """The conditions that the answer of this part rests on: those which, alike, make it what it is."""
    if isinstance(node, Condition):
        yield node
        return
    for part in node.parts:
        inner = judge(part, values, on)
        if inner == (HOLDS - answer if node.group is Group.NOT else answer):
            yield from _deciding(part, inner, values, on)
