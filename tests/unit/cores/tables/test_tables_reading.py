"""Files as departments send them come in as text, with every line accounted for."""

import csv
import datetime as dt
import io
import json

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from wangge.cores.tables.errors import TableError
from wangge.cores.tables.reading import read_pieces, read_table, sheet_names
from wangge.cores.tables.table import require


def workbook(lines, merges=(), title="名册", at=(1, 1)):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row, line in enumerate(lines, start=at[0]):
        for column, value in enumerate(line, start=at[1]):
            if value is not None:
                sheet.cell(row, column, value)
    for area in merges:
        sheet.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


DEPARTMENT = [
    ["西陵区高龄津贴名册", None, None, None, None, None],
    ["填报单位：民政局", None, None, "填报日期：2024-5-1", None, None],
    [],
    ["姓 名", "住址", None, None, "出生\n日期", "证号"],
    [None, "街道", "社区", "门牌", None, None],
    [1, 2, 3, 4, 5, 6],
    ["张三", "云集", "红星", "12号", dt.date(1944, 5, 12), "42050219440512002X"],
    ["李四", None, "红星", 3.0, dt.datetime.fromisoformat("1944-05-12T08:30"), 420502194405120021],
    ["合  计", 2],
    [],
    ["备注：数据截至四月底"],
]
MERGES = ["A1:F1", "A4:A5", "B4:D4", "E4:E5", "F4:F5", "B7:B8"]


@pytest.mark.parametrize("at", [(1, 1), (1, 3)])
def test_a_departments_sheet_is_read_as_people_see_it(at):
    merges = MERGES if at == (1, 1) else []
    table = read_table(workbook(DEPARTMENT, merges, at=at), name="高龄.xlsx")
    assert table.columns == ("姓名", "住址/街道", "住址/社区", "住址/门牌", "出生日期", "证号")
    street = "云集" if merges else ""
    assert table.rows == [
        ("张三", "云集", "红星", "12号", "1944-05-12", "42050219440512002X"),
        ("李四", street, "红星", "3", "1944-05-12 08:30:00", ""),
    ]
    assert table.row_numbers.tolist() == [7, 8]
    left_out = [(line.row, line.text) for line in table.left_out]
    assert left_out == [(6, "1 2 3 4 5 6"), (9, "合 计 2"), (11, "备注：数据截至四月底")]


def test_an_identity_number_read_as_a_number_is_an_error_and_never_a_value():
    table = read_table(workbook(DEPARTMENT, MERGES), name="高龄.xlsx")
    (error,) = table.errors
    assert (error.row, error.column, error.code) == (8, "证号", "number_damaged")
    assert error.value_shown == "420502194405120000"
    assert str(error).startswith("高龄.xlsx, sheet '名册', row 8, column '证号': found '420502194405120000'")
    assert table.column("证号")[1] == ""


def test_the_header_row_may_be_said():
    body = workbook([["甲", "乙"], ["丙", "丁"], ["1", "2"]])
    assert read_table(body).columns == ("甲", "乙")
    assert read_table(body, header=2).columns == ("丙", "丁")
    assert read_table(workbook(DEPARTMENT, MERGES), header=5).columns[1] == "住址/街道"
    with pytest.raises(TableError, match="row 9: expected a header in row 9"):
        read_table(body, header=9)


def test_sheets_by_name_and_the_first_that_holds_something():
    book = openpyxl.Workbook()
    book.active.title = "空"
    for name in ("一", "二"):
        sheet = book.create_sheet(name)
        sheet.append(["列", "值"])
        sheet.append([name, 1])
    buffer = io.BytesIO()
    book.save(buffer)
    body = buffer.getvalue()
    assert sheet_names(body) == ("空", "一", "二")
    assert read_table(body).rows == [("一", "1")]
    assert read_table(body, sheet="二").rows == [("二", "1")]
    with pytest.raises(TableError, match="The sheets are: 空, 一, 二"):
        read_table(body, sheet="三")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_delimiter(encoding, delimiter):
    lines = [["名册"], ["姓名", "电话", "㙍"], ["张三", "a;b,c\td", ""], [], ["李\n四", "139", '"']]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    table = read_table(text.getvalue().encode(encoding), name="名册.csv")
    assert table.columns == ("姓名", "电话", "㙍")
    assert table.rows == [("张三", "a;b,c\td", ""), ("李\n四", "139", '"')]
    assert table.row_numbers.tolist() == [3, 5]


def test_a_row_of_one_two_three_further_down_is_data():
    table = read_table("栋,单元,层,户\n4,3,2,1\n1,2,3,4\n".encode())
    assert table.rows == [("4", "3", "2", "1"), ("1", "2", "3", "4")]


def test_csv_header_of_two_levels_without_merged_boxes():
    body = "名册,,,,\n姓名,住址,,,电话\n,街道,社区,门牌,\n张三,云集,,1,138\n".encode("gb18030")
    table = read_table(body)
    assert table.columns == ("姓名", "住址/街道", "住址/社区", "住址/门牌", "电话")
    assert table.rows == [("张三", "云集", "", "1", "138")]


def test_a_row_of_text_with_blanks_is_not_taken_for_a_second_header_line():
    table = read_table("姓名,别名,住址\n张三,,云集路\n李四,小李,\n".encode())
    assert table.columns == ("姓名", "别名", "住址")
    assert len(table) == 2


