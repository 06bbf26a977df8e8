"""Linking: each row of a delivery meets the person it speaks of; who is unsure waits for people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from wangge.cores.linkage.decisions import Decision
from wangge.cores.linkage.link import link as link_records
from wangge.cores.linkage.links import Links
from wangge.ground.registry import columns as registry
from wangge.ground.registry.parts import row_and_part
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import new_uid
from wangge.platform.stores.batches import read_batch, write_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub import dwellings
from wangge.work.hub.dwellings import ADDRESSES
from wangge.work.hub.models import Delivery, UnsurePair
from wangge.work.hub.receiving import RAW, ROW
from wangge.work.hub.standardising import RELATED, RELATION

FIELDS = ("name", "id_number", "id_kind", "sex", "birth_date", "phone")
PAIRS_AT_ONCE = 200


class Met(NamedTuple):
    """What linking made of standard rows: the linker's result, record → (person, probability, new), and the same as a table."""

    found: Links
    meant: dict[str, tuple[str, float, bool]]
    linked: pa.Table


def link(*, delivery: str, by: Actor) -> None:
    """Link the standard rows of a delivery to the persons known so far. Run again, it does nothing.

    What comes out is a batch (row, person, probability, whether the person is new) and the pairs that people decide. A pair
    decided before stays decided.
    """
    row = Delivery.objects.select_related("feed").get(uid=delivery)
    if row.state != "standardised":
        return
    standard = read_batch(BatchFile.model_validate(row.standard))
    met = meet(row, standard, makes_persons=row.feed.makes_persons, by=by)
    linked, found = met.linked, met.found
    batch = write_batch(f"{row.feed.code}-links", linked.schema, linked.to_batches(max_chunksize=65_536))
    keep_pairs(row, met)
    new = len(pc.unique(linked.filter(linked.column("new")).column("person")))
    with transaction.atomic():
        moved = Delivery.objects.filter(pk=row.pk, state="standardised").update(
            state="linked",
            links=batch.model_dump(mode="json"),
            linked_rows=linked.num_rows,
            unlinked_rows=standard.num_rows - linked.num_rows,
            repeated_rows=found.links.num_rows - found.links.column("duplicate_of").null_count,
            doubles=found.doubles.num_rows,
            new_persons=new,
        )
        if moved:
            trail.record(
                by=by,
                verb="hub.link",
                object_kind="delivery",
                object_id=delivery,
                details={
                    "rows": linked.num_rows,
                    "new": new,
                    "unsure": found.unsure.num_rows,
                    "doubles": found.doubles.num_rows,
                    "warnings": [f"{w.code}:{w.count}" for w in found.warnings],
                },
            )


def meet(row: Delivery, standard: pa.Table, *, makes_persons: bool, by: Actor) -> Met:
    """Who each of these standard rows of a delivery means, by all persons known now; nothing is written."""
    records = records_of(standard)
    found = link_records(records, golden(by), decisions=list(_decisions(row)))
    meant = _meant(found, makers=_makers(records) if makes_persons else set())
    return Met(found, meant, _with_relations(_linked(meant, _dwellings(records)), standard))


def keep_pairs(row: Delivery, met: Met) -> None:
    """Keep the pairs that people decide, a few hundred a transaction; a pair that is there stays as it is."""
    for chunk in _in_chunks(_pairs(row, met.found, met.meant)):
        UnsurePair.objects.bulk_create(chunk, ignore_conflicts=True)


def records_of(standard: pa.Table) -> pa.Table:
    """The standard rows as the linker reads them: the number as it was sent, and the dwelling its address names."""
    there = set(standard.column_names)
    made: dict[str, Any] = {"record": standard.column(ROW).cast(pa.string())}
    for field in FIELDS:
        sent = f"{RAW}{field}" if f"{RAW}{field}" in there else field
        if sent in there:
            made[field] = standard.column(sent).cast(pa.string())
    addresses = [code for code in ADDRESSES if code in there]
    if addresses:
        made["address"] = pc.coalesce(*(standard.column(code) for code in addresses))
        made["dwelling"] = pa.array(dwellings.resolve(made["address"].to_pylist()), pa.string())
    return pa.table(made)


def golden(by: Actor) -> pa.Table:
    """All persons as the linker compares against them: one row a person and dwelling."""
    known = registry.columns(purpose="linking", elements=[*FIELDS, *ADDRESSES], by=by)
    address = pc.coalesce(*(known.column(code) for code in ADDRESSES))
    return known.drop_columns(list(ADDRESSES)).append_column("address", address)


