"""Room `cores.tables`: safe files out: xlsx, csv and GeoJSON, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from wangge.cores.tables.boxes import box_text
from wangge.cores.tables.errors import RowError
from wangge.cores.tables.formulas import harmless
from wangge.cores.tables.sheets import Sheet as Sheet
from wangge.cores.tables.sheets import write_workbook
from wangge.cores.tables.table import Table

Target = Path | IO[bytes]

_LONG = re.compile(r"^\d{12,}[Xx]?$")
SPOOLED = 1 << 24


@contextmanager
def replacing(target: Target, *, private: bool = True) -> Iterator[IO[bytes]]:
    """A file to write into; it takes the target's place when the block ends well, else nothing stays.

    A path gets a temporary neighbour that is renamed; a buffer gets everything in one go at the end. Exports hold
    personal data: a file has mode 0600 unless it isn't `private`; then the process's umask decides, as for any file.
    """
    if not isinstance(target, Path):
        with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as spool:
            yield spool
            spool.seek(0)
            shutil.copyfileobj(spool, target)
        return
    name = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def write_xlsx(target: Target, sheets: Sequence[Sheet]) -> None:
    """The sheets as a workbook: header frozen, text kept as text, formulas made harmless.

    The same sheets give the same bytes. Numbers of more than 15 digits are written as text. Raises
    TableError where a sheet can't hold the rows.
    """
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    with replacing(target) as file:
        write_workbook(_name(target), file, sheets)


def write_csv(
    target: Target,
    sheet: Sheet,
    *,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    guard_long_numbers: bool = False,
) -> None:
    """One sheet as csv, its title left out, formulas made harmless.

    A spreadsheet that opens a csv turns long numbers into powers: `guard_long_numbers` puts a TAB behind
    digits of 12 or more, which keeps them text there (`read_table` takes it off). For people, prefer xlsx.
    """
    with replacing(target) as file:
        text = io.TextIOWrapper(file, encoding, newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([harmless(name) for name in sheet.columns])
        for row in sheet.rows:
            if len(row) != len(sheet.columns):
                raise ValueError(
                    f"a row of '{sheet.name}' has {len(row)} values for {len(sheet.columns)} columns"
                )
            writer.writerow([_csv_text(value, guard_long_numbers) for value in row])
        text.flush()
        text.detach()


def _csv_text(value: object, guard_long_numbers: bool) -> str:
    text = box_text(value)
    if not isinstance(value, str):
        return text
    return f"{text}\t" if guard_long_numbers and _LONG.match(text) else harmless(text)


def write_geojson(
    target: Target,
    features: Iterable[tuple[Any, Mapping[str, object]]],
    *,
    digits: int | None = 7,
    private: bool = True,
) -> None:
    """Features (geometry, properties) as a FeatureCollection (RFC 7946: longitude, latitude), one a line.

    A geometry is None, a GeoJSON mapping, or has `__geo_interface__` (shapely). Coordinates are rounded to
    `digits` decimals (7 is about 1 cm). JSON text is never run, so properties are written as they are. `private` as in `replacing`.
    """
    with replacing(target, private=private) as file:
        file.write(b'{"type": "FeatureCollection", "features": [\n')
        for number, (geometry, properties) in enumerate(features):
            feature = {
                "type": "Feature",
                "properties": {name: _plain(value) for name, value in properties.items()},
                "geometry": _rounded(getattr(geometry, "__geo_interface__", geometry), digits),
            }
            line = json.dumps(feature, ensure_ascii=False, allow_nan=False)
            file.write(f"{',' if number else ''}{line}\n".encode())
        file.write(b"]}\n")


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, str | bool | int | list | dict):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return box_text(value)


def _rounded(shape: Any, digits: int | None) -> Any:
    if digits is None or shape is None:
        return shape
    if isinstance(shape, Mapping):
        return {key: _rounded(value, digits) for key, value in shape.items()}
    if isinstance(shape, list | tuple):
        return [_rounded(value, digits) for value in shape]
    return round(shape, digits) if isinstance(shape, float) else shape


def sheet_of(table: Table, name: str | None = None) -> Sheet:
    """A table as a sheet to write."""
    return Sheet(name or table.sheet or "Sheet1", table.columns, table.rows)


def row_error_sheet(
    table: Table,
    errors: Iterable[RowError],
    *,
    title: str = "what is wrong",
    say: Callable[[RowError], str] | None = None,
) -> Sheet:
    """The rows in error as their sender wrote them, and a last column that says what is wrong with each.

    `say` puts one error into words (upper rooms: in the reader's language). Errors without a row are left out:
    they concern the whole file. A box that was emptied because it was damaged shows what was found in it.
    """
    by_row: dict[int, list[RowError]] = {}
    for error in errors:
        if error.row is not None:
            by_row.setdefault(error.row, []).append(error)
    indices = np.flatnonzero(np.isin(table.row_numbers, list(by_row)))
    wrong = table.take(indices)
    while title in table.columns:
        title += " *"
    rows = []
    for number, row in zip(wrong.row_numbers, wrong.rows, strict=True):
        found = by_row[int(number)]
        seen = {error.column: error.value_shown or "" for error in found}
        boxes = [text or seen.get(name, "") for name, text in zip(table.columns, row, strict=True)]
        rows.append([*boxes, "; ".join(map(say or _say, found))])
    return Sheet(table.sheet or "rows in error", [*table.columns, title], rows)


def _say(error: RowError) -> str:
    return str(error.in_row())


def _name(target: Target) -> str:
    return target.name if isinstance(target, Path) else "file"
