"""Room `cores.tables`: a table of text, as every reader gives it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wangge.cores.messages.said import said
from wangge.cores.tables.boxes import NO_NUMBER, number_digits
from wangge.cores.tables.errors import RowError, TableError, shown


@dataclass(frozen=True)
class LeftOut:
    """A line that is not data: a total, a note, a repeated header. `text` is its first words."""

    row: int
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of a file as text.

    `data` has one string column a column of the file, null where a box is empty; `row_numbers` (int64)
    says where each row stands as Excel counts. `errors` are boxes or rows that could not be taken as
    they stand (a damaged box is empty in `data`); `left_out` are lines that are not data. `crs` is what a
    GeoJSON file says of its coordinates, None where it says nothing.
    """

    file: str
    sheet: str | None
    data: pa.Table
    row_numbers: np.ndarray
    errors: tuple[RowError, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    crs: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names, unique, in the file's order."""
        return tuple(self.data.column_names)

    def __len__(self) -> int:
        return self.data.num_rows

    @cached_property
    def rows(self) -> list[tuple[str, ...]]:
        """Every row as a tuple of text, "" where a box is empty."""
        if not self.data.num_columns:
            return []
        return list(zip(*(self.column(name) for name in self.columns), strict=True))

    def column(self, name: str) -> list[str]:
        """The text of one column, "" where a box is empty. Raises TableError for an unknown name."""
        require(self, [name])
        return [value or "" for value in self.data.column(name).to_pylist()]

    def to_arrow(self) -> pa.Table:
        """The columns as strings (null where empty) and `_row`, the Excel row number (int64)."""
        return self.data.append_column("_row", pa.array(self.row_numbers, pa.int64()))

    def numbers(self, name: str) -> np.ndarray:
        """One column as float64, NaN where a box is empty.

        Thousands may be parted by commas. Raises TableError naming each row that is no number.
        """
        require(self, [name])
        text = self.data.column(name)
        try:
            numbers = pc.cast(text, pa.float64())
        except pa.ArrowInvalid:
            return self._spelt_numbers(name)
        values = numbers.to_numpy().astype(np.float64, copy=False)
        if np.isinf(values).any() or int(np.isnan(values).sum()) != text.null_count:
            return self._spelt_numbers(name)
        return values

    def _spelt_numbers(self, name: str) -> np.ndarray:
        digits = [number_digits(text) if text else "nan" for text in self.column(name)]
        wrong = [index for index, number in enumerate(digits) if number is None]
        if wrong:
            raise TableError(self.error(index, name, *NO_NUMBER) for index in wrong)
        return np.array(digits, dtype=np.float64)

    def wkb(self, name: str = "geometry") -> pa.Array:
        """A column of GeoJSON geometries as WKB (binary, null where empty). Raises TableError."""
        import shapely

        require(self, [name])
        text = self.data.column(name).to_pylist()
        shapes = shapely.from_geojson(text, on_invalid="ignore")
        wrong = [i for i, value in enumerate(text) if value is not None and shapes[i] is None]
        if wrong:
            what, advice = said("a GeoJSON geometry"), said("Mend the geometry.")
            raise TableError(self.error(i, name, "no_geometry", what, advice) for i in wrong)
        return pa.array(shapely.to_wkb(shapes), pa.binary())

    def error(
        self, index: int, column: str | None, code: str, expected: str, advice: str, **more: Any
    ) -> RowError:
        """A RowError for row `index` of this table (0 is the first row of data)."""
        value = (
            None if column is None or column not in self.columns else self.data.column(column)[index].as_py()
        )
        row = int(self.row_numbers[index])
        found = None if value is None else shown(value)
        return RowError(self.file, self.sheet, row, column, found, code, expected, advice, more)

    def take(self, indices: Sequence[int] | np.ndarray) -> Table:
        """The rows at these positions, in this order."""
        where = np.asarray(indices, dtype=np.int64)
        return replace(self, data=self.data.take(pa.array(where)), row_numbers=self.row_numbers[where])

    def without(self, errors: Iterable[RowError]) -> Table:
        """The rows that none of `errors` names."""
        wrong = [error.row for error in errors if error.row is not None]
        return self.take(np.flatnonzero(~np.isin(self.row_numbers, wrong)))

    def select(self, names: Sequence[str]) -> Table:
        """Only these columns, in this order. Raises TableError when one is missing."""
        require(self, names)
        return replace(self, data=self.data.select(list(names)))


def require(table: Table, names: Iterable[str]) -> None:
    """Raise a TableError that names every column of `names` which the table lacks, with a did-you-mean."""
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise TableError(_missing(table, name) for name in missing)


def _missing(table: Table, name: str) -> RowError:
    near = nearest(name, table.columns)
    advice = said("The columns are: %(names)s.", names=", ".join(table.columns))
    if near:
        advice = said("Did you mean '%(near)s'? %(advice)s", near=near, advice=advice)
    parameters = {"column": name, "near": near, "columns": table.columns}
    wanted = said("a column '%(name)s'", name=name)
    return RowError(table.file, table.sheet, None, name, None, "missing_column", wanted, advice, parameters)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most like `name`, or None when none is near: by its last level, blanks and case aside."""
    folded = {_folded(other): other for other in names}
    for other, spelt in folded.items():
        if other.rsplit("/", 1)[-1] == _folded(name) or _folded(name).rsplit("/", 1)[-1] == other:
            return spelt
    found = difflib.get_close_matches(_folded(name), folded, n=1, cutoff=0.5)
    return folded[found[0]] if found else None


def _folded(name: str) -> str:
    return name.casefold().replace(" ", "").replace("_", "").replace("(", "（").replace(")", "）")
