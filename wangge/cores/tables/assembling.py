"""Room `cores.tables`: from the raw lines of a sheet to a table: header, blanks, totals, damaged boxes.

Readers hand over lines of values as their library gives them; everything that all formats share is here.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wangge.cores.messages.said import said
from wangge.cores.tables.boxes import EXACT, SCIENTIFIC, box_text, is_damaged, letters, number_text
from wangge.cores.tables.errors import RowError, refusal, shown
from wangge.cores.tables.formulas import GUARDED
from wangge.cores.tables.headers import LOOKED_AT, Header, Merge, counts_columns, find_header, repeated
from wangge.cores.tables.table import LeftOut, Table

CHUNK = 20_000
TOTALS = r"^(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|本页合计|[Tt]otal|TOTAL)[:：]?$"
NOTES = (
    r"^(备\s*注|注|说\s*明|填表说明|填[表报]人?|填报单位|填报日期|制表人?|审核人?|复核人?|经办人|负责人|联系人|[Nn]otes?)"
    r"\s*[\d一二三四五]?\s*[:：]"
)


@dataclass
class Lines:
    """A sheet as a reader gives it: `values` yields lines from the first one of the sheet on."""

    file: str
    sheet: str | None
    values: Iterator[Sequence[object]]
    merges: Sequence[Merge] = ()
    offset: int = 0
    fill_down: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def assemble(lines: Lines, header: int | None) -> Iterator[Table]:
    """Tables of at most `CHUNK` lines; at least one, perhaps without rows. Raises TableError."""
    ahead = max(LOOKED_AT, (header or 0) + 3)
    first = [list(line) for line in itertools.islice(lines.values, ahead)]
    width = max((len(line) for line in first), default=0)
    text = [[box_text(v).strip() for v in line] + [""] * (width - len(line)) for line in first]
    if not any(any(line) for line in text):
        raise refusal(
            lines.file,
            "empty_file",
            said("a header and rows"),
            said("The file is empty: send it again."),
            sheet=lines.sheet,
        )
    found = find_header(text, lines.merges, last=None if header is None else header - 1, offset=lines.offset)
    if found is None:
        raise _no_header(lines, header)
    found = found.narrowed(max(len(first[row]) for row in range(found.first, found.last + 1)))
    _refuse_repeated(lines, found)
    rest = itertools.chain(first[found.last + 1 :], lines.values)
    body = _Body(lines, found)
    numbered = enumerate(rest, start=found.last + 2)
    while chunk := list(itertools.islice(numbered, CHUNK)):
        yield body.table(chunk)
    if not body.given:
        yield body.table([])


def joined(tables: Iterable[Table]) -> Table:
    """One table of many pieces of the same sheet. Unnamed columns without a value are dropped."""
    pieces = list(tables)
    data = pa.concat_tables([piece.data for piece in pieces])
    empty = [
        name
        for name in data.column_names
        if re.fullmatch(r"column [A-Z]+", name) and data.column(name).null_count == data.num_rows
    ]
    return Table(
        pieces[0].file,
        pieces[0].sheet,
        data.drop_columns(empty) if empty else data,
        np.concatenate([piece.row_numbers for piece in pieces]),
        tuple(error for piece in pieces for error in piece.errors),
        tuple(line for piece in pieces for line in piece.left_out),
        pieces[0].crs,
    )


class _Body:
    """The lines below the header, made into tables chunk by chunk."""

    def __init__(self, lines: Lines, header: Header) -> None:
        self.lines, self.header = lines, header
        self.names = header.columns
        self.given = 0
        self.above: dict[int, object] = {}
        self.fill_down = {row: boxes for row, boxes in lines.fill_down.items() if row > header.last}

    def table(self, chunk: list[tuple[int, Sequence[object]]]) -> Table:
        self.given += 1
        rows = np.array([row for row, _ in chunk], dtype=np.int64)
        values = self._filled(chunk) if self.fill_down else [line for _, line in chunk]
        errors = self._too_long(rows, values)
        arrays = [
            self._column(name, rows, column, errors)
            for name, column in zip(self.names, self._columns(values), strict=True)
        ]
        data = pa.table(arrays, names=list(self.names))
        keep, left_out = self._sorted_out(rows, data)
        if len(keep) < len(rows):
            dropped = {line.row for line in left_out}
            errors = [error for error in errors if error.row not in dropped]
            data, rows = data.take(pa.array(keep)), rows[keep]
        errors.sort(key=lambda error: error.row or 0)
        return Table(self.lines.file, self.lines.sheet, data, rows, tuple(errors), left_out)

    def _columns(self, values: Sequence[Sequence[object]]) -> list[Sequence[object]]:
        width = len(self.names)
        if not values:
            return [()] * width
        if any(len(line) != width for line in values):
            values = [[*line[:width], *([""] * (width - len(line)))] for line in values]
        return list(zip(*values, strict=True))

    def _filled(self, chunk: list[tuple[int, Sequence[object]]]) -> list[Sequence[object]]:
        """Boxes merged downwards get the value of their first row."""
        filled: list[Sequence[object]] = []
        for row, values in chunk:
            line = list(values)
            for column, top in self.fill_down.get(row - 1, ()):
                if column < len(line):
                    if top == row - 1:
                        self.above[column] = line[column]
                    else:
                        line[column] = self.above.get(column, "")
            filled.append(line)
        return filled

    def _too_long(self, rows: np.ndarray, values: Sequence[Sequence[object]]) -> list[RowError]:
        """Lines with more boxes than the header has: a comma inside a value has shifted the rest."""
        width = len(self.names)
        errors = []
        for row, line in zip(rows, values, strict=True):
            if len(line) > width and any(box_text(value).strip() for value in line[width:]):
                errors.append(
                    self._error(
                        int(row),
                        None,
                        line[width],
                        "too_many_boxes",
                        said("%(width)s boxes in a row", width=width),
                        said("Put values that hold the delimiter between double quotes."),
                        width=width,
                    )
                )
        return errors

    def _column(
        self, name: str, rows: np.ndarray, values: Sequence[object], errors: list[RowError]
    ) -> pa.Array:
        kinds = set(map(type, values))
        if float in kinds and any(map(is_damaged, values)):
            wrong = [index for index, value in enumerate(values) if is_damaged(value)]
            errors.extend(self._damaged(name, int(rows[index]), values[index]) for index in wrong)
            values = ["" if is_damaged(value) else value for value in values]
        text = pc.utf8_trim_whitespace(_texts(values, kinds))
        powers = pc.fill_null(pc.match_substring_regex(text, SCIENTIFIC), False)
        if pc.any(powers).as_py():
            for index in np.flatnonzero(powers.to_numpy(zero_copy_only=False)):
                errors.append(self._damaged(name, int(rows[index]), text[index].as_py()))
            text = pc.if_else(powers, "", text)
        if pc.any(pc.match_substring_regex(text, GUARDED)).as_py():
            text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, GUARDED, r"\1"))
        return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)

    def _sorted_out(self, rows: np.ndarray, data: pa.Table) -> tuple[np.ndarray, tuple[LeftOut, ...]]:
        """Positions of the rows of data, and the totals, notes and repeated headers among the others."""
        if not len(rows):
            return np.arange(0), ()
        head = pc.coalesce(*data.columns).combine_chunks()
        drop = np.array(pc.is_null(head), dtype=bool)
        odd = pc.match_substring_regex(head, f"{TOTALS}|{NOTES}")
        again = pc.is_in(head, pa.array([text for line in self.header.labels for text in line if text]))
        suspects = np.array(pc.or_(pc.fill_null(odd, False), again), dtype=bool)
        suspects[0] |= rows[0] == self.header.last + 2
        left_out = []
        for index in np.flatnonzero(suspects):
            line = [column[int(index)].as_py() for column in data.columns]
            if any(line) and not self._is_data(line, first=index == 0):
                drop[index] = True
                left_out.append(LeftOut(int(rows[index]), shown(" ".join(t for t in line if t))))
        return np.flatnonzero(~drop), tuple(left_out)

    def _is_data(self, line: list[str | None], *, first: bool) -> bool:
        texts = [text for text in line if text]
        if first and counts_columns(line):
            return False
        if re.match(TOTALS, texts[0]):
            return len(self.names) == 1
        if re.match(NOTES, texts[0]):
            return len(self.names) == 1 or len(texts) > max(1, len(self.names) // 2)
        return not any(
            all(a == b for a, b in zip(line, labels, strict=True) if a or b)
            for labels in ([label or None for label in level] for level in self.header.labels)
        )

    def _damaged(self, name: str, row: int, value: object) -> RowError:
        found = number_text(value) if isinstance(value, float) else value
        return self._error(
            row,
            name,
            found,
            "number_damaged",
            said(
                "text: an identity or account number column was read as numbers and its last digits are lost"
            ),
            said("Format the column as text, enter the numbers again and send the file again."),
        )

    def _error(
        self,
        row: int,
        column: str | None,
        value: object,
        code: str,
        expected: str,
        advice: str,
        **more: object,
    ) -> RowError:
        return RowError(
            self.lines.file, self.lines.sheet, row, column, shown(value), code, expected, advice, more
        )


def _texts(values: Sequence[object], kinds: set[type]) -> pa.Array:
    """A column of values as strings; columns of one kind of value go the fast way."""
    if kinds <= {str, type(None)}:
        return pa.array(values, pa.string())
    if kinds == {dt.date}:
        return pa.array(values, pa.date32()).cast(pa.string())
    if kinds == {float}:
        numbers = np.array(values, dtype=np.float64)
        if np.array_equal(numbers, np.trunc(numbers)) and np.abs(numbers).max() < EXACT:
            return pa.array(numbers.astype(np.int64)).cast(pa.string())
    return pa.array([value if type(value) is str else box_text(value) for value in values], pa.string())


def _no_header(lines: Lines, header: int | None) -> Exception:
    what = (
        said("a header in row %(row)s", row=header)
        if header
        else said("a line of column names above the data")
    )
    advice = said("Add a line of column names above the first row of data, or say in which row it stands.")
    return refusal(lines.file, "no_header", what, advice, sheet=lines.sheet, row=header)


def _refuse_repeated(lines: Lines, header: Header) -> None:
    twice = repeated(header.columns)
    if twice:
        where = {
            name: ", ".join(
                letters(i + lines.offset) for i, other in enumerate(header.columns) if other == name
            )
            for name in twice
        }
        raise refusal(
            lines.file,
            "duplicate_columns",
            said("every column name once"),
            said(
                "Rename or remove one of: %(columns)s.",
                columns="; ".join(f"{name} ({at})" for name, at in where.items()),
            ),
            sheet=lines.sheet,
            row=header.last + 1,
            column=twice[0],
            columns=tuple(twice),
        )
