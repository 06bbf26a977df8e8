"""Rows that found nobody are tried again when later deliveries brought people in: a roster may come before the register."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from wangge.ground.registry import queries as people
from wangge.ground.registry.parts import line_of
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.stores.batches import read_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub.agreements import in_force
from wangge.work.hub.folding_in import fold_found
from wangge.work.hub.linking import keep_pairs, meet
from wangge.work.hub.models import Delivery, UnsurePair
from wangge.work.hub.receiving import ROW

BLOCK = 20_000
"""Most rows that are tried at once. Reading the persons to compare with is what costs, so blocks are large."""
FOLDED = ("folded", "done")


def with_strangers(*, since: str, by: Actor) -> list[str]:
    """Earlier deliveries with rows that found nobody, where this delivery brought people in; else none."""
    row = Delivery.objects.get(uid=since)
    if not row.new_persons:
        return []
    earlier = Delivery.objects.select_related("feed__agreement").filter(state__in=FOLDED, unlinked_rows__gt=0)
    return [str(one.uid) for one in earlier.exclude(pk=row.pk).order_by("id") if in_force(one.feed.agreement)]


def relink(*, delivery: str, after: int, by: Actor) -> int | None:
    """Try one block of rows with greater numbers than ``after`` again; returns the last row tried, None at the end.

    Rows that meet somebody now are folded as of when they came. Nobody is made a person by it, and a row in a pair that waits
    for people waits on. Run again, it finds linked what it linked. Nothing is done where the feed's agreement has ended.
    """
    row = Delivery.objects.select_related("feed__agreement").get(uid=delivery)
    if row.state not in FOLDED or not row.unlinked_rows or not in_force(row.feed.agreement):
        return None
    block = _strangers(row, after)
    tried = block.slice(0, BLOCK)
    if tried.num_rows:
        _try(row, tried, by)
    return tried.column(ROW)[-1].as_py() if block.num_rows > BLOCK else None


def _try(row: Delivery, tried: pa.Table, by: Actor) -> None:
    numbers = tried.column(ROW).to_pylist()
    there = people.links(by, feed=row.feed.code, batch=str(row.uid), lines=numbers)
    done = {line_of(one.row, one.part) for one in there}
    asked = UnsurePair.objects.filter(delivery=row, state__in=["open", "at_the_door"])
    done |= set(asked.values_list("row", flat=True))
    strangers = _without(tried, done)
    met = meet(row, strangers, makes_persons=False, by=by)
    keep_pairs(row, met)
    fold_found(row, met.linked, strangers, by)
    with transaction.atomic():
        trail.record(
            by=by, verb="hub.relink", object_kind="delivery", object_id=str(row.uid),
            details={"rows": strangers.num_rows, "linked": met.linked.num_rows},
        )  # fmt: skip


def _strangers(row: Delivery, after: int) -> pa.Table:
    """Standard rows behind ``after`` that linking left without a person when the file came, in their order."""
    standard = read_batch(BatchFile.model_validate(row.standard))
    linked = read_batch(BatchFile.model_validate(row.links), columns=[ROW]).column(ROW)
    left = standard.filter(pc.greater(standard.column(ROW), after))
    return left.filter(pc.invert(pc.is_in(left.column(ROW), value_set=linked))).sort_by(ROW)


def _without(rows: pa.Table, numbers: set[int]) -> pa.Table:
    known = pa.array(sorted(numbers), rows.schema.field(ROW).type)
    return rows.filter(pc.invert(pc.is_in(rows.column(ROW), value_set=known)))
