"""A department's sheet as it comes: titles, a merged header, a refused column, a mess."""

from __future__ import annotations

import io

import openpyxl

ELEMENTS = ["name", "id_number", "sex", "birth_date", "phone", "living_address"]
MAPPING = {
    "基本情况/姓名": "name", "基本情况/身份证号码": "id_number", "基本情况/性别": "sex", "基本情况/出生年月": "birth_date",
    "联系电话": "phone", "住址": "living_address", "备注": "",
}  # fmt: skip
HEAD = (
    ("西陵区高龄津贴发放名册（2026年7月）",),
    ("填报单位：西陵区民政局　填报人：赵敏　电话：13900001111",),
    ("序号", "基本情况", None, None, None, None, "联系电话", "住址", "备注"),
    (None, "姓名", "身份证号码", "性别", "出生年月", "民族"),
)
MERGED = ("A1:I1", "A2:I2", "A3:A4", "B3:F3", "G3:G4", "H3:H4", "I3:I4")
KNOWN = {
    "name": "王秀兰", "id_number": "420502194405120024", "sex": "2", "birth_date": "1944-05-12", "phone": "13812345521",
}  # fmt: skip
ROWS = (
    (1, "王秀兰", "420502194405120024", "女", "1944.5.12", "土家族", "13812349999", "学院街18号", "已核"),
    (
        2,
        " 李 强 ",
        "４２０５０２１９５００３０１００１１",
        "男性",
        "1950/3/1",
        "汉族",
        "无",
        "学院街20号",
        "",
    ),
    (3, "", "", "", "", "回族", "", "没有姓名的一行", ""),
    ("合计", 3),
)


def book(rows=ROWS, head=HEAD, merged=MERGED) -> bytes:
    """The sheet as a department sends it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "名册"
    for line in (*head, *rows):
        sheet.append(line)
    for area in merged:
        sheet.merge_cells(area)
    made.create_sheet("说明").append(["第二张表不读"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


SHEET = book()


def named(content: bytes, name: str = "7月名册.xlsx") -> io.BytesIO:
    """An upload."""
    file = io.BytesIO(content)
    file.name = name
    return file