def test_a_comma_too_many_is_an_error_of_its_row():
    table = read_table("姓名,住址\n张三,云集路,12号\n李四,西陵路\n".encode(), name="a.csv")
    (error,) = table.errors
    assert (error.row, error.code, error.value_shown) == (2, "too_many_boxes", "12号")
    assert table.without(table.errors).rows == [("李四", "西陵路")]


def test_powers_in_csv_are_damaged_numbers():
    table = read_table("姓名,证号\n张三,4.20502E+17\n李四,42E0\n".encode())
    assert [error.code for error in table.errors] == ["number_damaged"]
    assert table.column("证号") == ["", "42E0"]


def test_totals_notes_and_repeated_headers_are_left_out_and_people_are_not():
    body = "姓名,街道,人数\n张三,云集,1\n姓名,街道,人数\n小计,,1\n备注,云集,3\n注一,学院,1\n"
    table = read_table(f"{body}合计,,5\n制表人：王五,,\n".encode())
    assert [row[0] for row in table.rows] == ["张三", "备注", "注一"]
    assert [line.row for line in table.left_out] == [3, 4, 7, 8]


def test_header_may_end_far_below_and_columns_without_a_name_are_kept():
    lines = [
        ["说明"],
        *[[f"第{i}条：按要求填写"] for i in range(20)],
        ["姓名", "", "电话", ""],
        ["张三", "x", "1", ""],
    ]
    table = read_table(workbook([[v or None for v in line] for line in lines]))
    assert table.columns == ("姓名", "column B", "电话")
    assert table.row_numbers.tolist() == [23]


def test_a_header_alone_is_a_table_without_rows():
    table = read_table("姓名,电话\n".encode())
    assert len(table) == 0
    assert table.rows == []
    assert table.to_arrow().num_rows == 0


def test_geojson_features_are_rows():
    shape = {"type": "Point", "coordinates": [111.3, 30.7]}
    features = [
        {"type": "Feature", "properties": {"名 称": " 甲 ", "n": 3.0}, "geometry": shape},
        {"type": "Feature", "properties": {"tags": ["a"], "n": 420502194405120021}, "geometry": None},
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    table = read_table(body, name="点.geojson")
    assert table.columns == ("名称", "n", "tags", "geometry")
    assert table.rows[1] == ("", "420502194405120021", '["a"]', "")
    assert table.row_numbers.tolist() == [2, 3]
    assert shapely.from_wkb(table.wkb()[0].as_py()) == shapely.Point(111.3, 30.7)
    assert table.wkb()[1].as_py() is None


def test_parquet_columns_are_text():
    data = pa.table(
        {
            "id": pa.array([420502194405120021, None]),
            "x": pa.array([1.5, 2.0]),
            "day": pa.array([dt.date(2024, 5, 1), None]),
            "kind": pa.array(["甲", "甲"]).dictionary_encode(),
            "geometry": pa.array([shapely.to_wkb(shapely.Point(1, 2)), None]),
        }
    )
    sink = io.BytesIO()
    pq.write_table(data, sink)
    table = read_table(sink.getvalue(), name="a.parquet")
    assert table.rows[0][:4] == ("420502194405120021", "1.5", "2024-05-01", "甲")
    assert shapely.from_wkb(table.column("geometry")[0]) == shapely.Point(1, 2)
    assert table.rows[1] == ("", "2", "", "甲", "")
    assert table.row_numbers.tolist() == [2, 3]


def test_columns_as_numbers_and_arrow():
    table = read_table(b"a,b\n1,x\n\n1.5,y\n,z\n")
    assert np.array_equal(table.numbers("a"), [1, 1.5, np.nan], equal_nan=True)
    assert read_table(b'a,b\n"1,200",x\n').numbers("a").tolist() == [1200]
    assert table.to_arrow().column("_row").to_pylist() == [2, 4, 5]
    with pytest.raises(TableError) as caught:
        table.numbers("b")
    assert caught.value.total == 3
    assert [error.row for error in caught.value.errors] == [2, 4, 5]


def test_required_columns_with_a_did_you_mean():
    table = read_table("姓名,住址/门牌号,ID card\n张三,1,2\n".encode(), name="a.csv")
    require(table, ["姓名"])
    with pytest.raises(TableError) as caught:
        require(table, ["姓 名", "门牌号", "id_card", "血型"])
    near = [error.parameters["near"] for error in caught.value.errors]
    assert near == ["姓名", "住址/门牌号", "ID card", None]
    assert "Did you mean '姓名'?" in str(caught.value)


def test_pieces_come_before_the_file_is_read_to_its_end():
    good = "姓名,电话\n" + "张三,1\n" * 60_000
    pieces = read_pieces((good + '"李四,2\n').encode(), name="a.csv")
    assert len(next(pieces)) > 0
    with pytest.raises(TableError, match="row 60002"):
        list(pieces)


def test_pieces_are_the_whole():
    body = ("姓名,电话\n" + "".join(f"甲{i},{i}\n" for i in range(45_000))).encode()
    pieces = list(read_pieces(body))
    assert len(pieces) > 2
    assert sum(map(len, pieces)) == len(read_table(body)) == 45_000
    assert pieces[-1].row_numbers[-1] == 45_001


def test_a_file_of_one_column():
    table = read_table(b"name\na\n\nb\n")
    assert (table.columns, table.rows, table.row_numbers.tolist()) == (("name",), [("a",), ("b",)], [2, 4])
