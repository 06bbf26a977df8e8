"""Questions about looks: a person's own with their answers, and the list of whoever must answer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from pydantic import BaseModel

from wangge.cores.tables.writing import Sheet, write_xlsx
from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, policy
from wangge.platform.access import queries as access
from wangge.platform.access.labels import Pair
from wangge.platform.access.scope import scope
from wangge.platform.audit import queries as audit
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.records import LookRecord
from wangge.platform.clock import clock
from wangge.work.residents import deadlines, words
from wangge.work.residents.looks import Wording, seen
from wangge.work.residents.models import Question
from wangge.work.residents.questioning import ANSWER
from wangge.work.residents.records import AskedAbout, QuestionCounts, QuestionPage, QuestionRecord

MOST = 200
OFFICE: Pair = ("数据管理部门", "The data office")
HEAD = ("编号", "提出时间", "答复期限", "是否超时", "答复单位", "查看时间", "查看岗位", "用途", "看到的内容", "居民的话", "结论", "答复", "答复时间")  # fmt: skip


class Wanted(BaseModel):
    """Which questions: in a state, of a department, only those whose time is over. Empty: all."""

    state: Literal["", "open", "answered"] = ""
    department: str = ""
    late: bool = False


def my_questions(actor: Actor) -> list[AskedAbout]:
    """What this person asked about looks at their data, newest first, with the answers."""
    policy.require(actor, "residents.me")
    ids = registry.all_ids(actors.person_of(actor) or "")
    wording = Wording(actor, [])
    rows = Question.objects.filter(person__in=ids).order_by("-asked_at", "-pk")
    return [AskedAbout(**_asked(row, wording)) for row in rows[:MOST]]


def questions(actor: Actor, wanted: Wanted, *, limit: int = 50, offset: int = 0) -> QuestionPage:
    """Questions that this actor's posts reach: what waits first, by its deadline, then what was answered, newest first."""
    rows = _rows(actor, wanted)
    page = _in_order(rows)[offset : offset + min(limit, MOST)]
    return QuestionPage(total=rows.count(), items=_records(actor, list(page)))


def question_counts(actor: Actor) -> QuestionCounts:
    """Each figure is the length of its list."""
    return QuestionCounts(
        open=_rows(actor, Wanted(state="open")).count(), late=_rows(actor, Wanted(late=True)).count(),
        answered=_rows(actor, Wanted(state="answered")).count(),
    )  # fmt: skip


def export_questions(actor: Actor, wanted: Wanted) -> bytes:
    """The filtered list as a workbook; recorded."""
    found = _records(actor, list(_in_order(_rows(actor, wanted))))
    lines = [
        [
            one.number, _wall(one.asked_at), _wall(one.due_at), "是" if one.late else "否", one.to_zh, _wall(one.seen_at),
            one.post_zh, one.purpose_zh, "、".join(s.zh for s in one.saw), one.about, one.finding_zh, one.answer,
            _wall(one.answered_at),
        ]
        for one in found
    ]  # fmt: skip
    target = io.BytesIO()
    write_xlsx(target, [Sheet("疑问答复", HEAD, lines)])
    with transaction.atomic():
        trail.record(
            by=actor, verb="residents.export_questions", object_kind="questions", object_id=str(len(found)),
            details={"state": wanted.state, "department": wanted.department, "late": wanted.late},
        )  # fmt: skip
    return target.getvalue()


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Question]:
    rows = Question.objects.annotate(area=area_code("place"))
    rows = scope(actor, ANSWER).rows(rows, area="area", department="department")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.department:
        rows = rows.filter(department=wanted.department)
    return rows.filter(state="open", due_at__lt=clock.now()) if wanted.late else rows


def _in_order(rows: QuerySet[Question]) -> QuerySet[Question]:
    return rows.order_by(
        "-state", "-answered_at", "due_at", "pk"
    )  # "open" comes behind "answered" in the alphabet


def _records(actor: Actor, rows: Sequence[Question]) -> list[QuestionRecord]:
    looks = audit.looks(actor, [row.look for row in rows])
    wording = Wording(actor, [], list(looks.values()))
    names = access.names_of(actor, {one.actor for one in looks.values()})
    return [_record(row, looks[row.look], wording, names, actor) for row in rows if row.look in looks]


def _record(
    row: Question, look: LookRecord, wording: Wording, names: dict[str, str], actor: Actor
) -> QuestionRecord:
    line = wording.line(look)
    return QuestionRecord(
        **_asked(row, wording), who=names.get(look.actor, ""), seen_at=look.at, post_zh=line.post_zh, post_en=line.post_en,
        purpose_zh=line.purpose_zh, purpose_en=line.purpose_en, task_zh=line.task_zh, task_en=line.task_en,
        saw=[seen(code) for code in look.elements], mine=row.state == "open" and look.actor != actor.id,
    )  # fmt: skip


def _asked(row: Question, wording: Wording) -> dict[str, Any]:
    state, to = words.both("questions", row.state), wording.departments.get(row.department, OFFICE)
    found = words.both("findings", row.finding) if row.finding else ("", "")
    by = wording.post(row.answered_as) if row.answered_as else ("", "")
    waits = row.state == "open"
    left = deadlines.left(row.due_at, row.limit) if waits else ("", "")
    return {
        "uid": str(row.uid), "number": row.number, "look": str(row.look), "state": row.state, "state_zh": state[0],
        "state_en": state[1], "about": str(row.about or ""), "department": row.department, "to_zh": to[0], "to_en": to[1],
        "asked_at": row.asked_at, "due_at": row.due_at, "late": waits and row.due_at < clock.now(), "left_zh": left[0],
        "left_en": left[1], "finding": row.finding, "finding_zh": found[0], "finding_en": found[1],
        "answer": str(row.answer or ""), "answered_at": row.answered_at, "answered_zh": by[0], "answered_en": by[1],
    }  # fmt: skip


def _wall(moment: datetime | None) -> datetime | None:
    return None if moment is None else clock.local(moment).replace(tzinfo=None)
