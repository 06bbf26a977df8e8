"""The town's Parquet tables, one row group (a community) at a time: a city is never held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def groups(folder: Path, table: str) -> Iterator[pa.Table]:
    """The row groups of ``town/<table>.parquet``, one a community, in order."""
    with pq.ParquetFile(folder / "town" / f"{table}.parquet") as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number)


def rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    """All rows of a table as dicts."""
    for group in groups(folder, table):
        yield from group.to_pylist()
