"""Rows of this room as records, as a workbook, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.labels import chosen, in_chinese
from wangge.platform.access.workbooks import Column
from wangge.platform.audit.actor import Actor
from wangge.platform.elements.registry import element
from wangge.work.services import states, words
from wangge.work.services.models import Entitlement
from wangge.work.services.moving import standing_of
from wangge.work.services.records import (
    EntitlementOpened,
    EntitlementRecord,
    Missing,
    MyService,
    ProgrammeCounts,
    ProgrammeRecord,
)

Names = Mapping[str, tuple[str, str]]


def missing(codes: Iterable[str]) -> list[Missing]:
    """Elements by their labels."""
    return [Missing(code=code, zh=element(code).zh, en=element(code).en) for code in codes]


def record(row: Entitlement, name: object) -> EntitlementRecord:
    """A row that carries ``area``; the name as the caller may show it."""
    return EntitlementRecord(**_common(row, name))


def opened(row: Entitlement, name: object, actor: Actor) -> EntitlementOpened:
    """The same with reasons, and what the actor may do now."""
    may = [
        move.verb
        for move in states.possible(row.state, standing_of(row))
        if move.who == "clerk" and policy.allows(actor, move.permission)
    ]
    return EntitlementOpened(
        **_common(row, name), reason_zh=row.reason_zh, reason_en=row.reason_en, note=row.note, verbs=may
    )


def mine(row: Entitlement, names: Names) -> MyService:
    """An offer as the person reads it."""
    may = {m.verb for m in states.possible(row.state, standing_of(row)) if m.who == "resident"}
    zh, en = names.get(row.programme.department, (row.programme.department,) * 2)
    mode, state = words.both("modes", row.version.mode), words.both("states", row.state)
    return MyService(
        uid=str(row.uid), programme=row.programme.code, name_zh=row.programme.name_zh, name_en=row.programme.name_en,
        department=row.programme.department, department_zh=zh, department_en=en, mode=row.version.mode, mode_zh=mode[0],
        mode_en=mode[1], basis=row.version.basis, state=row.state, state_zh=state[0], state_en=state[1],
        reason_zh=row.reason_zh, reason_en=row.reason_en, missing=missing(row.lacking), outcome=row.outcome,
        note=row.note, found_at=row.found_at, decided_at=row.decided_at, due_at=row.due_at, decline_until=row.decline_until,
        may_decline="decline" in may, may_ask_again="ask_again" in may,
    )  # fmt: skip


def columns(names: Mapping[str, str | None], *, opened: bool) -> list[Column[Entitlement]]:
    """What a list tells of a row; its reasons only where it is opened."""
    reasons: list[Column[Entitlement]] = [Column(_("Why"), lambda row: chosen(row.reason_zh, row.reason_en))]
    return [
        Column(_("Id"), lambda row: str(row.uid)),
        Column(_("Name"), lambda row: names.get(row.person)),
        Column(_("Programme"), lambda row: chosen(row.programme.name_zh, row.programme.name_en)),
        Column(_("Area"), lambda row: getattr(row, "area", None)),
        Column(_("State"), lambda row: chosen(*words.both("states", row.state))),
        *(reasons if opened else []),
        Column(
            _("Missing"), lambda row: [chosen(element(code).zh, element(code).en) for code in row.lacking]
        ),
        Column(_("Found at"), lambda row: row.found_at),
        Column(_("Changed at"), lambda row: row.changed_at),
        Column(_("Due at"), lambda row: row.due_at),
        Column(_("May be declined until"), lambda row: row.decline_until),
        Column(_("Outcome"), lambda row: row.outcome),
    ]


def programme_columns(counted: Mapping[str, ProgrammeCounts]) -> list[Column[ProgrammeRecord]]:
    """What the list of programmes tells: rules in words, and how many stand in each state where that may be counted."""
    met = [state for state in states.STATES if any(one.states.get(state) for one in counted.values())]

    def standing(state: str) -> Column[ProgrammeRecord]:
        def count(one: ProgrammeRecord) -> object:
            return counted[one.code].states.get(state, 0) if one.code in counted else ""

        return Column(chosen(*words.both("states", state)), count)

    return [
        Column(_("Programme"), lambda one: chosen(one.name_zh, one.name_en)),
        Column(_("Code"), lambda one: one.code),
        Column(_("Department"), lambda one: chosen(one.department_zh, one.department_en)),
        Column(_("Mode"), lambda one: chosen(one.mode_zh, one.mode_en)),
        Column(_("Rule"), lambda one: "; ".join(one.rule_zh if in_chinese() else one.rule_en)),
        Column(_("Basis"), lambda one: one.basis),
        Column(_("In force"), lambda one: one.in_force),
        Column(_("From"), lambda one: one.from_on),
        Column(_("Until"), lambda one: one.to_on),
        Column(
            _("Entitled and not receiving"),
            lambda one: counted[one.code].not_receiving if one.code in counted else "",
        ),
        *(standing(state) for state in met),
    ]


def _common(row: Entitlement, name: object) -> dict[str, Any]:
    zh, en = words.both("states", row.state)
    return {
        "uid": str(row.uid), "programme": row.programme.code, "person": row.person, "name": name,
        "area": getattr(row, "area", None) or None, "state": row.state, "state_zh": zh, "state_en": en, "stands": row.stands,
        "missing": missing(row.lacking), "found_at": row.found_at, "changed_at": row.changed_at,
        "due_at": row.due_at, "decline_until": row.decline_until, "outcome": row.outcome,
    }  # fmt: skip
