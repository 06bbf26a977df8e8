"""Room `cores.tables`: sheets as SpreadsheetML (ECMA-376), written as a stream and always the same bytes.

Text is text, whatever it looks like: a spreadsheet neither runs it nor turns long numbers into powers.
"""

from __future__ import annotations

import datetime as dt
import decimal as dec
import itertools
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from xml.sax.saxutils import escape

from wangge.cores.messages.said import said
from wangge.cores.tables.boxes import EXACT, box_text, letters
from wangge.cores.tables.errors import refusal
from wangge.cores.tables.formulas import harmless

MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
MEASURED_ROWS = 200
NARROWEST, WIDEST = 6, 42
DATES_FROM = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - spreadsheets know no time zones
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001

TEXT, HEADER, DATE, TIME, TITLE = range(5)
"""Positions of the styles in `_STYLES`."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">\
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>\
<fonts count="3">\
<font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font>\
<font><b/><sz val="14"/><name val="等线"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill></fills>\
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">\
<xf numFmtId="49" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">\
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1" applyAlignment="1">\
<alignment horizontal="center"/></xf></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile(r"[&<>\r_\x00-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Sheet:
    """What is written: a name, the columns' names and the rows, each as long as `columns`.

    `title` becomes a merged line above; with `levels` names such as `住址/门牌` become a header of several
    lines with merged groups, which `read_table` reads back as the same names.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    title: str | None = None
    levels: bool = False


def write_workbook(file: str, target: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """The sheets as an xlsx. Raises TableError for more rows, columns or text than a sheet can hold."""
    names = _sheet_names(sheets)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, text in _parts(names):
            archive.writestr(_entry(path), text, zipfile.ZIP_DEFLATED)
        for number, sheet in enumerate(sheets, start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as member:
                for piece in _sheet_xml(file, sheet):
                    member.write(piece.encode())


def _entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _sheet_names(sheets: Sequence[Sheet]) -> list[str]:
    names: list[str] = []
    for sheet in sheets:
        base = re.sub(r"[\[\]:*?/\\\x00-\x1f']", " ", sheet.name).strip()[:31] or "Sheet"
        name, number = base, 2
        while name.casefold() in {other.casefold() for other in names}:
            name, number = f"{base[:27]} {number}", number + 1
        names.append(name)
    return names


def _parts(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every part of the package but the sheets: path and text."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbered = list(enumerate(names, start=1))
    parts = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    parts += [(f"worksheets/sheet{i}.xml", "worksheet") for i, _ in numbered]
    listed = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{kind}.{part}+xml"/>' for path, part in parts
    )
    default = "application/vnd.openxmlformats-package.relationships+xml"
    listed = f'<Default Extension="rels" ContentType="{default}"/>{listed}'
    yield "[Content_Types].xml", f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{listed}</Types>'
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    quoted = [(i, escape(name, {'"': "&quot;"})) for i, name in numbered]
    sheets = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in quoted)
    space = f'xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"'
    yield "xl/workbook.xml", f"{_XML}<workbook {space}><sheets>{sheets}</sheets></workbook>"
    targets = [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i, _ in numbered]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("rIdStyles", "styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for name, kind, to in targets
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _sheet_xml(file: str, sheet: Sheet) -> Iterator[str]:
    width = len(sheet.columns)
    if not 0 < width <= MOST_COLUMNS:
        what = said("1 to %(most)s columns", most=f"{MOST_COLUMNS:,}")
        raise refusal(file, "too_many_columns", what, said("Write a csv file instead."), sheet=sheet.name)
    head, merges = _head(sheet)
    rows: Iterator[Sequence[object]] = iter(sheet.rows)
    first = list(itertools.islice(rows, MEASURED_ROWS))
    widths = _widths([*head[bool(sheet.title) :], *first], width)
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{len(head)}" topLeftCell="A{len(head) + 1}" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><cols>"
    )
    yield from (
        f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(widths, start=1)
    )
    yield "</cols><sheetData>"
    names = [letters(i) for i in range(width)]
    for number, line in enumerate(head, start=1):
        style = TITLE if sheet.title and number == 1 else HEADER
        yield _row_xml(file, sheet, number, names, line, style)
    for number, row in enumerate(itertools.chain(first, rows), start=len(head) + 1):
        yield _row_xml(file, sheet, number, names, row, TEXT)
    yield "</sheetData>"
    if merges:
        ranges = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
        yield f'<mergeCells count="{len(merges)}">{ranges}</mergeCells>'
    yield "</worksheet>"


def _row_xml(
    file: str, sheet: Sheet, number: int, names: list[str], line: Sequence[object], style: int
) -> str:
    if len(line) != len(names):
        raise ValueError(f"row {number} of '{sheet.name}' has {len(line)} values for {len(names)} columns")
    if number > MOST_ROWS:
        what = said("at most %(most)s rows", most=f"{MOST_ROWS:,}")
        raise refusal(file, "too_many_rows", what, said("Write a csv file instead."), sheet=sheet.name)
    boxes = []
    for name, value in zip(names, line, strict=True):
        if value is None or value == "":
            continue
        try:
            boxes.append(_box_xml(f"{name}{number}", value, style))
        except OverflowError as error:
            what = said("at most %(most)s characters in a box", most=f"{LONGEST_TEXT:,}")
            raise refusal(
                file,
                "too_long",
                what,
                said("Write a csv file instead."),
                sheet=sheet.name,
                row=number,
                column=name,
            ) from error
    return f'<row r="{number}">{"".join(boxes)}</row>'


def _box_xml(place: str, value: object, style: int) -> str:
    if isinstance(value, str):
        return _text_xml(place, value, style)
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | dec.Decimal):
        text = format(value, "f") if isinstance(value, dec.Decimal) else repr(value)
        if not math.isfinite(value):
            return ""
        if abs(float(value)) < EXACT:
            return f'<c r="{place}"><v>{text}</v></c>'
        return _text_xml(place, text if "e" not in text else box_text(value), style)
    if isinstance(value, dt.date):
        return _date_xml(place, value, style)
    return _text_xml(place, box_text(value), style)


