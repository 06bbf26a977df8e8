"""Rows of the hub as records."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from wangge.ground.registry.parts import row_and_part
from wangge.work.hub.models import Agreement, Delivery, UnsurePair
from wangge.work.hub.records import AgreementRecord, FieldWeight, PairRecord, ReceiptRecord, RefusedColumn


def agreement_of(row: Agreement, *, in_force: bool) -> AgreementRecord:
    """An agreement, and whether it holds today."""
    return AgreementRecord(
        uid=str(row.uid),
        department=row.department,
        direction=row.direction,
        purpose=row.purpose,
        elements=row.elements,
        document=row.document,
        from_on=row.from_on,
        to_on=row.to_on,
        in_force=in_force,
    )


def receipt_of(row: Delivery, *, again: bool = False) -> ReceiptRecord:
    """The receipt of a delivery as it stands now."""
    return receipts_of([row], again=again)[0]


def receipts_of(rows: Sequence[Delivery], *, again: bool = False) -> list[ReceiptRecord]:
    """The receipts of deliveries, with one query for the pairs that wait in all of them."""
    waiting = UnsurePair.objects.filter(delivery__in=rows, state="open").order_by()
    pairs = dict(waiting.values_list("delivery").annotate(pairs=Count("pk")))
    return [_receipt(row, pairs.get(row.pk, 0), again) for row in rows]


def _receipt(row: Delivery, pairs: int, again: bool) -> ReceiptRecord:  # noqa: FBT001
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
        unsure_pairs=pairs,
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
