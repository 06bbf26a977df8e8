"""Room `cores.tables`: where a department's sheet keeps its header, and what its columns are called.

Sheets come with title lines, lines that say who filled them in, merged headers of several levels, a line
that numbers the columns, and blank lines. A header is the first line of labels that spans the table.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wangge.cores.tables.boxes import label, letters

LOOKED_AT = 60
"""The header is sought in this many first lines."""

Merge = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, counted from 0."""

_NUMBER = re.compile(r"^[-+]?[\d,]+(\.\d+)?%?$")
_DATE = re.compile(r"^(18|19|20)\d\d([-/.年]\d{1,2}([-/.月]\d{1,2}日?)?月?)?([ T]\d.*)?$")
_LONG_DIGITS = re.compile(r"^\D?\d{7,}[0-9Xx*]?$")
_FILLED_IN = re.compile(r"[:：]\s*\S|[:：]\s*$")
LONGEST_LABEL = 60


@dataclass(frozen=True)
class Header:
    """`first` and `last` line of the header (from 0), `columns` by name, `labels` by line."""

    first: int
    last: int
    columns: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]

    def narrowed(self, width: int) -> Header:
        """The same header over the first `width` columns."""
        levels = tuple(level[:width] for level in self.labels)
        return replace(self, columns=self.columns[:width], labels=levels)


def fill_merged(lines: list[list[str]], merges: Sequence[Merge]) -> list[list[str]]:
    """Every box of a merged range gets the text of its first box."""
    filled = [list(line) for line in lines]
    for top, left, bottom, right in merges:
        if top >= len(filled) or left >= len(filled[top]):
            continue
        for line in filled[top : bottom + 1]:
            for column in range(left, min(right + 1, len(line))):
                line[column] = filled[top][left]
    return filled


def find_header(
    lines: list[list[str]], merges: Sequence[Merge] = (), *, last: int | None = None, offset: int = 0
) -> Header | None:
    """The header among the first lines of a sheet, or None.

    `lines` are equally long and hold the first box's text; `last` is the index of the header's last line
    where it is known; `offset` is how many empty columns stand to the left of the first one.
    """
    filled = fill_merged(lines, merges)
    search = _Search(lines, filled, merges)
    if last is None:
        found = search.forward()
        if found is None:
            return None
        first, last = found
    elif last >= len(lines) or not any(filled[last]):
        return None
    else:
        first = search.backward(last)
    levels = search.levels(first, last)
    return Header(first, last, _names(levels, offset), levels)


class _Search:
    """One look for the header over the lines as they stand (`raw`) and with merged boxes filled."""

    def __init__(self, raw: list[list[str]], filled: list[list[str]], merges: Sequence[Merge]) -> None:
        self.raw, self.filled, self.merges = raw, filled, merges
        self.width = sum(1 for column in zip(*filled, strict=True) if any(column))

    def forward(self) -> tuple[int, int] | None:
        for index, line in enumerate(self.filled):
            texts = [text for text in line if text]
            wide = len(texts) >= max(1, 0.5 * self.width)
            if not texts or (self.width > 1 and len(set(texts)) < 2):
                continue
            if _is_labels(texts):
                last = index
                while self.continues(last, last + 1):
                    last += 1
                if wide or last > index:
                    return index, last
            elif wide and _is_data(texts):
                return None
        return None

    def backward(self, last: int) -> int:
        first = last
        while self.continues(first - 1, first):
            first -= 1
        return first

    def continues(self, upper: int, lower: int) -> bool:
        """True where the line `lower` holds the sub-headings of the line `upper`."""
        if upper < 0 or lower >= len(self.filled):
            return False
        above, below = self.filled[upper], self.filled[lower]
        if len({text for text in above if text}) < 2 or not any(below):
            return False
        if not _is_labels([text for text in below if text]):
            return False
        return self._merged(upper, lower) if self._merges_in(upper) else _completes(above, below)

    def _merges_in(self, row: int) -> bool:
        return any(top <= row <= bottom for top, _, bottom, _ in self.merges)

    def _merged(self, upper: int, lower: int) -> bool:
        for top, left, bottom, right in self.merges:
            if top <= upper and bottom >= lower:
                return True
            if top <= upper <= bottom < lower and right > left and right - left + 1 < self.width:
                return any(self.raw[lower][left : right + 1])
        return False

    def levels(self, first: int, last: int) -> tuple[tuple[str, ...], ...]:
        """The labels of the header's lines; a group without merged boxes reaches over its sub-headings."""
        block = [list(map(label, self.filled[row])) for row in range(first, last + 1)]
        for upper, lower in itertools.pairwise(block):
            for column in range(1, len(upper)):
                if not upper[column] and lower[column] and lower[column - 1]:
                    upper[column] = upper[column - 1]
        return tuple(tuple(line) for line in block)


def _is_labels(texts: list[str]) -> bool:
    if any(_LONG_DIGITS.match(t) or _FILLED_IN.search(t) or len(t) > LONGEST_LABEL for t in texts):
        return False
    values = sum(1 for text in texts if _NUMBER.match(text) or _DATE.match(text))
    return values <= 0.3 * len(texts)


def _is_data(texts: list[str]) -> bool:
    """A line of values: no sheet carries those above its header."""
    if any(_FILLED_IN.search(text) for text in texts):
        return False
    return any(_LONG_DIGITS.match(t) or _NUMBER.match(t) or _DATE.match(t) for t in texts)


def _completes(above: list[str], below: list[str]) -> bool:
    """Sub-headings without merged boxes stand exactly where the line above has none, or below a group."""
    if all(above[i] for i, text in enumerate(below) if text):
        return False
    for column, (upper, lower) in enumerate(zip(above, below, strict=True)):
        group = column + 1 < len(above) and not above[column + 1] and bool(below[column + 1])
        if bool(upper) and bool(lower) and not group:
            return False
        if lower and not upper and not (column and (below[column - 1])):
            return False
        if upper and not lower and group:
            return False
    return True


def counts_columns(line: Sequence[str | None]) -> bool:
    """A line 1, 2, 3 … below the header numbers its columns."""
    return len(line) >= 4 and line == [str(i) for i in range(1, len(line) + 1)]


def _names(levels: tuple[tuple[str, ...], ...], offset: int) -> tuple[str, ...]:
    names = []
    for column, parts in enumerate(zip(*levels, strict=True)):
        kept: list[str] = []
        for part in parts:
            if part and (not kept or kept[-1] != part):
                kept.append(part)
        names.append("/".join(kept) or f"column {letters(column + offset)}")
    return tuple(names)


def repeated(columns: Sequence[str]) -> list[str]:
    """Names that stand more than once."""
    return [name for name, count in Counter(columns).items() if count > 1]
