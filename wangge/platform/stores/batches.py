"""Room `stores`: immutable encrypted Parquet batches.

Each file has a key of its own, with which Parquet's modular encryption (AES-GCM, encrypted footer) seals
every page and all metadata, bound to the file's name. That key stands nowhere but in the returned
`BatchFile`, wrapped by the master key. **The row in the operational database that stores the `BatchFile` is
the batch's commit**: a file without a row has no key, reads as nothing, and is swept.

Positions of rows are not lasting: tombstones and compaction drop rows. Give each row a column that names it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from uuid6 import uuid7

from wangge.platform.connectors import envelopes
from wangge.platform.connectors.keys import BATCHES, Key, key_store
from wangge.platform.stores import aside, tombstones
from wangge.platform.stores.records import BatchFile

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds

ALGORITHM = "Parquet AES-256-GCM"
GRACE = timedelta(days=1)
_ROW_GROUP = 128 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.parquet")


class BatchError(RuntimeError):
    """A batch can't be read; the subclass says why."""


class BatchMissing(BatchError):
    """The file isn't there."""


class BatchErased(BatchError):
    """Its key was deleted: nobody can read it again."""


class BatchDamaged(BatchError):
    """The file, or its wrapped key, is not what was written."""


def write_batch(name_hint: str, schema: pa.Schema, record_batches: Iterable[pa.RecordBatch]) -> BatchFile:
    """Write a batch from a stream, holding one row group (131,072 rows) at a time.

    Store the result in a row at once. When the stream raises, or a record batch does not fit the schema
    (`ValueError`), nothing is left behind.
    """
    name = f"{re.sub(r'[^a-z0-9]+', '-', name_hint.lower()).strip('-')[:60] or 'batch'}-{uuid7()}.parquet"
    master, file_key = key_store().current(BATCHES), os.urandom(32)
    with aside.placed(_folder() / name) as handle:
        rows = _write(handle, name, file_key, schema, record_batches)
        handle.flush()
        handle.seek(0)
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return BatchFile(
        name=name,
        rows=rows,
        sha256=sha256,
        key_version=master.version,
        algorithm=ALGORITHM,
        wrapped_key=envelopes.seal(master, file_key, _context(name)),
    )


def open_batch(file: BatchFile) -> ds.Dataset:
    """Return the batch as a lazy dataset, without what is erased; it is scanned column by column.

    Raises `BatchMissing`, `BatchErased`, `BatchDamaged`; a page that was tampered with raises OSError when it
    is read.
    """
    import pyarrow.compute as pc

    dataset = _opened(file)
    for column in sorted(tombstones.columns_of(file.name) & set(dataset.schema.names)):
        erased = _erased_values(file, dataset, column)
        if len(erased):
            dataset = dataset.filter(~pc.field(column).isin(erased))
    return dataset


def read_batch(
    file: BatchFile, columns: Sequence[str] | None = None, *, subject: str | None = None
) -> pa.Table:
    """Return the whole batch (or some columns), without what is erased, in the order it was written.

    Tombstones apply whatever columns are asked for. `subject` insists that a batch has the column by which
    its rows can be erased: `KeyError` if it hasn't. Errors as in `open_batch`.
    """
    dataset = _insisting(open_batch(file), subject)
    try:
        return dataset.to_table(columns=None if columns is None else list(columns))
    except OSError as error:
        raise _damaged(file) from error


