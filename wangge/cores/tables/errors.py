"""Room `cores.tables`: what is wrong with a file, said so that the sender can find and mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wangge.cores.messages.said import Message, listed, said

SHOWN = 60
"""A value longer than this many characters is cut when it is shown."""


@dataclass(frozen=True)
class RowError:
    """One thing wrong at one place of a file.

    `row` counts as Excel does (the first line of the sheet is 1); `row` and `column` are None where the
    whole sheet is meant. `code` is stable and `parameters` hold what a translation needs; `expected`
    continues the words "expected …"; `advice` is a sentence that says what to do. Both are something `said`, so that
    they can be said in the reader's language, or stand in that language already.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value_shown: str | None
    code: str
    expected: str
    advice: str
    parameters: Mapping[str, object] = field(default_factory=dict, hash=False)

    def place(self) -> str:
        """File, sheet, row and column in words, as far as they are known."""
        words = self.file
        if self.sheet:
            words = listed(words, said("sheet '%(sheet)s'", sheet=self.sheet))
        if self.row is not None:
            words = listed(words, said("row %(row)s", row=self.row))
        if self.column is not None:
            words = listed(words, said("column '%(column)s'", column=self.column))
        return words

    def sentence(self) -> Message:
        """All of it: where, what was found, what was expected, what to do."""
        return self._at(self.place(), found=self.value_shown is not None)

    def in_row(self) -> Message:
        """The same beside the row itself, where the file and the sheet are known."""
        place = said("row %(row)s", row=self.row)
        if self.column is not None:
            place = said("row %(row)s, '%(column)s'", row=self.row, column=self.column)
        return self._at(place, found=bool(self.value_shown))

    def _at(self, place: str, *, found: bool) -> Message:
        told = {"place": place, "expected": self.expected, "advice": self.advice}
        if not found:
            return said("%(place)s: expected %(expected)s. %(advice)s", **told)
        return said(
            "%(place)s: found '%(found)s', expected %(expected)s. %(advice)s",
            found=self.value_shown,
            **told,
        )

    def __str__(self) -> str:
        return str(self.sentence())


class TableError(Exception):
    """A file that can't be used as it is; `errors` holds the first 100 reasons, `total` counts them all."""

    KEPT = 100

    def __init__(self, errors: Iterable[RowError], *, total: int | None = None) -> None:
        kept: list[RowError] = []
        count = 0
        for error in errors:
            count += 1
            if count <= self.KEPT:
                kept.append(error)
        if not kept:
            raise ValueError("a TableError needs at least one RowError")
        self.errors: tuple[RowError, ...] = tuple(kept)
        self.total = max(count, total or 0)
        super().__init__("\n".join(self.sentences()))

    def sentences(self) -> list[Message]:
        """How many, each of those kept, and how many more; one alone speaks for itself."""
        told = [error.sentence() for error in self.errors]
        if self.total == 1:
            return told
        head = said("%(count)s errors in %(file)s:", count=self.total, file=self.errors[0].file)
        more = self.total - len(self.errors)
        return [head, *told, *([said("… and %(count)s more", count=more)] if more > 0 else [])]


def shown(value: object) -> str:
    """A value as it is shown in an error: one line, cut at `SHOWN` characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def refusal(
    file: str,
    code: str,
    expected: str,
    advice: str,
    *,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
    **parameters: object,
) -> TableError:
    """A TableError with a single reason."""
    found = None if value is None else shown(value)
    return TableError([RowError(file, sheet, row, column, found, code, expected, advice, parameters)])
