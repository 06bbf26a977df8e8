"""Room `cores.tables`: Parquet files as text, those of GeoParquet (OGC 1.1) with their shapes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wangge.cores.messages.said import said
from wangge.cores.tables.archives import Limits
from wangge.cores.tables.boxes import box_text, label
from wangge.cores.tables.errors import refusal
from wangge.cores.tables.geometries import GEOMETRY, geojson_texts, no_geometry, primary_geometry
from wangge.cores.tables.headers import repeated
from wangge.cores.tables.table import Table

CHUNK = 100_000


def parquet_tables(file: str, source: IO[bytes], limits: Limits) -> Iterator[Table]:
    """Tables of at most `CHUNK` rows; row 2 is the first. Binary columns come as hexadecimal text, but GeoParquet's primary
    geometry as GeoJSON text in a column `geometry`, with the coordinate system that the file names.

    Numbers keep all of their digits: a Parquet integer is exact. Raises TableError.
    """
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(source)
        _check(file, parquet.metadata, limits)
        shape, crs = primary_geometry(parquet.schema_arrow)
        names = [GEOMETRY if name == shape else label(name) for name in parquet.schema_arrow.names]
        if twice := repeated(names):
            raise refusal(
                file,
                "duplicate_columns",
                said("every column name once"),
                said("Rename one."),
                column=twice[0],
            )
        start = 2
        for batch in parquet.iter_batches(batch_size=CHUNK):
            arrays, errors = [], []
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                if name == shape:
                    texts, wrong = geojson_texts(column.to_pylist())
                    errors = [no_geometry(file, None, start + index) for index in wrong]
                arrays.append(pa.array(texts, pa.string()) if name == shape else _text(column))
            rows = np.arange(start, start + batch.num_rows, dtype=np.int64)
            start += batch.num_rows
            yield Table(file, None, pa.table(arrays, names=names), rows, tuple(errors), crs=crs)
        if start == 2:
            yield Table(
                file,
                None,
                pa.table([pa.array([], pa.string())] * len(names), names=names),
                np.arange(0),
                crs=crs,
            )
    except (pa.ArrowException, OSError) as error:
        advice = said("The file is damaged. Write it again and send that.")
        raise refusal(file, "damaged_file", said("a whole Parquet file"), advice) from error


def _check(file: str, metadata: object, limits: Limits) -> None:
    rows, columns, groups = metadata.num_rows, metadata.num_columns, metadata.num_row_groups  # type: ignore[attr-defined]
    size = sum(metadata.row_group(i).total_byte_size for i in range(groups))  # type: ignore[attr-defined]
    if columns == 0:
        raise refusal(file, "empty_file", said("columns and rows"), said("The file is empty: send it again."))
    if size > limits.bytes or rows * columns > limits.boxes * 10:
        raise refusal(
            file,
            "too_large",
            said(
                "at most %(bytes)s bytes and %(values)s values",
                bytes=f"{limits.bytes:,}",
                values=f"{limits.boxes * 10:,}",
            ),
            said("Send the rows in several files, or ask for a higher limit."),
            limit=limits.bytes,
        )


def _text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    elif pa.types.is_integer(kind) or pa.types.is_date(kind):
        text = column.cast(pa.string())
    else:
        text = pa.array(
            [None if value is None else box_text(value) for value in column.to_pylist()], pa.string()
        )
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
