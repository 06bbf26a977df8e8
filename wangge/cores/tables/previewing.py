"""Room `cores.tables`: the first lines of a sheet as they stand, titles and merged header and all, for people to look at."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from wangge.cores.tables.archives import Limits
from wangge.cores.tables.assembling import Lines
from wangge.cores.tables.boxes import box_text, label
from wangge.cores.tables.headers import LOOKED_AT, Merge, find_header
from wangge.cores.tables.reading import LIMITS, kind_of, opened

BEHIND = 6
"""So many lines behind the header are shown where nobody says how many."""
AHEAD = 6
"""Most lines above the header that are shown: those nearest to it."""


@dataclass(frozen=True)
class Preview:
    """The first lines of a sheet.

    `lines` are (Excel row, the text of each box), all as long as `columns`, which are the columns' names as `read_table` gives
    them; `header` is the Excel row of the header's first and last line; `offset` counts empty columns to the left; `merges`
    are ranges (first row, first column, last row, last column), rows as Excel counts, columns from 0 behind the offset, cut
    to what is shown. `sheets` names every sheet of a workbook, `sheet` the one that was read.
    """

    file: str
    sheet: str | None
    sheets: tuple[str, ...]
    columns: tuple[str, ...]
    header: tuple[int, int]
    offset: int
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    merges: tuple[Merge, ...]


def preview(source: bytes, *, name: str, behind: int = BEHIND, limits: Limits = LIMITS) -> Preview | None:
    """The lines around the header of the sheet that `read_table` reads; None where a file has no lines (GeoJSON, Parquet).

    Raises TableError for what can't be opened; whether its rows can be read is `read_table`'s to say.
    """
    with opened(name, source) as stream:
        kind = kind_of(name, stream)
        if kind == "csv":
            from wangge.cores.tables.delimited import csv_lines

            return _shown(csv_lines(name, stream), (), behind)
        if kind in ("xlsx", "xls"):
            from wangge.cores.tables.workbooks import workbook_lines, workbook_sheets

            sheets = workbook_sheets(name, stream, limits, zipped=kind == "xlsx")
            stream.seek(0)
            return _shown(workbook_lines(name, stream, None, limits, zipped=kind == "xlsx"), sheets, behind)
    return None


def _shown(lines: Lines, sheets: tuple[str, ...], behind: int) -> Preview | None:
    first = [
        [box_text(value).strip() for value in line]
        for line in itertools.islice(lines.values, LOOKED_AT + behind)
    ]
    width = max((len(line) for line in first), default=0)
    text = [[*line, *[""] * (width - len(line))] for line in first]
    header = find_header(text[:LOOKED_AT], lines.merges, offset=lines.offset) if any(map(any, text)) else None
    if header is None:
        return None
    header = header.narrowed(max(len(first[row]) for row in range(header.first, header.last + 1)))
    begin, end = max(0, header.first - AHEAD), min(len(text), header.last + 1 + behind)
    width = len(header.columns)
    return Preview(
        lines.file,
        lines.sheet,
        sheets,
        header.columns,
        (header.first + 1, header.last + 1),
        lines.offset,
        tuple(
            (
                row + 1,
                tuple(
                    (label if header.first <= row <= header.last else _one_line)(box)
                    for box in text[row][:width]
                ),
            )
            for row in range(begin, end)
        ),
        tuple(_cut(lines.merges, begin, end - 1, width - 1)),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(merges: Sequence[Merge], begin: int, end: int, right: int) -> list[Merge]:
    """The merged ranges that reach into what is shown, cut to it; of one box alone nothing remains."""
    cut = [
        (max(top, begin) + 1, left, min(bottom, end) + 1, min(last, right))
        for top, left, bottom, last in merges
        if top <= end and bottom >= begin and left <= right
    ]
    return [one for one in cut if one[2] > one[0] or one[3] > one[1]]
