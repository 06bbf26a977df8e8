"""Receiving a file: allowed columns go into an encrypted batch, refused ones nowhere, and the receipt says which."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from pathlib import PurePath
from typing import IO

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext as _

from wangge.cores.messages.said import packed, said
from wangge.cores.tables.errors import refusal
from wangge.cores.tables.reading import read_table
from wangge.cores.tables.table import Table
from wangge.platform.access.errors import Conflict, Forbidden
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql
from wangge.platform.stores.batches import write_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub.agreements import feed_of, open_for_delivery
from wangge.work.hub.columns_in import Admitted, admit
from wangge.work.hub.models import Delivery, Feed
from wangge.work.hub.records import ReceiptRecord
from wangge.work.hub.shown import receipt_of

ROW = "row"
RAW = "raw:"
"""Prefix of a batch's columns as they were sent; the standard batch has them under the element's bare code."""
DAMAGED = "damaged"
"""Column of a batch with the boxes that a reader couldn't take: a number in scientific notation, a row that is too long."""
SENT = {1: RAW, 2: "second:"}
"""The same by part: what was sent of a row's first person, and of its second."""


def sent_as(element: str, *, second: bool) -> str:
    """The column of the raw batch with what was sent of an element of the first or the second person."""
    return f"{SENT[2 if second else 1]}{element}"


def receive(
    *, feed: str, file: IO[bytes], name: str, by: Actor, then: Callable[[str], None] | None = None
) -> ReceiptRecord:
    """Take in a department's file; returns the receipt. The same file again gets the first receipt.

    The file is read before any transaction. ``then`` is called with the delivery's uid inside the transaction that commits
    it, to write the row of the task that goes on. Raises ``Conflict`` without an agreement in force or a confirmed mapping,
    ``TableError`` for a file that can't be read.
    """
    row = _deliverable(feed, by)
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    earlier = Delivery.objects.filter(feed=row, sha256=digest).first()
    if earlier is not None:
        return receipt_of(earlier, again=True)
    table = read_table(content, name=PurePath(name).name)
    admitted = admit(
        table.columns, dict(row.mapping.values_list("column", "element")), row.agreement.elements
    )
    second = set(row.mapping.filter(part=2).values_list("column", flat=True))
    must_name(table, admitted, second)
    batch = _write(row, table, admitted, second)
    with transaction.atomic():
        postgresql.alone(f"hub.feed:{row.code}")
        earlier = Delivery.objects.filter(feed=row, sha256=digest).first()
        if earlier is not None:  # it was sent twice at a time: this batch is named by nothing and is swept
            return receipt_of(earlier, again=True)
        return receipt_of(_commit(row, table, admitted, second, batch, digest, by, then))


def must_name(table: Table, admitted: Admitted, second: Collection[str]) -> None:
    """Raise ``TableError`` where no column that comes in holds the name of a row's first person."""
    if "name" not in {element for column, element in admitted.taken.items() if column not in second}:
        raise refusal(
            table.file,
            "no_name",
            said("a column that holds the name"),
            _("Confirm the mapping of this file's columns first."),
        )


def _deliverable(code: str, by: Actor) -> Feed:
    feed = feed_of(code)
    if not scope(by, "hub.deliver").covers(department=feed.department):
        raise Forbidden("not_your_feed", _("This feed belongs to another department."))
    open_for_delivery(feed)
    if not feed.mapping.exists():
        raise Conflict(
            "no_mapping",
            _("Nobody has said yet what the columns of %(code)s hold.") % {"code": code},
            advice=_("Ask the data officer to confirm the mapping; nothing was taken in."),
        )
    return feed


def _write(feed: Feed, table: Table, admitted: Admitted, second: set[str]) -> BatchFile:
    kept = raw_of(table, admitted, second)
    return write_batch(f"{feed.code}-raw", kept.schema, kept.to_batches(max_chunksize=65_536))


def raw_of(table: Table, admitted: Admitted, second: Collection[str]) -> pa.Table:
    """Only what was admitted goes to the batch, under the element's code, with the row as Excel counts."""
    data = table.to_arrow()
    columns = {ROW: data.column("_row").cast(pa.int32())}
    columns |= {
        sent_as(element, second=column in second): data.column(column)
        for column, element in admitted.taken.items()
    }
    damaged = _damaged(table, admitted)
    if damaged:
        columns[DAMAGED] = pa.array([damaged.get(row) for row in table.row_numbers.tolist()], pa.string())
    return pa.table(columns)


def _damaged(table: Table, admitted: Admitted) -> dict[int, str]:
    """Row → what the reader couldn't take of it as it stood, of columns that come in: JSON of fault after fault, without values."""
    found: dict[int, list[list[str]]] = {}
    for one in table.errors:
        if one.row is not None and (one.column is None or one.column in admitted.taken):
            said = [one.column or "", one.code, packed(one.expected, 200), packed(one.advice, 300)]
            found.setdefault(one.row, []).append(said)
    return {row: json.dumps(faults, ensure_ascii=False) for row, faults in found.items()}


def _commit(
    feed: Feed,
    table: Table,
    admitted: Admitted,
    second: set[str],
    batch: BatchFile,
    digest: str,
    by: Actor,
    then: Callable[[str], None] | None,
) -> Delivery:
    delivery = Delivery.objects.create(
        feed=feed,
        file_name=table.file[:200],
        sha256=digest,
        received_at=clock.now(),
        received_by=by.id,
        rows=len(table),
        columns=admitted.taken,
        second_columns=sorted(second & admitted.taken.keys()),
        refused_columns=[one.model_dump() for one in admitted.refused],
        raw=batch.model_dump(mode="json"),
    )
    trail.record(
        by=by,
        verb="hub.receive",
        object_kind="delivery",
        object_id=str(delivery.uid),
        details={
            "feed": feed.code,
            "rows": len(table),
            "elements": sorted(set(admitted.taken.values())),
            "refused": [one.column for one in admitted.refused],
        },
    )
    if then is not None:
        then(str(delivery.uid))
    return delivery
