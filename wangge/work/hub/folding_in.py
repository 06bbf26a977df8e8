"""Rows become facts, a chunk a transaction; no person is ever split between two chunks."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.models import F

from wangge.ground.registry import actions as registry
from wangge.ground.registry import queries as people
from wangge.ground.registry.records import Relation, ResidenceIn
from wangge.platform.audit.actor import Actor
from wangge.platform.stores.batches import read_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub import confirmations, dwellings, relations
from wangge.work.hub.dwellings import ADDRESSES
from wangge.work.hub.models import Delivery
from wangge.work.hub.receiving import RAW, ROW

CHUNK = 150
"""Rows a transaction: the writer's lock is held for less than 250 ms also on a slow machine."""


ABOUT = ("new", "dwelling", "relation", "related")
"""Columns of linked lines that are no elements, beside those that the registry knows."""


def fold_chunk(*, delivery: str, start: int, by: Actor) -> int | None:
    """Fold the lines from ``start`` on; returns where the next chunk begins, or None at the end.

    A chunk that was folded before is passed over, so the whole may be run again from 0.
    """
    row = Delivery.objects.select_related("feed").get(uid=delivery)
    if row.state != "linked":
        return None
    lines = _lines(json.dumps(row.links), json.dumps(row.standard))
    begin = max(start, row.folded_to)
    end = _end_of_chunk(lines, begin)
    facts = lines.slice(begin, end - begin)
    with transaction.atomic():
        if facts.num_rows:
            _fold(row, facts, by)
        done = end >= lines.num_rows
        Delivery.objects.filter(pk=row.pk).update(folded_to=end, state="folded" if done else "linked")
    return None if done else end


def fold_found(row: Delivery, linked: pa.Table, standard: pa.Table, by: Actor) -> None:
    """Fold standard rows whose person was found later; a chunk a transaction, and rows that are linked already do nothing."""
    lines, start = _joined(linked, standard), 0
    while start < lines.num_rows:
        end = _end_of_chunk(lines, start)
        with transaction.atomic():
            _fold(row, lines.slice(start, end - start), by)
            found = Delivery.objects.filter(pk=row.pk)
            found.update(
                linked_rows=F("linked_rows") + end - start, unlinked_rows=F("unlinked_rows") - (end - start)
            )
        start = end


def _fold(row: Delivery, facts: pa.Table, by: Actor) -> None:
    """New persons are added with their rows; the rows of known ones are folded, and conflicts kept."""
    whose: Any = {
        "feed": row.feed.code,
        "department": row.feed.department,
        "batch": str(row.uid),
        "observed_at": row.received_at,
        "by": by,
    }
    about = [name for name in ABOUT if name in facts.column_names]
    new, values = facts.column("new"), addressed(facts).drop_columns(about)
    known, fresh = values.filter(pc.invert(new)), values.filter(new)
    if fresh.num_rows:
        registry.add_persons(rows=fresh.rename_columns({"person": "uid"}), **whose)
    if known.num_rows:
        confirmations.keep(row, registry.fold_rows(rows=known, **whose).conflicts, by)
    _settle_in(row, facts, by)
    relations.derive(row, facts, by)


def addressed(facts: pa.Table) -> pa.Table:
    """The rows with the address by which their dwelling was found in its standard spelling; the batch keeps what was sent."""
    found = facts.column("dwelling").to_pylist()
    for code in ADDRESSES:
        if code in facts.column_names:
            said = facts.column(code).to_pylist()
            place = facts.column_names.index(code)
            facts = facts.set_column(place, code, pa.array(dwellings.spelt(said, found), pa.string()))
            found = [None if text else dwelling for text, dwelling in zip(said, found, strict=True)]
    return facts


def _settle_in(row: Delivery, facts: pa.Table, by: Actor) -> None:
    """Whoever has no dwelling yet gets the one that the row's address names: else no to-do could ever find them.

    A public security row says where somebody is registered, every other where somebody lives. Where a dwelling is known, an
    address changes nothing: that is for a door to say.
    """
    named = {
        p: d for p, d in zip(*(facts.column(c).to_pylist() for c in ("person", "dwelling")), strict=True) if d
    }
    relation: Relation = "registered" if "registered_address" in facts.column_names else "living"
    rows = [
        ResidenceIn(person, named[person], relation, None, None, row.feed.department)
        for person in sorted(people.homeless(sorted(named)))
    ]
    if rows:
        registry.load_residences(rows=rows, by=by)


def _end_of_chunk(lines: pa.Table, begin: int) -> int:
    """The first line after the chunk: a person's lines stay together."""
    end = min(begin + CHUNK, lines.num_rows)
    person = lines.column("person")
    while 0 < end < lines.num_rows and person[end] == person[end - 1]:
        end += 1
    return end


@lru_cache(maxsize=1)
def _lines(links: str, standard: str) -> pa.Table:
    """The standard values of every linked row with the person whom it means, sorted by person.

    Kept for the next chunk: both batches are immutable and named by their arguments (as JSON).
    """
    return _joined(
        read_batch(BatchFile.model_validate_json(links)), read_batch(BatchFile.model_validate_json(standard))
    )


def _joined(linked: pa.Table, standard: pa.Table) -> pa.Table:
    kept = [name for name in standard.column_names if not name.startswith(RAW)]
    joined = linked.join(standard.select(kept), keys=ROW, join_type="inner")
    return joined.sort_by([("person", "ascending"), (ROW, "ascending")]).combine_chunks()


def persons_of(*, delivery: str, by: Actor) -> list[str]:
    """Ids of the persons whom a delivery speaks of."""
    row = Delivery.objects.get(uid=delivery)
    if row.links is None:
        return []
    return sorted(set(read_batch(BatchFile(**row.links), columns=["person"]).column("person").to_pylist()))