def _date_xml(place: str, value: dt.date, style: int) -> str:
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if moment.tzinfo is not None or moment < DATES_FROM:
        return _text_xml(place, box_text(value), style)
    days = (moment - EPOCH) / dt.timedelta(days=1)
    format_style = TIME if isinstance(value, dt.datetime) else DATE
    return f'<c r="{place}" s="{format_style}"><v>{int(days) if days == int(days) else days!r}</v></c>'


def _text_xml(place: str, value: str, style: int) -> str:
    text = harmless(value)
    if len(text) > LONGEST_TEXT:
        raise OverflowError(len(text))
    if _SPECIAL.search(text):
        text = escape(_ESCAPED.sub(r"_x005F_\1", _ILLEGAL.sub("", text)))
        text = text.replace("\r\n", "\n").replace("\r", "_x000D_")
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _head(sheet: Sheet) -> tuple[list[list[object]], list[str]]:
    """The lines above the data and the ranges merged in them."""
    width = len(sheet.columns)
    parts = [name.split("/") if sheet.levels else [name] for name in sheet.columns]
    depth = max(map(len, parts))
    top = int(sheet.title is not None)
    lines: list[list[object]] = [[sheet.title, *[None] * (width - 1)]] if top else []
    merges = [f"A1:{letters(width - 1)}1"] if top and width > 1 else []
    lines += [[None] * width for _ in range(depth)]
    for column, names in enumerate(parts):
        for level, name in enumerate(names):
            if column and _same_group(parts[column - 1], names, level):
                continue
            lines[top + level][column] = name
            area = _merged(parts, column, level, depth, top)
            merges += [area] if area else []
    return lines, merges


def _same_group(one: list[str], other: list[str], level: int) -> bool:
    """True where both names have sub-headings at `level` and share all labels down to it."""
    return level < min(len(one), len(other)) - 1 and one[: level + 1] == other[: level + 1]


def _merged(parts: list[list[str]], column: int, level: int, depth: int, top: int) -> str | None:
    names = parts[column]
    right, bottom = column, level
    if level == len(names) - 1:
        bottom = depth - 1
    else:
        while right + 1 < len(parts) and _same_group(parts[right + 1], names, level):
            right += 1
    if (right, bottom) == (column, level):
        return None
    return f"{letters(column)}{top + level + 1}:{letters(right)}{top + bottom + 1}"


def _widths(lines: Sequence[Sequence[object]], width: int) -> list[int]:
    """The width of each column in characters; Han characters take two."""
    widths = [NARROWEST] * width
    for line in lines:
        for column, value in enumerate(line):
            if value is not None and value != "":
                widths[column] = max(widths[column], _shown_width(box_text(value)) + 2)
    return [min(WIDEST, found) for found in widths]


def _shown_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text[:WIDEST])
