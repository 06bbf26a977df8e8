"""Rows of this room as records, as a workbook, and in words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from wangge.cores.tables.writing import Sheet, write_xlsx
from wangge.platform.access import policy
from wangge.platform.access import queries as access
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.services import states, words
from wangge.work.services.models import Entitlement
from wangge.work.services.moving import standing_of
from wangge.work.services.records import EntitlementOpened, EntitlementRecord, Missing, MyService

HEAD = (
    "编号",
    "姓名",
    "区域",
    "状态",
    "为何符合",
    "待核实数据元",
    "发现时间",
    "办理期限",
    "可谢绝至",
    "结果",
)
Names = Mapping[str, tuple[str, str]]


def departments(actor: Actor) -> Names:
    """Code → (Chinese, English)."""
    return {d.code: (d.name_zh, d.name_en or d.name_zh) for d in access.departments(actor)}


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


def workbook(
    rows: Iterable[Entitlement], names: Mapping[str, str | None], title: str, *, reasons: bool
) -> bytes:
    """The rows with these names as a workbook; without ``reasons`` their column stays empty."""
    target = io.BytesIO()
    lines = [
        [
            str(row.uid), names.get(row.person) or "", getattr(row, "area", "") or "", words.both("states", row.state)[0],
            row.reason_zh if reasons else "", "、".join(element(code).zh for code in row.lacking), _wall(row.found_at),
            _wall(row.due_at), row.decline_until, row.outcome,
        ]
        for row in rows
    ]  # fmt: skip
    write_xlsx(target, [Sheet(title, HEAD, lines)])
    return target.getvalue()


def _common(row: Entitlement, name: object) -> dict[str, Any]:
    zh, en = words.both("states", row.state)
    return {
        "uid": str(row.uid), "programme": row.programme.code, "person": row.person, "name": name,
        "area": getattr(row, "area", None) or None, "state": row.state, "state_zh": zh, "state_en": en, "stands": row.stands,
        "missing": missing(row.lacking), "found_at": row.found_at, "changed_at": row.changed_at,
        "due_at": row.due_at, "decline_until": row.decline_until, "outcome": row.outcome,
    }  # fmt: skip


def _wall(moment: Any) -> Any:  # noqa: ANN401 - a moment or None, as the city's wall clock shows it
    return None if moment is None else clock.local(moment).replace(tzinfo=None)
