"""Room `stores`: erasure from immutable batches.

A tombstone says that rows with a certain value in a certain column are erased, from one batch or from all.
Every read of a batch applies it at once; `batches.compact` writes the batch anew without those rows, and the
old file's key dies with its row. Tombstones hold keyed hashes, so they keep no list of who asked to be
forgotten: a quick one to search whole columns by, and a blind index that decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wangge.platform.clock import clock
from wangge.platform.connectors.envelopes import derive
from wangge.platform.connectors.keys import INDEX, Key, key_store
from wangge.platform.stores import sealing
from wangge.platform.stores.models import Tombstone

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 1000


def erase(subject_column: str, values: Iterable[str | int], *, batch: str = "") -> int:
    """Bury rows whose `subject_column` holds one of `values`; return how many values were not buried yet.

    `batch` limits it to one batch's name: give it wherever values are unique within their batch only. Call it
    in the transaction that records why. Values are compared exactly, as text.
    """
    wanted = sorted({str(value) for value in values})
    known = _already(batch, subject_column, wanted)
    fresh = [value for value in wanted if value not in known]
    key, moment = key_store().current(INDEX), clock.now()
    hashes = zip(_indexes(subject_column, fresh, key), _quick(subject_column, fresh, key), strict=True)
    rows = [
        Tombstone(column=subject_column, batch=batch, subject=subject, quick=quick, erased_at=moment)
        for subject, quick in hashes
    ]
    Tombstone.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)
    return len(rows)


def columns_of(batch: str) -> set[str]:
    """Return the columns that tombstones for this batch name."""
    found = Tombstone.objects.filter(batch__in=("", batch)).values_list("column", flat=True)
    return set(found.order_by().distinct())


class Graves:
    """What is erased from one column of one batch, read once from the table.

    Raises `KeyStoreError` where the key of a tombstone was retired: then nobody can tell what is erased, and
    nothing may be read. Compact every batch, and `forget`, before an index key is retired.
    """

    def __init__(self, batch: str, column: str) -> None:
        self._column = column
        buried = Tombstone.objects.filter(column=column, batch__in=("", batch))
        by_version: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for subject, quick in buried.values_list("subject", "quick").iterator():
            by_version[int(subject[1 : subject.index(":")])][subject] = quick
        store = key_store()
        self._buried = [(store.key(INDEX, version), rows) for version, rows in by_version.items()]

    def among(self, values: pa.Array) -> set[str | int]:
        """Return those of `values` (text or integers; nulls are nobody) that are erased.

        Raises `TypeError` for a column of another kind, whose values have no one spelling as text.
        """
        import numpy as np
        import pyarrow as pa

        from wangge.platform.stores.siphash import siphash

        texts = _as_text(values.drop_null(), self._column)
        erased: set[str | int] = set()
        for key, rows in self._buried:
            quick = np.fromiter(rows.values(), np.int64, len(rows))
            maybe = np.flatnonzero(np.isin(siphash(texts, _quick_key(self._column, key)), quick))
            candidates = texts.take(pa.array(maybe)).unique().to_pylist()
            indexes = _indexes(self._column, candidates, key)
            erased.update(t for t, index in zip(candidates, indexes, strict=True) if index in rows)
        return {int(text) for text in erased} if pa.types.is_integer(values.type) else erased


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
    """Index values exactly as they are; the sign before them gives an empty text an index too."""
    signed = [f"={value}" for value in values]
    found = sealing.blind_index_column(signed, f"stores_tombstone:{column}", exact=True, key=key)
    return [index for index in found if index is not None]


def _quick(column: str, values: list[str], key: Key) -> list[int]:
    import pyarrow as pa

    from wangge.platform.stores.siphash import siphash

    hashes: list[int] = siphash(pa.array(values, pa.large_string()), _quick_key(column, key)).tolist()
    return hashes


def _quick_key(column: str, key: Key) -> bytes:
    return derive(key, f"quick:stores_tombstone:{column}", 16)


def _as_text(values: pa.Array, column: str) -> pa.Array:
    import pyarrow as pa

    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    if not (pa.types.is_integer(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise TypeError(
            f"Rows can't be erased by the column {column!r}: it holds {kind}, not text or integers."
        )
    return values.cast(pa.large_string())
