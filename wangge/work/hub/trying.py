"""A dry run: what a file would change, before anything moves. All of it happens in memory; only the trail says that it was tried."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import IO

import pyarrow.compute as pc
from django.db import transaction

from wangge.cores.tables.previewing import preview
from wangge.cores.tables.reading import read_table
from wangge.ground.registry import queries as registry
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.hub.agreements import check_columns, feed_of
from wangge.work.hub.columns_in import admit
from wangge.work.hub.folding_in import ABOUT, addressed
from wangge.work.hub.linking import Met, meet
from wangge.work.hub.models import Delivery, Feed
from wangge.work.hub.receiving import RAW, ROW, must_name, raw_of
from wangge.work.hub.records import FileTried
from wangge.work.hub.standardising import of_both
from wangge.work.hub.tried import Tried, told

MOST = 20_000
"""Rows of a file that are tried; of a longer one the first so many."""
AT_ONCE = 2000


def try_file(
    *, feed: str, file: IO[bytes], name: str, by: Actor, columns: Mapping[str, str] | None = None
) -> FileTried:
    """What delivering this file would do; nothing of it is kept. ``columns``: another mapping than the confirmed one, to try.

    Raises ``TableError`` for a file that can't be read, ``Invalid`` for a mapping that can't be.
    """
    scope(by, "hub.map")
    content = file.read()
    row = feed_of(feed)
    read = _read(row, content, PurePath(name).name, columns)
    met = meet(_unsaved(row, read), read.standard, makes_persons=row.makes_persons, by=by)
    found = told(row.code, read, met, list(_foreseen(by, row, read, met)))
    again = Delivery.objects.filter(feed=row, sha256=hashlib.sha256(content).hexdigest()).exists()
    with transaction.atomic():
        trail.record(
            by=by, verb="hub.try", object_kind="feed", object_id=feed,
            details={
                "rows": len(read.table), "elements": sorted(set(read.admitted.taken.values())),
                "refused": [one.column for one in read.admitted.refused],
            },
        )  # fmt: skip
    return found.model_copy(update={"delivered_before": again})


def _read(feed: Feed, content: bytes, name: str, columns: Mapping[str, str] | None) -> Tried:
    """Everything up to the standard lines, as receiving and standardising would make them."""
    table = read_table(content, name=name)
    second = set(feed.mapping.filter(part=2).values_list("column", flat=True))
    if columns is None:
        columns = dict(feed.mapping.values_list("column", "element"))
    else:
        for theirs in (False, True):
            check_columns({column: e for column, e in columns.items() if (column in second) is theirs})
    admitted = admit(table.columns, columns, feed.agreement.elements)
    must_name(table, admitted, second)
    raw = raw_of(table.take(range(min(len(table), MOST))), admitted, second)
    read = Tried(table, preview(content, name=name), admitted, frozenset(second), raw)
    standard, faults = of_both(_unsaved(feed, read), raw)
    return read._replace(standard=standard, faults=faults)


def _unsaved(feed: Feed, read: Tried) -> Delivery:
    """The delivery that this file would be."""
    taken = read.admitted.taken
    return Delivery(
        feed=feed, columns=taken, second_columns=sorted(read.second & taken.keys()), received_at=clock.now()
    )


def _foreseen(by: Actor, feed: Feed, read: Tried, met: Met) -> Iterator[registry.Foreseen]:
    """What each value of a row that means somebody known would do."""
    known = met.linked.filter(pc.invert(met.linked.column("new")))
    kept = [name for name in read.standard.column_names if not name.startswith(RAW)]
    joined = known.join(read.standard.select(kept), keys=ROW, join_type="inner")
    lines = addressed(joined.sort_by(ROW).combine_chunks())
    lines = lines.drop_columns([name for name in ABOUT if name in lines.column_names])
    for start in range(0, lines.num_rows, AT_ONCE):
        yield from registry.foresee(
            by, feed=feed.code, department=feed.department, rows=lines.slice(start, AT_ONCE), observed_at=clock.now()
        )  # fmt: skip
