"""The demo's town: one-sheet workbooks (xlsx) written row by row, the same bytes for the same rows.

openpyxl stamps the hour into every file and holds or slows down large sheets; departments' files here have a
handful of styles, so the parts of ECMA-376 that they need are written by hand.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from xml.sax.saxutils import escape

Value = str | int | float | date | None

PLAIN, TITLE, SUBTITLE, HEADING, TEXT, CENTRED, DAY, NOTE = range(8)
"""Styles of a box."""

_AT_ONCE = 400
"""Rows that are compressed together."""
_EPOCH = date(1899, 12, 30)
_STAMP = (2026, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STYLES = f"""<styleSheet xmlns="{_MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="18"/><name val="方正小标宋简体"/></font>
<font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><name val="仿宋"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFD9E1F2"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color auto="1"/>
</left><right style="thin"><color auto="1"/></right><top style="thin"><color auto="1"/></top>
<bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">
<alignment horizontal="center" vertical="center"/></xf>
<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">
<alignment horizontal="left" vertical="center"/></xf>
<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1">
<alignment horizontal="center"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="0" fontId="3" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def letters(column: int) -> str:
    """A column's letters, counted from 0."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(65 + place) + name
    return name


class Workbook:
    """A workbook with one sheet, open for rows. Use it in a `with`; rows are numbered from 1 as they come."""

    def __init__(self, path: Path, sheet: str, widths: Sequence[float], frozen: int = 0) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        for name, text in _parts(sheet).items():
            self._zip.writestr(_entry(name), text)
        self._body = self._zip.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True)
        self._columns = [letters(i) for i in range(len(widths))]
        self._merged: list[str] = []
        self._waiting: list[str] = []
        self.rows = 0
        pane = f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" state="frozen"/>' if frozen else ""
        columns = "".join(
            f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(widths, 1)
        )
        self._write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>'
            f"</sheetViews><cols>{columns}</cols><sheetData>"
        )

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def row(self, values: Sequence[Value], styles: Sequence[int] | int = PLAIN, height: float = 0) -> int:
        """Write one row and say which it is. Days take the style DAY, empty text leaves an empty box."""
        self.rows += 1
        number = self.rows
        tall = f' ht="{height}" customHeight="1"' if height else ""
        boxes = [f'<row r="{number}"{tall}>']
        for place, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            style = styles if isinstance(styles, int) else styles[place]
            boxes.append(_box(f"{column}{number}", value, style))
        boxes.append("</row>")
        self._waiting.append("".join(boxes))
        if len(self._waiting) >= _AT_ONCE:
            self._flush()
        return number

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range: rows from 1, columns from 0."""
        self._merged.append(f"{self._columns[left]}{top}:{self._columns[right]}{bottom}")

    def close(self) -> None:
        """End the sheet and the file."""
        self._flush()
        self._write("</sheetData>")
        if self._merged:
            ranges = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merged)
            self._write(f'<mergeCells count="{len(self._merged)}">{ranges}</mergeCells>')
        self._write("</worksheet>")
        self._body.close()
        self._zip.close()

    def _flush(self) -> None:
        self._write("".join(self._waiting))
        self._waiting.clear()

    def _write(self, text: str) -> None:
        self._body.write(text.encode())


def _box(reference: str, value: Value, style: int) -> str:
    if isinstance(value, str) and value:
        if "&" in value or "<" in value or ">" in value:
            value = escape(value)
        space = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() or "\n" in value else ""
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t{space}>{value}</t></is></c>'
    if value is None or value == "":
        return f'<c r="{reference}" s="{style}"/>'
    if isinstance(value, date):
        return f'<c r="{reference}" s="{DAY}"><v>{(value - _EPOCH).days}</v></c>'
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    return entry


def _parts(sheet: str) -> dict[str, str]:
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _HEAD + _STYLES,
    }
