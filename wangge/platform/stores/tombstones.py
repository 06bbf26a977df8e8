"""Room `stores`: erasure from immutable batches.

A tombstone says that rows with a certain value in a certain column are erased, from one batch or from all.
Every read of a batch applies it at once; `batches.compact` writes the batch anew without those rows, and
the old file's key dies with its row. Tombstones hold blind indexes, so they keep no list of who asked to be
forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from wangge.platform.clock import clock
from wangge.platform.connectors.keys import INDEX, Key, key_store
from wangge.platform.stores import sealing
from wangge.platform.stores.models import Tombstone

_CHUNK = 1000


def erase(subject_column: str, values: Iterable[str | int], *, batch: str = "") -> int:
    """Bury rows whose `subject_column` holds one of `values`; return how many values are now new to it.

    `batch` limits it to one batch's name: give it wherever values are unique within their batch only. Call it
    in the transaction that records why. Values are compared exactly, as text.
    """
    wanted = sorted({str(value) for value in values})
    known = _already(batch, subject_column, wanted)
    fresh = [value for value in wanted if value not in known]
    moment = clock.now()
    rows = [
        Tombstone(column=subject_column, batch=batch, subject=index, erased_at=moment)
        for index in _indexes(subject_column, fresh, key_store().current(INDEX))
    ]
    Tombstone.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)
    return len(rows)


def columns_of(batch: str) -> set[str]:
    """Return the columns that tombstones for this batch name."""
    found = Tombstone.objects.filter(batch__in=("", batch)).values_list("column", flat=True)
    return set(found.order_by().distinct())


def erased_in(batch: str, column: str, values: list[str]) -> set[str]:
    """Return those of `values` that are erased from this batch.

    Raises `KeyStoreError` where the key of a tombstone was retired: then nobody can tell what is erased, and
    nothing may be read. Compact every batch before an index key is retired.
    """
    by_version: defaultdict[int, set[str]] = defaultdict(set)
    buried = Tombstone.objects.filter(column=column, batch__in=("", batch))
    for subject in buried.values_list("subject", flat=True).iterator():
        by_version[int(subject[1 : subject.index(":")])].add(subject)
    found: set[str] = set()
    for version, subjects in by_version.items():
        indexes = _indexes(column, values, key_store().key(INDEX, version))
        found.update(value for value, index in zip(values, indexes, strict=True) if index in subjects)
    return found


def forget(batch: str) -> int:
    """Remove the tombstones of one batch, once its compacted successor has taken its place."""
    return Tombstone.objects.filter(batch=batch).delete()[0] if batch else 0


def _already(batch: str, column: str, values: list[str]) -> set[str]:
    """Return those of a few `values` that are buried already, under whichever live key."""
    of_index = {
        index: value
        for key in key_store().versions(INDEX)
        for value, index in zip(values, _indexes(column, values, key), strict=True)
    }
    buried = Tombstone.objects.filter(column=column, batch__in=("", batch))
    found: set[str] = set()
    indexes = list(of_index)
    for at in range(0, len(indexes), _CHUNK):
        chunk = indexes[at : at + _CHUNK]
        found.update(buried.filter(subject__in=chunk).values_list("subject", flat=True))
    return {of_index[index] for index in found}


def _indexes(column: str, values: list[str], key: Key) -> list[str]:
    """Index values exactly as they are; an empty text has an index too."""
    prefixed = [f"={value}" for value in values]
    found = sealing.blind_index_column(prefixed, f"stores_tombstone:{column}", exact=True, key=key)
    return [index for index in found if index is not None]
