"""Reading the trail. Callers decide who may: this room stands below access."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wangge.platform.audit import chain
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.models import Entry, Look
from wangge.platform.audit.records import ChainRecord, EntryRecord, LookRecord


def looks_at(actor: Actor, subjects: Iterable[str], *, limit: int = 200) -> list[LookRecord]:
    """Looks at a person under any of the ids that a merge gave, newest first."""
    rows = Look.objects.filter(subject__in=list(subjects)).order_by("-at", "-id")[:limit]
    return [_look(row) for row in rows]


def looks(actor: Actor, numbers: Iterable[int]) -> dict[int, LookRecord]:
    """Looks by their numbers; those that there are."""
    return {row.pk: _look(row) for row in Look.objects.filter(pk__in=set(numbers))}


def _look(row: Look) -> LookRecord:
    return LookRecord(
        number=row.pk, subject=row.subject, actor=row.actor, at=row.at, post=row.post, purpose=row.purpose, task=row.task,
        elements=row.elements,
    )  # fmt: skip


@dataclass(frozen=True)
class About:
    """Which entries: those of some objects (kind, id), and the looks that were taken under some tasks."""

    objects: Sequence[tuple[str, str]]
    tasks: Sequence[str] = ()


@dataclass(frozen=True)
class Narrow:
    """Which of them: of one room (``hub``) or one verb (``hub.try``), by one actor, from one moment up to another."""

    verb: str = ""
    by: str = ""
    from_at: datetime | None = None
    until: datetime | None = None


def history(
    actor: Actor, about: About, narrow: Narrow | None = None, *, limit: int = 50, offset: int = 0
) -> tuple[int, list[EntryRecord]]:
    """How many entries there are, and a page of them, the newest first, each proved against its neighbour in the chain."""
    rows = _narrowed(_about(about), narrow or Narrow())
    page = list(rows.order_by("-id")[offset : offset + limit])
    holds = chain.hold(page)
    return rows.count(), [
        EntryRecord(
            id=row.pk, at=row.at, recorded_at=row.recorded_at, actor=row.actor, verb=row.verb, object_kind=row.object_kind,
            object_id=row.object_id, details=row.details, sealed=row.sealed, holds=holds.get(row.pk),
        )
        for row in page
    ]  # fmt: skip


def verbs(actor: Actor, about: About) -> list[str]:
    """What was done to these objects: the verbs to filter by."""
    return sorted(_about(about).order_by().values_list("verb", flat=True).distinct())


def state(actor: Actor) -> ChainRecord:
    """How far the whole trail is sealed. Whether all of it holds, ``chain.prove`` tells, which reads it from the start."""
    place, _digest = chain.last()
    at = Entry.objects.filter(sealed=place).values_list("recorded_at", flat=True).first() if place else None
    return ChainRecord(sealed=place, sealed_at=at, unsealed=Entry.objects.filter(sealed=None).count())


def _about(about: About) -> QuerySet[Entry]:
    ids: dict[str, list[str]] = {}
    for kind, one in about.objects:
        ids.setdefault(kind, []).append(one)
    wanted = Q(pk__in=())
    for kind, ones in ids.items():
        wanted |= Q(object_kind=kind, object_id__in=ones)
    if about.tasks:
        wanted |= Q(pk__in=Look.objects.filter(task__in=about.tasks).values("entry"))
    return Entry.objects.filter(wanted)


def _narrowed(rows: QuerySet[Entry], narrow: Narrow) -> QuerySet[Entry]:
    if narrow.verb:
        room = {"verb__startswith": narrow.verb + "."} if "." not in narrow.verb else {"verb": narrow.verb}
        rows = rows.filter(**room)
    if narrow.by:
        rows = rows.filter(actor=narrow.by)
    if narrow.from_at:
        rows = rows.filter(at__gte=narrow.from_at)
    return rows.filter(at__lt=narrow.until) if narrow.until else rows
