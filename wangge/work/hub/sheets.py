"""A file's first lines for people to look at: masked as lists are, and of a refused column nothing but its name.

A column without a registered element is withheld too: nobody knows yet what it holds, so nobody is shown it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wangge.cores.tables.boxes import letters, narrow
from wangge.cores.tables.previewing import Preview
from wangge.platform.access.masks import MASKS, identity, mask
from wangge.work.hub.records import SheetColumn, SheetLine, SheetShown

DATES = frozenset({"birth_date", "death_date"})
_DIGITS = re.compile(r"\d[\d\s-]{5,}[\dXx]")
"""Seven digits and more are somebody's number, whatever the column is called."""
_SOMEBODY = re.compile(r"((?:人|员|员工|长|姓名|联系方式|电话)\s*[:：]\s*)[^\s,，;；]+")
"""A title line that names who filled the sheet in."""


def masked(element: str, text: str) -> str:
    """What was sent of an element as a list may show it: written as it was, with the same parts hidden."""
    if element in DATES:
        return _year_only(text)
    shown = str(mask(element, text)) if element in MASKS else text
    return shown if element in MASKS else _without_numbers(shown)


def shown_sheet(seen: Preview, mapping: Mapping[str, str], known: frozenset[str]) -> SheetShown:
    """The lines of a sheet. ``mapping`` is column → element of those that may be shown; ``known``: all columns that were read."""
    elements = [mapping.get(name, "") for name in seen.columns]
    kept = [i for i, name in enumerate(seen.columns) if name in known]
    place = {column: n for n, column in enumerate(kept)}
    return SheetShown(
        sheet=seen.sheet or "",
        sheets=list(seen.sheets),
        header_first=seen.header[0],
        header_last=seen.header[1],
        columns=[
            SheetColumn(letter=letters(i + seen.offset), column=seen.columns[i], withheld=not elements[i])
            for i in kept
        ],
        lines=[
            SheetLine(row=row, boxes=_boxes([boxes[i] for i in kept], [elements[i] for i in kept], row, seen.header))
            for row, boxes in seen.lines
        ],
        merges=[
            (top, place[left], bottom, max(place[i] for i in range(left, right + 1) if i in place))
            for top, left, bottom, right in seen.merges
            if left in place
        ],
    )  # fmt: skip


def _boxes(boxes: list[str], elements: list[str], row: int, header: tuple[int, int]) -> list[str | None]:
    if header[0] <= row <= header[1]:
        return list(boxes)
    if row < header[0]:
        # A title fills few boxes. A fuller line above the header may be data that nobody recognised.
        few = sum(map(bool, boxes)) <= max(1, len(boxes) // 2)
        return [_title(text) if few else None if text else "" for text in boxes]
    return [masked(element, text) if element else None for element, text in zip(elements, boxes, strict=True)]


def _title(text: str) -> str:
    return _SOMEBODY.sub(r"\1*", _without_numbers(text))


def _without_numbers(text: str) -> str:
    return _DIGITS.sub(lambda found: identity(narrow(found[0])), text)


def _year_only(text: str) -> str:
    """1936/2/8 → 1936/*/*, 19440512 → 1944****, 44年12月 → 44年**月; other digits (a day's number) all go."""
    plain = narrow(text)
    if plain.isdecimal():
        return plain[:4] + "*" * (len(plain) - 4) if len(plain) in (6, 8) else "*" * len(plain)
    head = re.match(r"\D*\d{0,4}", plain)
    kept = head[0] if head else ""
    return kept + re.sub(r"\d", "*", plain[len(kept) :])
