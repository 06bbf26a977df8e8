"""Boxes become typed values; what can't be read is collected with its place."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.tables import parsing
from wangge.cores.tables.parsing import Unreadable
from wangge.cores.tables.reading import read_table

DAY = dt.date(2024, 5, 1)


FORMS = [
    "2024-05-01",
    "2024/5/1",
    "2024.05.01",
    "20240501",
    "2024年5月1日",
    "2024年05月01号",
    "45413",
    "45413.75",
    "２０２４／５／１",
    "2024-05-01T08:30:00",
]


@pytest.mark.parametrize("text", [*FORMS, "2024-05-01 08:30", " 2024-05-01 "])
def test_dates_as_people_write_them(text):
    assert parsing.date(text) == DAY


REFUSED = {
    "short_year": "24-05-01 44.5.12 024年5月1日",
    "impossible_date": "2024-02-30 20241301 2023年2月29日",
    "no_date": "5/1/2024 2024-5/1 五月一日 12 240501 2024-05 2024 1944 99999",
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, all in REFUSED.items() for text in all.split()]
)
def test_dates_that_are_refused(code, text):
    with pytest.raises(Unreadable) as caught:
        parsing.date(text)
    assert caught.value.code == code


@given(st.dates(min_value=dt.date(1906, 1, 8), max_value=dt.date(2099, 12, 31)))
def test_every_form_of_a_day_is_the_same_day(day):
    forms = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y.%m.%d}",
        str((day - parsing.EPOCH).days),
    ]
    assert {parsing.date(form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("-3", -3), ("1,200", 1200), ("3.0", 3), ("１２", 12), ("0", 0)]
)
def test_whole_numbers(text, value):
    assert parsing.whole_number(text) == value


@pytest.mark.parametrize("text", ["3.5", "1,20", "12a", "", "1e3", "--1", "1 2", "٣٣x"])
def test_what_is_no_whole_number(text):
    with pytest.raises(Unreadable):
        parsing.whole_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.50", "12.50"), ("1,200.5", "1200.5"), ("-.5", "-0.5"), ("1e-3", "0.001"), ("5.", "5")],
)
def test_decimals_are_exact(text, value):
    assert parsing.decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.2.3", "NaN", "inf", "一", "1,2,3", "1e9999"])
def test_what_is_no_decimal(text):
    with pytest.raises(Unreadable):
        parsing.decimal(text)


def test_yes_and_no():
    assert [parsing.yes_no(text) for text in ("是", "有", "1", "Y", "ｙ", "TRUE")] == [True] * 6
    assert [parsing.yes_no(text) for text in ("否", "无", "0", "n", "False")] == [False] * 5
    with pytest.raises(Unreadable):
        parsing.yes_no("不详")


def test_a_choice_names_the_nearest():
    parse = parsing.choice({"一级": 1, "二级": 2, "未评定": None})
    assert (parse("二级"), parse("未评定")) == (2, None)
    with pytest.raises(Unreadable) as caught:
        parse("未评")
    assert caught.value.parameters["near"] == "未评定"


def test_a_column_is_cleaned_and_its_errors_collected():
    table = read_table("姓名,年龄\n甲,80\n乙,八十\n丙,\n丁,300\n戊,八十\n".encode(), name="a.csv")
    errors = []
    ages = parsing.clean(table, "年龄", parsing.between(parsing.whole_number, 0, 150), errors, required=True)
    assert ages == [80, None, None, None, None]
    assert [(error.row, error.code) for error in errors] == [
        (3, "no_whole_number"),
        (4, "empty_box"),
        (5, "out_of_range"),
        (6, "no_whole_number"),
    ]
    assert "from 0 to 150" in str(errors[2])
    assert all(error.column == "年龄" and error.file == "a.csv" for error in errors)
