"""Reading the trail. Callers decide who may: this room stands below access."""

from __future__ import annotations

from collections.abc import Iterable

from wangge.platform.audit.actor import Actor
from wangge.platform.audit.models import Entry, Look
from wangge.platform.audit.records import EntryRecord, LookRecord


def looks_at(actor: Actor, subjects: Iterable[str], *, limit: int = 200) -> list[LookRecord]:
    """Looks at a person under any of the ids that a merge gave, newest first."""
    rows = Look.objects.filter(subject__in=list(subjects)).order_by("-at", "-id")[:limit]
    return [
        LookRecord(at=r.at, post=r.post, purpose=r.purpose, task=r.task, elements=r.elements) for r in rows
    ]


def history_of(actor: Actor, object_kind: str, object_id: str, *, limit: int = 500) -> list[EntryRecord]:
    """Everything that was done to one object, oldest first."""
    rows = Entry.objects.filter(object_kind=object_kind, object_id=object_id).order_by("id")[:limit]
    return [
        EntryRecord(
            at=r.at, recorded_at=r.recorded_at, actor=r.actor, verb=r.verb, details=r.details, sealed=r.sealed
        )
        for r in rows
    ]
