"""Rows of the hub as records."""

from __future__ import annotations

from wangge.ground.registry.parts import row_and_part
from wangge.work.hub.models import Delivery, UnsurePair
from wangge.work.hub.records import FieldWeight, PairRecord, ReceiptRecord, RefusedColumn


def receipt_of(row: Delivery, *, again: bool = False) -> ReceiptRecord:
    """The receipt of a delivery as it stands now."""
    return ReceiptRecord(
        uid=str(row.uid),
        feed=row.feed.code,
        file_name=row.file_name,
        sha256=row.sha256,
        received_at=row.received_at,
        state=row.state,
        rows=row.rows,
        bad_rows=row.bad_rows,
        linked_rows=row.linked_rows,
        unlinked_rows=row.unlinked_rows,
        repeated_rows=row.repeated_rows,
        doubles=row.doubles,
        new_persons=row.new_persons,
        unsure_pairs=row.pairs.filter(state="open").count(),
        columns=list(row.columns),
        refused_columns=[RefusedColumn(**one) for one in row.refused_columns],
        again=again,
    )


def pair_of(row: UnsurePair) -> PairRecord:
    """A pair without the people's fields."""
    return PairRecord(
        uid=str(row.uid),
        feed=row.delivery.feed.code,
        row=row_and_part(row.row)[0],
        part=row_and_part(row.row)[1],
        person=row.person,
        probability=row.probability,
        veto=row.veto,
        weights=[FieldWeight(**one) for one in row.weights],
        state=row.state,
    )