def iter_batch(
    file: BatchFile,
    rows: int = 65_536,
    columns: Sequence[str] | None = None,
    *,
    subject: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """Yield the batch in pieces of at most `rows` rows; as `read_batch` otherwise, in bounded memory."""
    dataset = _insisting(open_batch(file), subject)
    yield from _pieces(file, dataset, rows, None if columns is None else list(columns))


def compact(file: BatchFile) -> BatchFile:
    """Write the batch anew, without what is erased, under a new name and key.

    Put the result in the old one's place in its row, and call `tombstones.forget(file.name)`; the old file's
    key is gone with that, and the file is swept later.
    """
    dataset = open_batch(file)
    hint = re.sub(r"-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.parquet$", "", file.name)
    return write_batch(hint, dataset.schema, _pieces(file, dataset, _ROW_GROUP, None))


def rewrap(file: BatchFile) -> BatchFile:
    """Wrap the file's key under the newest master key; the file itself stays as it is. Store the result."""
    master = key_store().current(BATCHES)
    wrapped = envelopes.seal(master, _file_key(file), _context(file.name))
    return file.model_copy(update={"key_version": master.version, "wrapped_key": wrapped})


def is_whole(file: BatchFile) -> bool:
    """Tell whether the file is there and is byte for byte what was written (after a restore, for instance)."""
    try:
        with open(_path(file), "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == file.sha256
    except FileNotFoundError:
        return False


def sweep(named: set[str], grace: timedelta = GRACE) -> list[str]:
    """Remove files that no row names, and unfinished ones, older than `grace`; return their names."""
    return aside.sweep(_folder(), named.__contains__, grace)


def _write(
    handle: BinaryIO, name: str, key: bytes, schema: pa.Schema, stream: Iterable[pa.RecordBatch]
) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyarrow.parquet.encryption import create_encryption_properties

    sealed = create_encryption_properties(key, aad_prefix=name.encode(), store_aad_prefix=False)
    rows = 0
    with pq.ParquetWriter(
        handle, schema, compression="zstd", compression_level=1, encryption_properties=sealed
    ) as writer:
        for group in _groups(stream):
            writer.write_table(pa.Table.from_batches(group, schema), row_group_size=_ROW_GROUP)
            rows += sum(len(part) for part in group)
    return rows


def _groups(stream: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Gather record batches into row groups: many small groups would make a slow file."""
    group: list[pa.RecordBatch] = []
    gathered = 0
    for part in stream:
        while gathered + len(part) >= _ROW_GROUP:
            room = _ROW_GROUP - gathered
            yield [*group, part.slice(0, room)]
            group, gathered, part = [], 0, part.slice(room)
        if len(part):
            group.append(part)
            gathered += len(part)
    if group:
        yield group


def _opened(file: BatchFile) -> ds.Dataset:
    import pyarrow.dataset as ds
    from pyarrow.parquet.encryption import create_decryption_properties

    path = _path(file)
    key = create_decryption_properties(_file_key(file), aad_prefix=file.name.encode())
    options = ds.ParquetFragmentScanOptions(decryption_properties=key)
    try:
        dataset = ds.dataset(path, format=ds.ParquetFileFormat(default_fragment_scan_options=options))
        rows = dataset.count_rows()
    except FileNotFoundError:
        raise BatchMissing(
            f"The batch {file.name} is not in {path.parent}. Restore it from its backup."
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(file) from error
    if rows != file.rows:
        raise _damaged(file)
    return dataset


def _pieces(
    file: BatchFile, dataset: ds.Dataset, rows: int, columns: list[str] | None
) -> Iterator[pa.RecordBatch]:
    """Yield what is left of the dataset, reading a little ahead only: memory stays bounded."""
    pieces = dataset.to_batches(columns=columns, batch_size=rows, batch_readahead=2, fragment_readahead=1)
    try:
        yield from (piece for piece in pieces if len(piece))
    except OSError as error:
        raise _damaged(file) from error


def _erased_values(file: BatchFile, dataset: ds.Dataset, column: str) -> pa.Array:
    """Return the values of one column that tombstones name, in the column's own type."""
    import pyarrow as pa

    graves = tombstones.Graves(file.name, column)
    erased: set[str | int] = set()
    for part in _pieces(file, dataset, _ROW_GROUP, [column]):
        erased |= graves.among(part[column])
    kind = dataset.schema.field(column).type
    return pa.array(list(erased), kind.value_type if pa.types.is_dictionary(kind) else kind)


def _insisting(dataset: ds.Dataset, subject: str | None) -> ds.Dataset:
    if subject is not None and subject not in dataset.schema.names:
        raise KeyError(f"The batch has no column {subject!r}: its rows could not be erased by it.")
    return dataset


def _file_key(file: BatchFile) -> bytes:
    if not file.wrapped_key:
        raise BatchErased(f"The key of the batch {file.name} was deleted: its content is gone for good.")
    try:
        return envelopes.unseal(_master_key, file.wrapped_key, _context(file.name))
    except envelopes.DoesNotOpen as error:
        raise BatchDamaged(f"The wrapped key of the batch {file.name} does not open.") from error


def _master_key(version: int) -> Key:
    return key_store().key(BATCHES, version)


def _context(name: str) -> str:
    return f"batch:{name}"


def _damaged(file: BatchFile) -> BatchDamaged:
    return BatchDamaged(f"The batch {file.name} is damaged or was altered. Restore it from its backup.")


def _folder() -> Path:
    return Path(settings.WANGGE_HOME) / "batches"


def _path(file: BatchFile) -> Path:
    if not _NAME.fullmatch(file.name):
        raise ValueError(f"{file.name!r} is not a batch's name.")
    return _folder() / file.name
