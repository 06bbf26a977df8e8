"""The hash chain over the trail.

An entry is *sealed* when it has its place in the chain: ``digest = sha256(previous digest ‖ canonical entry)``. On SQLite
writers are serial, so an entry is sealed in the transaction that writes it; on PostgreSQL one sealer seals the tail under
an advisory lock. What is proved is the sealed part; the unsealed tail is reported, not hidden.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby

from django.db import connection, transaction

from wangge.platform.audit.models import Entry, Look
from wangge.platform.stores import postgresql

GENESIS = "0" * 64


@dataclass(frozen=True)
class Proof:
    """What walking the chain found: entries proved, the first broken place (or None), and the unsealed tail."""

    proved: int
    broken_at: int | None
    unsealed: int


def digest_of(entry: Entry, place: int, previous: str) -> str:
    """SHA-256 over the previous digest and everything that the entry says."""
    said = [
        place,
        entry.at.astimezone(UTC).isoformat(),
        entry.recorded_at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.verb,
        entry.object_kind,
        entry.object_id,
        entry.details,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def digest_of_looks(looks: Iterable[Look]) -> str:
    """SHA-256 over what residents read of one act of looking: the entry holds it, and so the chain holds those rows too."""
    said = sorted(
        [
            one.subject,
            one.at.astimezone(UTC).isoformat(),
            one.actor,
            one.post,
            one.purpose,
            one.task,
            *one.elements,
        ]
        for one in looks
    )
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def writers_are_serial() -> bool:
    """True on SQLite, where one writer at a time holds the file."""
    return not postgresql.here()


def last() -> tuple[int, str]:
    """Place and digest of the newest sealed entry."""
    # Asked at every act of everybody: written out, it costs a tenth of what the ORM takes to compose it.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed, digest FROM audit_entry WHERE sealed IS NOT NULL ORDER BY sealed DESC LIMIT 1"
        )
        newest = cursor.fetchone()
    return (int(newest[0]), str(newest[1])) if newest else (0, GENESIS)


def link(entries: Iterable[Entry]) -> None:
    """Give entries that are about to be written their places and digests, behind the newest sealed one."""
    place, digest = last()
    for entry in entries:
        place += 1
        digest = digest_of(entry, place, digest)
        entry.sealed, entry.digest = place, digest


def seal(limit: int = 5000) -> int:
    """Seal up to ``limit`` waiting entries in order of id; returns how many. Safe to call from several processes."""
    with transaction.atomic():
        postgresql.alone("audit.sealer")
        waiting = list(Entry.objects.filter(sealed=None).order_by("id")[:limit])
        link(waiting)
        Entry.objects.bulk_update(waiting, ["sealed", "digest"], batch_size=200)
    return len(waiting)


def prove() -> Proof:
    """Walk the sealed part from the start and recompute every digest; then hold the rows of looks against their entries."""
    place, digest = 0, GENESIS
    for entry in Entry.objects.exclude(sealed=None).order_by("sealed").iterator(chunk_size=2000):
        place += 1
        digest = digest_of(entry, place, digest)
        if entry.sealed != place or entry.digest != digest:
            return Proof(place - 1, place, Entry.objects.filter(sealed=None).count())
    return Proof(place, _looks_differ_at(), Entry.objects.filter(sealed=None).count())


def _looks_differ_at() -> int | None:
    """The place of the first sealed entry whose looks were changed, removed or added to. Both are read once, side by side.

    Looks are asked for first: an entry that is written meanwhile is there when its looks are.
    """
    looks = groupby(
        Look.objects.order_by("entry", "id").iterator(chunk_size=2000), key=lambda one: int(one.entry)
    )
    kept, rows = next(looks, (None, iter(())))
    entries = Entry.objects.filter(verb__startswith="audit.").order_by("id")
    for entry in entries.iterator(chunk_size=2000):
        if kept is not None and kept < entry.pk:  # rows that belong to no act of looking
            return entry.sealed or last()[0]
        mine: Iterable[Look] = ()
        if kept == entry.pk:
            mine = list(rows)
            kept, rows = next(looks, (None, iter(())))
        if (
            entry.sealed is not None
            and "looks" in entry.details
            and digest_of_looks(mine) != entry.details["looks"]
        ):
            return entry.sealed
    return None if kept is None else last()[0]


def hold(entries: Sequence[Entry]) -> dict[int, bool]:
    """By key, of sealed entries: whether each still is what was sealed behind its predecessor, with its rows of looks."""
    sealed = [one for one in entries if one.sealed is not None]
    before = dict(
        Entry.objects.filter(sealed__in=[(one.sealed or 0) - 1 for one in sealed]).values_list(
            "sealed", "digest"
        )
    )
    looks: dict[int, list[Look]] = {one.pk: [] for one in sealed if "looks" in one.details}
    for row in Look.objects.filter(entry__in=looks):
        looks[row.entry].append(row)
    return {one.pk: _holds(one, before, looks.get(one.pk)) for one in sealed}


def _holds(entry: Entry, before: Mapping[int | None, str], looks: Sequence[Look] | None) -> bool:
    place = entry.sealed or 0
    previous = GENESIS if place == 1 else before.get(place - 1)
    if previous is None or digest_of(entry, place, previous) != entry.digest:
        return False
    return looks is None or digest_of_looks(looks) == entry.details["looks"]


def stands_at(place: int, digest: str) -> bool:
    """Whether the chain still holds what it held at a place: a tail that was cut off shows only against what is kept outside."""
    return Entry.objects.filter(sealed=place, digest=digest).exists()
