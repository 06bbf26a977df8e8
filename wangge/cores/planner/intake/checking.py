"""Checks of a file's columns, all of them before anything is refused, so that one answer names every bad row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from wangge.cores.tables.errors import RowError
    from wangge.cores.tables.table import Table

MOST_HOUSEHOLDS = 1_000_000  # of one building


class Checks:
    """The columns of one table, and what is wrong with them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._errors: dict[tuple[int, str], RowError] = {
            (error.row or 0, error.column or ""): error for error in table.errors
        }
        self._names: set[str] = set()

    def names(self, name: str, *, unique: bool = False) -> list[str]:
        """A column of text, none of it empty."""
        texts = self.column(name)
        self.refuse(
            name, _where(not text for text in texts), "empty_box", said("a value"), said("Fill the box in.")
        )
        if unique:
            seen: set[str] = set()
            twice = [i for i, text in enumerate(texts) if text in seen or seen.add(text)]  # type: ignore[func-returns-value]
            self.refuse(
                name, twice, "repeated", said("every value once"), said("Give each row a value of its own.")
            )
        return texts

    def numbers(
        self, name: str, *, least: float = -np.inf, most: float = np.inf, optional: bool = False
    ) -> Floats:
        """A column of finite numbers within bounds, NaN where one is wrong, or empty if it is optional."""
        from wangge.cores.tables.boxes import NO_NUMBER, number_digits

        texts = self.column(name)
        spelt = [number_digits(text) for text in texts]
        values = np.array([np.nan if digits is None else float(digits) for digits in spelt], dtype=np.float64)
        empty = np.array([not text for text in texts], dtype=bool)
        missing = empty & (not optional)
        self.refuse(name, np.flatnonzero(missing), "empty_box", said("a number"), said("Fill the box in."))
        self.refuse(name, np.flatnonzero(~np.isfinite(values) & ~empty), *NO_NUMBER)
        with np.errstate(invalid="ignore"):
            off = np.flatnonzero((values < least) | (values > most))
        self.refuse(name, off, "out_of_bounds", _bounds(least, most), said("Correct the number."))
        values[off] = np.nan
        values[~np.isfinite(values)] = np.nan
        return values

    def counts(self, name: str, *, most: int = MOST_HOUSEHOLDS, optional: bool = False) -> Ints:
        """A column of whole numbers from 0 to `most`, 0 where one is wrong, or empty if it is optional."""
        values = self.numbers(name, least=0, most=most, optional=optional)
        known = np.isfinite(values)
        broken = np.flatnonzero(known & (values != np.floor(np.where(known, values, 0.0))))
        self.refuse(name, broken, "not_whole", said("a whole number, 0 or more"), said("Correct the number."))
        known[broken] = False
        return np.where(known, values, 0.0).astype(np.int64)

    def yes_no(self, name: str) -> Floats:
        """A column of yes and no (有/无, 是/否, 1/0, …): 1, 0, and NaN where a box is empty or wrong."""
        from wangge.cores.tables.parsing import Unreadable, yes_no

        values = np.full(len(self.table), np.nan)
        for index, text in enumerate(self.column(name)):
            try:
                values[index] = yes_no(text) if text else np.nan
            except Unreadable as error:
                self.refuse(name, [index], error.code, error.expected, error.advice)
        return values

    def within(self, names: tuple[str, str], lon: Floats, lat: Floats, known: np.ndarray, crs: str) -> None:
        """Refuse places outside the area that a coordinate system is made for.

        :param names: the columns of x and y; `known`: which rows have both.
        """
        from wangge.cores.geo.datums import area_of_use

        west, south, east, north = area_of_use(crs)
        slack = 0.02  # areas are stated to a hundredth of a degree or so
        with np.errstate(invalid="ignore"):
            side = ~((lon >= west - slack) & (lon <= east + slack)) & known
            along = ~((lat >= south - slack) & (lat <= north + slack)) & known & ~side
        expected = said(
            "a place within the area of %(crs)s (%(west)s to %(east)s degrees east, %(south)s to %(north)s north)",
            crs=crs,
            west=west,
            east=east,
            south=south,
            north=north,
        )
        advice = said("Check the coordinates, their order (x is east, y is north) and --crs.")
        for name, off in zip(names, (side, along), strict=True):
            self.refuse(name, np.flatnonzero(off), "outside_area", expected, advice)

    def finish(self) -> None:
        """Raise what is wrong, if anything is: the first of each row before the second of any."""
        from wangge.cores.tables.errors import TableError

        mine = [error for (_, name), error in sorted(self._errors.items()) if name in self._names or not name]
        rows: dict[int | None, int] = {}
        ranked = []
        for error in mine:
            rows[error.row] = rows.get(error.row, 0) + 1
            ranked.append((rows[error.row], error))
        if ranked:
            raise TableError([error for _, error in sorted(ranked, key=lambda pair: pair[0])])

    def column(self, name: str) -> list[str]:
        """The text of a column, which from now on must be in order."""
        self._names.add(name)
        return self.table.column(name)

    def refuse(self, name: str, rows: Iterable[int], code: str, expected: str, advice: str) -> None:
        """Note an error; the first one of a box stands."""
        for index in rows:
            error = self.table.error(int(index), name, code, expected, advice)
            self._errors.setdefault((error.row or 0, name), error)


def _where(wrong: Iterable[bool]) -> list[int]:
    return [index for index, is_wrong in enumerate(wrong) if is_wrong]


def _bounds(least: float, most: float) -> str:
    if most == np.inf:
        return said("a number, %(least)s or more", least=f"{least:g}")
    return said("a number from %(least)s to %(most)s", least=f"{least:,.0f}", most=f"{most:,.0f}")
