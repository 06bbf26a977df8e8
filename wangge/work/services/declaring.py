"""From a version as it is stored to a rule that can be screened, and which version stands on a day.

A rule reads only the elements that its programme declares. What it means not to be in a department's complete list is the
feed's to say (``hub``), not the programme's; a rule that asks whether an element is known at all takes it as it is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from wangge.cores.eligibility.elements import Element, Kind, fitted
from wangge.cores.eligibility.parsing import parse_condition, parse_rule
from wangge.cores.eligibility.rules import BARE, Condition, Node, Operator, conditions
from wangge.cores.eligibility.versions import ProgrammeVersion
from wangge.platform.elements import registry
from wangge.work.services.models import Version

IDENTITY = ("name",)
"""What every programme may read beside its declared elements: whom it is about."""
TELLING = "phone"
"""Declared, it is used to tell the person; it is never asked for at a door."""
KINDS = {kind.value: kind for kind in Kind}


def elements_of(codes: Iterable[str], absent: Mapping[str, str] | None = None) -> dict[str, Element]:
    """Registered elements as rules know them. Raises ``UnknownElement``."""
    found = {}
    for code in codes:
        one = registry.element(code)
        kind = KINDS[one.kind]
        held = (absent or {}).get(code)
        found[code] = Element(
            code, kind, one.zh, one.en, one.choices, None if held is None else fitted(held, kind), one.said
        )
    return found


def aliases_of(elements: Mapping[str, Element]) -> dict[str, str]:
    """Words that may stand for an element in a rule: its Chinese label, and 年龄 for the age."""
    return {one.zh: code for code, one in elements.items() if " " not in one.zh} | {"年龄": "age"}


def rule_of(text: str, elements: Mapping[str, Element]) -> Node:
    """A stored rule, read. Raises ``ConditionError``."""
    return parse_rule(text, elements=elements, aliases=aliases_of(elements))


def ask_of(text: str, elements: Mapping[str, Element]) -> Condition:
    """What must hold before the service can be given: a condition, or a bare element (held; for a yes/no: yes)."""
    code = aliases_of(elements).get(text, text)
    if code not in elements:
        return parse_condition(text, elements=elements, aliases=aliases_of(elements))
    yes = elements[code].kind is Kind.YES_NO
    return Condition(code, Operator.EQ if yes else Operator.KNOWN, True if yes else None)


def asks_of(version: Version) -> list[Condition]:
    """The asks of a stored version."""
    elements = elements_of(version.elements)
    return [ask_of(text, elements) for text in version.asks]


def screenable(
    version: Version, *, last: date | None = None, absent: Mapping[str, str] | None = None
) -> ProgrammeVersion:
    """A stored version as the core screens it; ``last`` is its last day if a later version ends it earlier."""
    plain = elements_of(version.elements)
    rule = rule_of(version.rule, plain)
    known = {one.element for one in conditions(rule) if one.operator in BARE}
    meant = {code: value for code, value in (absent or {}).items() if code not in known}
    return ProgrammeVersion(
        code=version.programme.code,
        rule=rule,
        elements=tuple(elements_of(version.elements, meant).values()),
        first_day=version.from_on,
        last_day=last if last is not None else version.to_on,
    )


def standing_on(versions: Sequence[Version], day: date) -> Version | None:
    """Of a programme's versions the one whose rule holds on a day; a later one ends an earlier one for good."""
    begun = [v for v in versions if not v.replaced and v.from_on <= day]
    newest = max(begun, key=lambda v: v.from_on, default=None)
    return newest if newest and (newest.to_on is None or newest.to_on >= day) else None


def spans(versions: Sequence[Version]) -> list[tuple[Version, date | None]]:
    """The versions that stand, by date, each with the last day on which it holds (None: open)."""
    dated = sorted((v for v in versions if not v.replaced), key=lambda v: v.from_on)
    found: list[tuple[Version, date | None]] = []
    for one, later in zip(dated, [*dated[1:], None], strict=True):
        ends = [d for d in (one.to_on, later.from_on - timedelta(days=1) if later else None) if d]
        found.append((one, min(ends, default=None)))
    return found


def readable(version: Version) -> list[str]:
    """Everything that a programme may read of a person under this version."""
    return list(dict.fromkeys([*version.elements, *IDENTITY]))


def holder(code: str) -> str:
    """The name under which a programme holds what it may read (``access.allowances``)."""
    return f"programme:{code}"


def admission(code: str) -> str:
    """The name of a programme on the list of what may be asked of a grid."""
    return f"programme:{code}"
