"""What can't be read is refused with a reason that its sender can act on; nothing fills the memory."""

import io
import struct
import zipfile

import openpyxl
import pytest

from wangge.cores.tables.archives import Limits
from wangge.cores.tables.errors import RowError, TableError, refusal
from wangge.cores.tables.reading import read_table


def xlsx(lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rebuilt(body, change):
    """The same archive with its members changed by `change(name, data)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return out.getvalue()


def flipped(body):
    """The same archive with a byte of its sheet changed."""
    at = body.index(b"xl/worksheets/sheet1.xml") + 100
    return body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :]


GOOD = xlsx([["姓名", "电话"], ["张三", "1"]])

CASES = {
    "empty": (b"", "empty_file"),
    "blank": (b" \n\n", "empty_file"),
    "empty sheet": (xlsx([]), "empty_file"),
    "no header": ("张三,42050219440512002X\n李四,42050219440512003X\n".encode(), "no_header"),
    "repeated column": ("姓名,电话,姓 名\n张三,1,2\n".encode(), "duplicate_columns"),
    "cut xlsx": (GOOD[: len(GOOD) // 2], "damaged_file"),
    "flipped xlsx": (flipped(GOOD), "damaged_file"),
    "word document": (
        rebuilt(GOOD, lambda n, d: d).replace(b"xl/workbook.xml", b"wd/document.xml"),
        "unknown_format",
    ),
    "a cell beyond all numbers": (
        rebuilt(GOOD, lambda n, d: d.replace(b'r="B2"', b'r="ZZZZZZZ99999999999"')),
        "damaged_file",
    ),
    "old workbook": (b"\xd0\xcf\x11\xe0" + bytes(600), "damaged_file"),
    "pdf": (b"%PDF-1.7 x", "unknown_format"),
    "encoding": ("姓名,电话\n张三,1\n".encode() + b"\xff\xff,2\n", "unknown_encoding"),
    "binary": (b"a,b\n1,\x00\n", "unknown_encoding"),
    "quotes": (b'a,b\n1,2\n"x"y,3\n', "broken_quotes"),
    "geojson": (b'{"type": "FeatureCollection", "features": [', "damaged_file"),
    "geojson nan": (b'{"type": "FeatureCollection", "features": NaN}', "damaged_file"),
    "json": (b'{"a": 1}', "unknown_format"),
    "no feature": (b'{"type": "FeatureCollection", "features": [{}, 1]}', "no_feature"),
    "parquet": (b"PAR1" + bytes(50) + b"PAR1", "damaged_file"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_files_are_refused_in_words(case):
    body, code = CASES[case]
    with pytest.raises(TableError) as caught:
        read_table(body, name="来件")
    (error,) = caught.value.errors
    assert error.code == code
    assert str(caught.value).startswith("来件")
    assert error.advice


def test_the_row_that_cannot_be_decoded_or_parsed_is_named():
    for case, row in (("encoding", 3), ("quotes", 3), ("no feature", 3), ("repeated column", 1)):
        with pytest.raises(TableError) as caught:
            read_table(CASES[case][0])
        assert caught.value.errors[0].row == row, case


def test_broken_utf8_is_not_read_as_other_words():
    """GB18030 would read these bytes, and every name would be wrong."""
    text = "姓名,住址\n" + "张三,云集\n" * 5
    broken = text.encode()[:-3]
    assert broken.decode("gb18030")
    with pytest.raises(TableError) as caught:
        read_table(broken)
    assert (caught.value.errors[0].code, caught.value.errors[0].row) == ("unknown_encoding", 6)


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(TableError, match=r"no\.xlsx: expected a file that can be read"):
        read_table(tmp_path / "no.xlsx")


def test_a_file_that_unpacks_to_more_than_the_limit():
    padded = rebuilt(
        GOOD, lambda n, d: d.replace(b"<sheetData>", b"<!--" + b" " * 3_000_000 + b"--><sheetData>")
    )
    assert len(read_table(padded)) == 1
    with pytest.raises(TableError) as caught:
        read_table(padded, limits=Limits(bytes=1_000_000))
    assert caught.value.errors[0].code == "too_large"


def test_a_bomb_that_lies_about_its_size():
    """The archive claims 100 bytes for a sheet of three million."""
    body = bytearray(
        rebuilt(GOOD, lambda n, d: d.replace(b"<sheetData>", b"<!--" + b" " * 3_000_000 + b"--><sheetData>"))
    )
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    size = struct.pack("<L", info.file_size)
    assert body.count(size) >= 2
    lying = bytes(body.replace(size, struct.pack("<L", 100)))
    with pytest.raises(TableError) as caught:
        read_table(lying, limits=Limits(bytes=1_000_000))
    assert caught.value.errors[0].code == "too_large"


def test_a_stray_box_in_the_last_corner_is_refused_before_it_fills_the_memory():
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.active["XFD1048576"] = "x"
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(TableError) as caught:
        read_table(buffer.getvalue())
    assert caught.value.errors[0].code == "too_many_boxes_in_sheet"
    assert caught.value.errors[0].parameters["rows"] == 1_048_576


def test_a_wide_sheet_is_no_bomb():
    table = read_table(xlsx([[f"列{i}" for i in range(300)], [f"v{i}" for i in range(300)]]))
    assert len(table.columns) == 300


def test_an_error_is_a_sentence_and_the_first_hundred_are_kept():
    errors = [
        RowError("a.csv", None, i, "年龄", "x", "no_number", "a number", "Enter digits.")
        for i in range(2, 252)
    ]
    caught = TableError(errors)
    assert (len(caught.errors), caught.total) == (100, 250)
    assert str(caught).splitlines()[0] == "250 errors in a.csv:"
    assert str(caught).splitlines()[-1] == "… and 150 more"
    assert str(errors[0]) == "a.csv, row 2, column '年龄': found 'x', expected a number. Enter digits."
    assert str(refusal("a.csv", "x", "y", "Z.")) == "a.csv: expected y. Z."
