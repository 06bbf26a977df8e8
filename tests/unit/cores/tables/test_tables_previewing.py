"""The first lines of a sheet as they stand: the same columns as the table that is read, titles, merged boxes, nothing invented."""

import io

import openpyxl
import pytest

from wangge.cores.tables.errors import TableError
from wangge.cores.tables.previewing import preview
from wangge.cores.tables.reading import read_table


def book(lines, merges=(), at="A1"):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "名册"
    row, column = sheet[at].row, sheet[at].column
    for n, line in enumerate(lines):
        for k, text in enumerate(line):
            sheet.cell(row + n, column + k).value = text
    for area in merges:
        sheet.merge_cells(area)
    made.create_sheet("说明")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


LINES = [
    ["名册 2026"], ["姓名", "住址", None, "备注"], [None, "街道", "门牌", None],
    *[[f"张{n}", "学院街", f"{n}号", ""] for n in range(1, 20)],
]  # fmt: skip
MERGES = ("A1:D1", "A2:A3", "B2:C2", "D2:D3")


def test_titles_header_and_the_first_rows_stand_as_they_stand():
    seen = preview(book(LINES, MERGES), name="a.xlsx", behind=2)
    assert seen.columns == read_table(book(LINES, MERGES), name="a.xlsx").columns
    assert (seen.sheet, seen.sheets, seen.header, seen.offset) == ("名册", ("名册", "说明"), (2, 3), 0)
    assert [row for row, _boxes in seen.lines] == [1, 2, 3, 4, 5]
    assert seen.lines[0][1] == ("名册 2026", "", "", "")
    assert seen.lines[3][1] == ("张1", "学院街", "1号", "")
    assert set(seen.merges) == {(1, 0, 1, 3), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 3, 3)}


def test_empty_columns_to_the_left_are_counted():
    seen = preview(book(LINES, at="C1"), name="a.xlsx")
    assert seen.offset == 2
    assert seen.columns == read_table(book(LINES, at="C1"), name="a.xlsx").columns


def test_of_many_lines_above_the_header_the_nearest_are_shown():
    seen = preview(book([*[["说明"]] * 12, *LINES[1:]]), name="a.xlsx", behind=1)
    assert seen.header[0] == 13
    assert seen.lines[0][0] == 7


def test_a_csv_has_lines_too_and_other_files_have_none():
    seen = preview("姓名,电话\n张三,1\n李四,2\n".encode("gb18030"), name="a.csv")
    assert (seen.sheet, seen.sheets, seen.header) == (None, (), (1, 1))
    assert [boxes for _row, boxes in seen.lines] == [("姓名", "电话"), ("张三", "1"), ("李四", "2")]
    assert preview(b'{"type": "FeatureCollection", "features": []}', name="a.geojson") is None


def test_what_is_no_workbook_is_refused():
    with pytest.raises(TableError):
        preview(b"PK\x03\x04 nothing", name="a.xlsx")
