"""Room `cores.tables`: what is wrong with a file, said so that the sender can find and mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SHOWN = 60
"""A value longer than this many characters is cut when it is shown."""


@dataclass(frozen=True)
class RowError:
    """One thing wrong at one place of a file.

    `row` counts as Excel does (the first line of the sheet is 1); `row` and `column` are None where the
    whole sheet is meant. `code` is stable and `parameters` hold what a translation needs; `expected`
    continues the words "expected …"; `advice` is a sentence that says what to do.
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
        words = [self.file]
        if self.sheet:
            words.append(f"sheet '{self.sheet}'")
        if self.row is not None:
            words.append(f"row {self.row}")
        if self.column is not None:
            words.append(f"column '{self.column}'")
        return ", ".join(words)

    def __str__(self) -> str:
        found = "" if self.value_shown is None else f"found '{self.value_shown}', "
        return f"{self.place()}: {found}expected {self.expected}. {self.advice}"


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
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        if self.total == 1:
            return str(self.errors[0])
        lines = [f"{self.total} errors in {self.errors[0].file}:", *map(str, self.errors)]
        if self.total > len(self.errors):
            lines.append(f"… and {self.total - len(self.errors)} more")
        return "\n".join(lines)


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
