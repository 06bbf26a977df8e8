"""Files out: whole or not at all, nothing a spreadsheet would run, and the rows in error back."""

import csv
import datetime as dt
import io
import json
import os
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.tables.errors import TableError
from wangge.cores.tables.formulas import harmless
from wangge.cores.tables.parsing import clean, whole_number
from wangge.cores.tables.reading import read_table
from wangge.cores.tables.writing import (
    Sheet,
    replacing,
    row_error_sheet,
    sheet_of,
    write_csv,
    write_geojson,
    write_xlsx,
)

RUN = [
    "=1+1",
    "+86 138",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\rx",
    "  =1",
    "　＝1",
    "＋1",
    "－1",
    "＠x",
    "\u200b=1",
    "-",
]
PLAIN = ["-5", "-0.5", "a=b", "", "420502194405120021", "'quoted'", "5-1"]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_is_made_harmless(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_and_negative_numbers_stay(text):
    assert harmless(text) == text


def written(sheets):
    buffer = io.BytesIO()
    write_xlsx(buffer, sheets)
    return buffer.getvalue()


def written_csv(sheet, **options):
    buffer = io.BytesIO()
    write_csv(buffer, sheet, **options)
    return buffer.getvalue()


def test_no_box_of_a_written_file_starts_a_formula():
    sheet = Sheet("s", ["=名", "值"], [[text, text] for text in RUN])
    rows = list(csv.reader(io.StringIO(written_csv(sheet).decode("utf-8-sig"), newline="")))
    boxes = [box for row in rows for box in row]
    book = openpyxl.load_workbook(io.BytesIO(written([sheet])))
    boxes += [box.value for row in book.active.iter_rows() for box in row]
    assert len(boxes) == 4 * (len(RUN) + 1)
    assert all(re.match(r"^['值]", box) for box in boxes)
    assert all(box.data_type != "f" for row in book.active.iter_rows() for box in row)


def test_values_keep_their_kind_in_a_workbook():
    morning = dt.datetime.fromisoformat("2024-05-01T08:30")
    row = ["420502194405120021", -5, 1.5, Decimal("2.50"), dt.date(2024, 5, 1), morning]
    row += [10**17, True, None, float("nan"), dt.date(1890, 1, 1)]
    body = written([Sheet("s", [f"列{i}" for i in range(len(row))], [row])])
    boxes = [box.value for box in openpyxl.load_workbook(io.BytesIO(body)).active[2]]
    assert boxes[:4] == ["420502194405120021", -5, 1.5, 2.5]
    assert boxes[4:6] == [morning.replace(hour=0, minute=0), morning]
    assert boxes[6:] == ["1" + "0" * 17, True, None, None, "1890-01-01"]
    assert read_table(body).rows[0][4:6] == ("2024-05-01", "2024-05-01 08:30:00")


def test_the_header_is_frozen_and_columns_are_as_wide_as_their_values():
    body = written(
        [Sheet("s/:[x]", ["短", "住址"], [["a", "湖北省宜昌市西陵区云集街道"]]), Sheet("s", ["a"], [])]
    )
    book = openpyxl.load_workbook(io.BytesIO(body))
    first = book.worksheets[0]
    assert first.freeze_panes == "A2"
    assert first.column_dimensions["A"].width < first.column_dimensions["B"].width
    assert len(set(book.sheetnames)) == 2


LEVELS = ["姓名", "住址/街道", "住址/门牌/号", "住址/门牌/栋", "联系/电话", "联系方式/电话", "备注"]


def test_levels_and_title_are_written_merged_and_read_back():
    body = written([Sheet("s", LEVELS, [list("7654321"), list("abcdefg")], title="名册", levels=True)])
    table = read_table(body)
    assert table.columns == tuple(LEVELS)
    assert table.row_numbers.tolist() == [5, 6]
    assert openpyxl.load_workbook(io.BytesIO(body)).active.freeze_panes == "A5"


def test_the_same_sheets_give_the_same_bytes():
    sheet = Sheet("s", ["a", "b"], [["1", dt.date(2024, 5, 1)]] * 3)
    assert written([sheet]) == written([sheet])
    with zipfile.ZipFile(io.BytesIO(written([sheet]))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def expected(text, *, xml):
    if xml:
        text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).replace("\r\n", "\n")
    return text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_any_text_survives_the_way_out_and_in(rows):
    sheet = Sheet("s", ["键", "甲", "乙"], [["k", *row] for row in rows])
    for body, xml in ((written([sheet]), True), (written_csv(sheet), False)):
        if not xml and any("\0" in text for row in rows for text in row):
            continue
        back = read_table(body).rows
        for row, found in zip(rows, back, strict=True):
            for text, box in zip(row, found[1:], strict=True):
                assert unguarded(box) == unguarded(expected(text, xml=xml))


def unguarded(text):
    """Ends don't count (they are trimmed), nor the apostrophe that made a text harmless."""
    blank = "".join(map(chr, [*range(0x21), 0x85, 0xA0, 0x3000]))
    return re.sub(r"^'", "", text.strip().strip(blank)).strip().strip(blank)


def test_long_numbers_in_csv_can_be_kept_from_becoming_powers():
    sheet = Sheet("s", ["姓名", "证号"], [["甲", "42050219440512002X"], ["乙", "420502194405120021"]])
    body = written_csv(sheet, guard_long_numbers=True)
    assert b"420502194405120021\t" in body
    assert read_table(body).column("证号") == ["42050219440512002X", "420502194405120021"]


def test_csv_in_gb18030_is_read_back():
    sheet = Sheet("s", ["姓名", "地"], [["㙍𠮷", "=1"]])
    assert read_table(written_csv(sheet, encoding="gb18030", delimiter=";")).rows == [("㙍𠮷", "=1")]


def test_geojson_is_read_back(tmp_path):
    path = tmp_path / "grids.geojson"
    shape = shapely.box(111.123456789, 30, 111.2, 31)
    write_geojson(path, [(shape, {"grid": "一", "n": 3, "x": float("nan")}), (None, {"grid": "=2"})])
    content = json.loads(path.read_text("utf-8"))
    assert content["features"][0]["geometry"]["coordinates"][0][2][0] == 111.1234568
    assert read_table(path).column("grid") == ["一", "=2"]
    assert read_table(path).column("n") == ["3", ""]


@pytest.mark.parametrize("write", [lambda p, s: write_xlsx(p, [s]), write_csv])
def test_a_write_that_fails_leaves_nothing_and_the_old_file_stays(tmp_path, write):
    def rows():
        yield ["a"]
        raise RuntimeError("the disk is gone")

    path = tmp_path / "out.file"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write(path, Sheet("s", ["列"], rows()))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    buffer = io.BytesIO()
    with pytest.raises(RuntimeError):
        write(buffer, Sheet("s", ["列"], rows()))
    assert buffer.getvalue() == b""


def test_the_target_appears_only_at_the_end(tmp_path):
    path = tmp_path / "a.bin"
    with replacing(path) as file:
        file.write(b"x")
        assert not path.exists()
    assert path.read_bytes() == b"x"


def test_what_a_sheet_cannot_hold_is_refused():
    with pytest.raises(TableError, match="row 2, column 'A'"):
        written([Sheet("s", ["a"], [["x" * 40_000]])])
    with pytest.raises(TableError):
        written([Sheet("s", [f"c{i}" for i in range(16_385)], [])])
    with pytest.raises(ValueError, match="has 1 values for 2 columns"):
        written([Sheet("s", ["a", "b"], [["x"]])])


def test_rows_in_error_go_back_with_what_is_wrong():
    body = "姓名,年龄,证号\n甲,80,1\n乙,八十,=x\n丙,70,4.20502E+17\n".encode()
    table = read_table(body, name="a.csv")
    errors = list(table.errors)
    clean(table, "年龄", whole_number, errors)
    sheet = row_error_sheet(table, errors)
    assert sheet.columns == ["姓名", "年龄", "证号", "what is wrong"]
    assert [row[:3] for row in sheet.rows] == [["乙", "八十", "=x"], ["丙", "70", "4.20502E+17"]]
    assert sheet.rows[0][3] == (
        "row 3, '年龄': found '八十', expected a whole number such as 12. Enter digits only."
    )
    again = read_table(written([sheet]))
    assert again.column("证号") == ["=x", ""]
    said = row_error_sheet(table, errors, title="姓名", say=lambda error: error.code)
    assert (said.columns[-1], said.rows[0][-1]) == ("姓名 *", "no_whole_number")


def test_a_table_written_and_read_is_the_same_table():
    table = read_table("=姓名,住址/门牌\n甲,=1\n乙,\n".encode())
    for body in (written([sheet_of(table)]), written_csv(sheet_of(table))):
        back = read_table(body)
        assert (back.columns, back.rows) == (("=姓名", "住址/门牌"), table.rows)


def test_an_export_is_its_owners_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        write_csv(tmp_path / "people.csv", Sheet("p", ["name"], [["A"]]))
    finally:
        os.umask(before)
    assert (tmp_path / "people.csv").stat().st_mode & 0o777 == 0o600
