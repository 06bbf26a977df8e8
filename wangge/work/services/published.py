"""Programmes as anybody may read them: rules in words, what is read and why, on what basis, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from wangge.cores.eligibility.rules import Node, conditions
from wangge.platform.access import policy
from wangge.platform.access import queries as access
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.services import shown, words
from wangge.work.services.declaring import (
    IDENTITY,
    TELLING,
    asks_of,
    elements_of,
    rule_of,
    spans,
    standing_on,
)
from wangge.work.services.models import Programme, Version
from wangge.work.services.records import ElementUse, ProgrammeRecord
from wangge.work.services.wording import condition_in_words, in_words


def programmes(actor: Actor) -> list[ProgrammeRecord]:
    """Every programme with the version that holds today, else the next, else the last. No personal data: anybody may ask."""
    policy.require(actor, "register.see")
    names = access.department_names(actor)
    rows = Programme.objects.prefetch_related("versions").order_by("code")
    found = [_record(row, [v for v in row.versions.all() if not v.replaced], names) for row in rows]
    return [one for one in found if one is not None]


def programme(actor: Actor, code: str) -> ProgrammeRecord:
    """One programme; raises ``NotFound``."""
    found = next((one for one in programmes(actor) if one.code == code), None)
    if found is None:
        raise NotFound("no_such_programme", _("There is no programme %(code)s.") % {"code": code})
    return found


def _record(row: Programme, versions: Sequence[Version], names: shown.Names) -> ProgrammeRecord | None:
    today = clock.today()
    standing = standing_on(versions, today)
    version = standing or _nearest(versions, today)
    if version is None:
        return None
    last = next(last for one, last in spans(versions) if one.pk == version.pk)
    elements = elements_of(version.elements)
    rule = rule_of(version.rule, elements)
    said = in_words(rule, elements)
    asked = [condition_in_words(ask, elements[ask.element]) for ask in asks_of(version)]
    mode, department = words.both("modes", version.mode), names.get(row.department, (row.department,) * 2)
    return ProgrammeRecord(
        code=row.code, name_zh=row.name_zh, name_en=row.name_en, department=row.department, department_zh=department[0],
        department_en=department[1], in_force=standing is not None, version=str(version.uid), from_on=version.from_on,
        to_on=last, mode=version.mode, mode_zh=mode[0], mode_en=mode[1], basis=version.basis, purpose=version.purpose,
        rule=version.rule, rule_zh=[zh for zh, _ in said], rule_en=[en for _, en in said],
        asks_zh=[zh for zh, _ in asked], asks_en=[en for _, en in asked], elements=_uses(version, rule),
        minutes=version.minutes, due_days=version.due_days, decline_days=version.decline_days,
        again_days=version.again_days,
    )  # fmt: skip


def _nearest(versions: Sequence[Version], today: date) -> Version | None:
    """The next version to come, else the last one that was."""
    dated = sorted(versions, key=lambda v: v.from_on)
    return next((v for v in dated if v.from_on > today), dated[-1] if dated else None)


def _uses(version: Version, rule: Node) -> list[ElementUse]:
    read, asked = {one.element for one in conditions(rule)}, {one.element for one in asks_of(version)}
    found = []
    for code in dict.fromkeys([*version.elements, *IDENTITY]):
        uses = {
            "rule": code in read,
            "giving": code in asked,
            "telling": code == TELLING,
            "identity": code in IDENTITY,
        }
        one = element(code)
        found.append(
            ElementUse(
                code=code,
                zh=one.zh,
                en=one.en,
                uses=[u for u, yes in uses.items() if yes],
                sensitive=one.sensitive,
            )
        )
    return found
