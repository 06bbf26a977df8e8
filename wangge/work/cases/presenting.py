"""Rows as others see them: lines of a list, the answer to an act, the steps of a story. No queries are made here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wangge.platform.access import policy
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.work.cases import states, words
from wangge.work.cases.models import Application, Attachment, Case, FilingRule, Rating
from wangge.work.cases.records import (
    ActRecord,
    ApplicationRecord,
    AttachmentRecord,
    CaseLine,
    Happened,
    RatingRecord,
    RuleRecord,
)
from wangge.work.cases.standing import clock_of, standing_of
from wangge.work.cases.stories import consequence
from wangge.work.cases.times import CityTimes


def happened(row: Case) -> Happened:
    """The answer to an act."""
    zh, en = words.both("states", row.state)
    return Happened(
        uid=str(row.uid), number=row.number, version=row.version, state=row.state, state_zh=zh, state_en=en,
        due_at=row.due_at, stage_due_at=row.stage_due_at,
    )  # fmt: skip


def line(row: Case, moment: datetime, times: CityTimes) -> CaseLine:
    """A case in a list."""
    zh, en = words.both("states", row.state)
    named = row.of_class
    return CaseLine(
        uid=str(row.uid), number=row.number, version=row.version, state=row.state, state_zh=zh, state_en=en,
        class_code=named.code if named else "", class_zh=named.name_zh if named else "",
        class_en=(named.name_en or named.name_zh) if named else "", kind=named.kind if named else "",
        address=row.address, description=row.description, grid=row.grid, area=row.area, lon=row.lon, lat=row.lat,
        source=row.source, department=row.department, crew=row.crew, asked=row.asked, imported=row.imported,
        reported_at=row.reported_at, due_at=row.due_at, stage_due_at=row.stage_due_at, late=is_late(row, moment),
        left=_left(row, moment, times), reworks=row.reworks, passes=row.passes, reopened=row.reopened,
    )  # fmt: skip


def is_late(row: Case, moment: datetime) -> bool:
    """The same as ``filters.is_late`` says of rows."""
    if row.state not in states.QUEUES:
        return False
    staged = row.stage_due_at is not None and row.stage_due_at < moment
    running = clock_of(row)
    return staged or (running.running and running.late(moment))


def _left(row: Case, moment: datetime, times: CityTimes) -> str:
    """What is left of the stage or of handling, whichever ends first: lists are ordered by it."""
    if row.state not in states.QUEUES:
        return ""
    limit = times.stage_limit(states.STAGES[row.state]) if row.stage_due_at else ""
    running = row.due_at is not None and clock_of(row).running
    if row.stage_due_at and limit and not (running and row.due_at and row.due_at <= row.stage_due_at):
        return times.left(moment, row.stage_due_at, limit)
    return times.left(moment, row.due_at, row.limit) if running and row.due_at else ""


def acts(actor: Actor, row: Case, moment: datetime) -> list[ActRecord]:
    """What may be done now, by which posts, and whether by this actor: read off the table."""
    return [
        act(actor, row, move)
        for move in states.possible(row.state, standing_of(row, moment))
        if move.axis != "reporter"
    ]


def act(actor: Actor, row: Case, move: states.Move) -> ActRecord:
    """One act with its consequence, said before it is done."""
    zh, en = words.both("verbs", move.verb)
    to = move.leads_to(row.state)
    on_site = move.axis == "field"
    mine = (
        not on_site
        and policy.allows(actor, move.permission)
        and scope(actor, move.permission).covers(row.area, row.department)
    )
    return ActRecord(
        verb=move.verb, zh=zh, en=en, axis=move.axis, permission=move.permission, roles=roles_of(move.permission),
        mine=mine, to_state=to, clock=move.clock, consequence=consequence(row.state, to, move.clock, on_site=on_site),
    )  # fmt: skip


def roles_of(permission: str) -> list[str]:
    """The roles that carry a permission; one that is open to all has none."""
    who = policy.PERMISSIONS[permission]
    return [who] if isinstance(who, str) else sorted(who)


def rule(row: FilingRule) -> RuleRecord:
    """A filing rule."""
    return RuleRecord(
        number=row.number,
        filing=row.filing,
        closing=row.closing,
        limit=row.limit,
        photo_required=row.photo_required,
    )


def application(row: Application) -> ApplicationRecord:
    """An application."""
    return ApplicationRecord(
        uid=str(row.uid), kind=row.kind, reason=row.reason, amount=row.amount, until=row.until, department=row.department,
        asked_by=row.asked_by, asked_at=row.asked_at, outcome=row.outcome, decided_by=row.decided_by, decided_at=row.decided_at,
    )  # fmt: skip


def ratings(rows: Iterable[Rating]) -> list[RatingRecord]:
    """What the reporter said, oldest first."""
    return [RatingRecord(solved=r.solved, satisfied=r.satisfied, note=r.note, at=r.at) for r in rows]


def attachments(rows: Iterable[Attachment]) -> list[AttachmentRecord]:
    """Photos, oldest first."""
    return [AttachmentRecord(photo=r.photo, state=r.state, at=r.at) for r in rows]
