"""Writing to the trail. Always inside the transaction of the act itself, so that neither exists without the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection

from wangge.platform.audit import chain
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.models import Entry, Look
from wangge.platform.audit.via import via
from wangge.platform.clock import clock
from wangge.platform.stores import rows

Detail = str | int | bool | None | list[str]


class OutsideTransaction(RuntimeError):
    """An audit row was about to be written on its own; an act and its row belong in one transaction."""


def record(
    *, by: Actor, verb: str, object_kind: str, object_id: str, details: Mapping[str, Detail] | None = None
) -> int:
    """Append one act; returns the entry's id.

    ``verb`` is ``room.verb`` (``cases.file``). ``details`` holds codes, counts and element names, never personal values; beside
    them stands ``via``, where it is known.
    Raises ``OutsideTransaction`` outside ``transaction.atomic``.
    """
    _within_a_transaction(verb)
    entry = _entry(by, verb, object_kind, object_id, details)
    if chain.writers_are_serial():
        chain.link([entry])
    rows.insert(entry)
    return int(entry.pk)


def record_all(
    *, by: Actor, verb: str, object_kind: str, acts: Sequence[tuple[str, Mapping[str, Detail]]]
) -> None:
    """The same for many acts of one kind in one transaction: (object id, details) each, in their order."""
    _within_a_transaction(verb)
    entries = [_entry(by, verb, object_kind, object_id, details) for object_id, details in acts]
    if chain.writers_are_serial():
        chain.link(entries)
    Entry.objects.bulk_create(entries, batch_size=500)


def _within_a_transaction(verb: str) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{verb}: write the audit row inside the transaction of the act")


def _entry(
    by: Actor, verb: str, object_kind: str, object_id: str, details: Mapping[str, Detail] | None
) -> Entry:
    came = {"via": via()} if via() else {}
    return Entry(
        at=clock.now(), recorded_at=clock.real_now(), actor=by.id, verb=verb, object_kind=object_kind, object_id=object_id,
        details={**(details or {}), **came},
    )  # fmt: skip


def look(
    *,
    by: Actor,
    subjects: Iterable[str],
    elements: Iterable[str],
    purpose: str,
    post: str,
    task: str = "",
    verb: str = "look",
    at: datetime | None = None,
) -> None:
    """Record that personal fields of named persons were shown: one entry a request, and one row a subject to find it by.

    ``post`` is the role under which the actor looked (residents are shown the post, not the name); ``task`` the to-do,
    case or delivery in hand. A masked list is not a look. An opening on a phone reaches us later: ``at`` dates it then.
    """
    people, names = sorted(set(subjects)), sorted(set(elements))
    if not people:
        return
    seen = at or clock.now()
    shown = [
        Look(subject=one, at=seen, actor=by.id, post=post, purpose=purpose, task=task, elements=names)
        for one in people
    ]
    entry = record(
        by=by,
        verb=f"audit.{verb}",
        object_kind="person" if len(people) == 1 else "people",
        object_id=people[0] if len(people) == 1 else f"{len(people)}",
        details={
            "subjects": people if len(people) <= 50 else len(people),
            "elements": names,
            "purpose": purpose,
            "task": task,
            "looks": chain.digest_of_looks(shown),
        },
    )
    for row in shown:
        row.entry = entry
    Look.objects.bulk_create(shown, batch_size=500)
