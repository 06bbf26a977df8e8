"""A file read by our own names for its columns; every fault is told with the sender's name for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from wangge.cores.messages.said import said
from wangge.cores.tables.errors import RowError, TableError
from wangge.cores.tables.parsing import Unreadable, clean
from wangge.cores.tables.reading import read_table
from wangge.cores.tables.table import require

T = TypeVar("T")


class Reading:
    """A table whose columns go by our names. ``errors`` collects what is wrong; ``must_be_good`` raises it.

    ``names`` lists, for each of our names, what the column may be called; the first is the one that we write ourselves. A
    column that is missing is empty if it is ``optional``, else a ``TableError`` at once.
    """

    def __init__(
        self, file: Path | bytes, name: str, names: Mapping[str, tuple[str, ...]], optional: set[str]
    ) -> None:
        self.table = read_table(file, name=name)
        self.errors: list[RowError] = list(self.table.errors)
        found = {
            ours: next((n for n in called if n in self.table.columns), None) for ours, called in names.items()
        }
        require(
            self.table,
            [names[ours][0] for ours, theirs in found.items() if theirs is None and ours not in optional],
        )
        self._called = {ours: theirs for ours, theirs in found.items() if theirs is not None}

    def __len__(self) -> int:
        return len(self.table)

    def column(self, ours: str, parse: Callable[[str], T], *, required: bool = False) -> list[T | None]:
        """The values of a column, None where a box is empty or can't be read."""
        if ours not in self._called:
            return [None] * len(self.table)
        return clean(self.table, self._called[ours], parse, self.errors, required=required)

    def fault(self, index: int, ours: str, code: str, expected: str, advice: str) -> None:
        """One more thing that is wrong, in a row of the data (0 is the first)."""
        self.errors.append(self.table.error(index, self._called.get(ours), code, expected, advice))

    def called(self, ours: str) -> str | None:
        """What the sender calls a column; None where it is missing."""
        return self._called.get(ours)

    def row(self, index: int) -> int:
        """Where a row of the data stands, as Excel counts."""
        return int(self.table.row_numbers[index])

    def must_be_good(self) -> None:
        """Raise ``TableError`` with everything that is wrong, in the order of the rows."""
        if self.errors:
            raise TableError(sorted(self.errors, key=lambda error: error.row or 0))


def short(most: int) -> Callable[[str], str]:
    """A parser for a text of at most so many characters."""

    def parse(text: str) -> str:
        if len(text) > most:
            raise Unreadable(
                "too_long", said("at most %(most)s characters", most=most), said("Shorten it."), most=most
            )
        return text

    return parse