def _decisions(row: Delivery) -> Iterator[Decision]:
    """What people decided about rows of this very delivery (a second run obeys them); of one that is only tried, nothing."""
    if row.pk is None:
        return
    decided = UnsurePair.objects.filter(delivery=row, state__in=["same", "different"]).order_by(
        "decided_at", "id"
    )
    for pair in decided:
        yield Decision(str(pair.row), pair.person, pair.state == "same")


def _makers(records: pa.Table) -> set[str]:
    """Records that may make a person: not a row's second person of whom it gives no number, for that is easily somebody known."""
    number = records.column("id_number").to_pylist() if "id_number" in records.column_names else []
    return {
        record
        for record, sent in zip_longest(records.column("record").to_pylist(), number)
        if sent or row_and_part(int(record))[1] == 1
    }


def _meant(found: Links, *, makers: Collection[str]) -> dict[str, tuple[str, float, bool]]:
    """Record → (person, probability, whether the person is new), for every row whose person is known or made."""
    lines = found.links.to_pylist()
    made = {
        cluster: str(new_uid())
        for cluster in dict.fromkeys(
            one["cluster"] for one in lines if one["person"] is None and one["record"] in makers
        )
    }
    meant: dict[str, tuple[str, float, bool]] = {}
    for one in lines:
        if one["person"] is not None:
            meant[one["record"]] = (one["person"], one["probability"], False)
        elif one["cluster"] in made:
            meant[one["record"]] = (made[one["cluster"]], one["probability"], True)
    return meant


def _dwellings(records: pa.Table) -> dict[str, str | None]:
    """Record → the dwelling that its address names, where it names one."""
    if "dwelling" not in records.column_names:
        return {}
    return dict(
        zip(records.column("record").to_pylist(), records.column("dwelling").to_pylist(), strict=True)
    )


def _linked(meant: dict[str, tuple[str, float, bool]], at: Mapping[str, str | None]) -> pa.Table:
    """(person, row, probability, new, dwelling), one line a row; sorted by person, so that no chunk parts one."""
    lines = sorted(
        (person, int(record), probability, new, at.get(record) or "")
        for record, (person, probability, new) in meant.items()
    )
    return pa.table(
        {
            "person": pa.array([line[0] for line in lines], pa.string()),
            ROW: pa.array([line[1] for line in lines], pa.int32()),
            "probability": pa.array([line[2] for line in lines], pa.float64()),
            "new": pa.array([line[3] for line in lines], pa.bool_()),
            "dwelling": pa.array([line[4] or None for line in lines], pa.string()),
        }
    )


def _with_relations(linked: pa.Table, standard: pa.Table) -> pa.Table:
    """The same with the relation that a line says its person has to a dwelling (``relation``, ``related``), where it says one."""
    if RELATION not in standard.column_names:
        return linked
    said = standard.select([ROW, RELATION])
    homes = pa.array(dwellings.resolve(standard.column(RELATED).to_pylist()), pa.string())
    said = said.append_column("related", homes).rename_columns([ROW, "relation", "related"])
    return linked.join(said, keys=ROW, join_type="left outer").sort_by(
        [("person", "ascending"), (ROW, "ascending")]
    )


def _pairs(row: Delivery, found: Links, meant: dict[str, tuple[str, float, bool]]) -> Iterator[UnsurePair]:
    """Pairs of a row and a person; two rows of the file become a row and the person whom the other row means.

    Persons known twice, as a row shows, come last: where the pair is there for another reason, it stays so.
    """
    for one in found.unsure.to_pylist():
        other = one["other"] if one["other_is"] == "person" else meant.get(one["other"], ("",))[0]
        if not other or meant.get(one["record"], ("",))[0] == other:
            continue
        yield UnsurePair(
            delivery=row,
            row=int(one["record"]),
            person=other,
            probability=one["probability"],
            veto=one["reason"],
            weights=one["weights"],
        )
    for two in found.doubles.to_pylist():
        person, probability, _new = meant[two["record"]]
        other = two["other"] if two["person"] == person else two["person"]
        yield UnsurePair(
            delivery=row, row=int(two["record"]), person=other, probability=probability, veto="two_persons", weights=[]
        )  # fmt: skip


def _in_chunks(pairs: Iterator[UnsurePair]) -> Iterator[list[UnsurePair]]:
    chunk: list[UnsurePair] = []
    for pair in pairs:
        chunk.append(pair)
        if len(chunk) == PAIRS_AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
