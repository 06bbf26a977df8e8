"""Room `cores.tables`: the door for files in: xlsx, xls, csv, GeoJSON, GeoPackage, Parquet become tables of text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wangge.cores.messages.said import said
from wangge.cores.tables.archives import Limits
from wangge.cores.tables.assembling import assemble, joined
from wangge.cores.tables.errors import refusal
from wangge.cores.tables.table import Table

LIMITS = Limits()


def read_table(
    source: Path | bytes,
    *,
    name: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """A whole file as one table of text.

    `name` is what errors call the file (and its suffix tells GeoJSON from csv where the content doesn't);
    `sheet` is one of a workbook's, by default the first visible one that holds something, or a layer of a
    GeoPackage, which may be left out only where there is but one; `header` is the Excel number of the header's last row, by default found. Boxes that can't be taken as they stand are
    empty and named in `Table.errors`; lines that are no data are in `Table.left_out`. Raises TableError.
    """
    return joined(read_pieces(source, name=name, sheet=sheet, header=header, limits=limits))


def read_pieces(
    source: Path | bytes,
    *,
    name: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Table]:
    """The same file piece by piece, for files larger than memory: csv and Parquet are never held whole.

    Every piece has the same columns. A csv may turn out broken at its end: raises TableError then.
    """
    file = name or (source.name if isinstance(source, Path) else "file")
    with opened(file, source) as stream:
        kind = kind_of(file, stream)
        if kind == "parquet":
            from wangge.cores.tables.columnar import parquet_tables

            yield from parquet_tables(file, stream, limits)
        elif kind == "geojson":
            from wangge.cores.tables.features import feature_table

            yield feature_table(file, stream, limits)
        elif kind == "geopackage":
            from wangge.cores.tables.geopackage import geopackage_table

            yield geopackage_table(file, source, sheet, limits)
        elif kind == "csv":
            from wangge.cores.tables.delimited import csv_lines

            yield from assemble(csv_lines(file, stream), header)
        else:
            from wangge.cores.tables.workbooks import workbook_lines

            yield from assemble(workbook_lines(file, stream, sheet, limits, zipped=kind == "xlsx"), header)


def sheet_names(source: Path | bytes, *, name: str | None = None, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The sheets of a workbook, the layers of a GeoPackage, () for other files. Raises TableError."""
    from wangge.cores.tables.workbooks import workbook_sheets

    file = name or (source.name if isinstance(source, Path) else "file")
    with opened(file, source) as stream:
        kind = kind_of(file, stream)
        if kind == "geopackage":
            from wangge.cores.tables.geopackage import layer_names

            return layer_names(file, source)
        return workbook_sheets(file, stream, limits, zipped=kind == "xlsx") if kind in ("xlsx", "xls") else ()


@contextmanager
def opened(file: str, source: Path | bytes) -> Iterator[IO[bytes]]:
    """The file's bytes, closed again at the end. Raises TableError for a file that can't be opened."""
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    try:
        stream = source.open("rb")
    except OSError as error:
        advice = said("It can't be opened (%(why)s).", why=error.strerror)
        raise refusal(file, "no_file", said("a file that can be read"), advice) from error
    with stream:
        yield stream


def kind_of(file: str, stream: IO[bytes]) -> str:
    """The format by the first bytes, so that a wrong suffix does no harm."""
    start = stream.read(512)
    stream.seek(0)
    if not start.strip():
        raise refusal(
            file, "empty_file", said("a header and rows"), said("The file is empty: send it again.")
        )
    if start.startswith(b"PK"):
        return "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"SQLite format 3\0"):
        return "geopackage"
    if start.startswith((b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        what = said("an .xlsx, .csv, .geojson or .parquet file")
        raise refusal(file, "unknown_format", what, said("Save the table as one of these and send that."))
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{") or file.lower().endswith((".geojson", ".json")):
        return "geojson"
    return "csv"
