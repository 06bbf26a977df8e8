"""Names, dates, telephones, sexes and numerals as departments write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.linkage.normalise import (
    normalise_date,
    normalise_id,
    normalise_name,
    normalise_phone,
    normalise_sex,
    read_date,
)
from wangge.cores.linkage.numerals import arabic, han_number


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张伟", "张伟"),
        (" 张　伟 ", "张伟"),
        ("張偉", "张伟"),
        ("买买提·艾力", "买买提艾力"),
        ("买买提•艾力", "买买提艾力"),
        ("张三（户主）", "张三"),
        ("张三1", "张三"),
        ("欧阳娜娜女士", "欧阳娜娜"),
        ("Ｊｏｈｎ　 smith", "JOHN SMITH"),
        ("不详", None),
        ("测试", None),
        ("张某某", None),
        ("张*伟", None),
        ("", None),
        (None, None),
    ],
)
def test_names(written: str | None, name: str | None) -> None:
    assert normalise_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "1990-01-02",
        "1990/1/2",
        "1990.1.2",
        "19900102",
        "1990年1月2日",
        "一九九〇年一月二日",
        "１９９０－０１－０２",
        "1990-01-02 00:00:00",
        "90.1.2",
        "32875",
    ],
)
def test_one_day_in_many_shapes(written: str) -> None:
    assert normalise_date(written) == "1990-01-02"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("农历正月初二", "lunar"),
        ("1990年腊月廿三", "lunar"),
        ("05/06/1990", "day_or_month"),
        ("12-1-2", "two_digit_year"),
        ("1990-02-30", "impossible"),
        ("1990", "partial"),
        ("1990年3月", "partial"),
        ("春天", "unrecognised"),
        (None, "blank"),
    ],
)
def test_an_unclear_date_is_flagged_and_not_guessed(written: str | None, reason: str) -> None:
    assert normalise_date(written) is None
    assert read_date(written).reason == reason


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("138 1234 5679、0717-6221234", ("13812345679", "07176221234")),
        ("+86-13912345670/13712345671", ("13912345670", "13712345671")),
        ("(0717)6221234转8001", ("07176221234",)),
        ("6221234", ("07176221234",)),
        ("13812345679.0", ("13812345679",)),
        ("１３８１２３４５６７９", ("13812345679",)),
        ("13800000000", ()),
        ("11111111111", ()),
        ("4001234567", ()),
        ("无", ()),
        (None, ()),
    ],
)
def test_telephones(written: str | None, numbers: tuple[str, ...]) -> None:
    assert normalise_phone(written, "0717") == numbers


def test_sexes() -> None:
    assert [normalise_sex(s) for s in ("男", "女", "1", "2.0", "F", "9", "?", None)] == [
        "1",
        "2",
        "1",
        "2",
        "2",
        "9",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十八", 18),
        ("二十", 20),
        ("一百零二", 102),
        ("五〇一", 501),
        ("廿三", 23),
        ("百", None),
        ("甲", None),
    ],
)
def test_han_numerals(written: str, number: int | None) -> None:
    assert han_number(written) == number


def test_numerals_inside_a_text() -> None:
    assert arabic("果园二路十八号二单元零五零一室") == "果园2路18号2单元0501室"
    assert arabic("百货大楼") == "百货大楼"


@given(st.text(max_size=40))
def test_no_text_makes_a_reading_fail_and_reading_twice_changes_nothing(text: str) -> None:
    for read in (normalise_name, normalise_date):
        once = read(text)
        assert once is None or read(once) == once
    for phone in normalise_phone(text):
        assert normalise_phone(phone) == (phone,)
    number = normalise_id(text)
    assert not number.valid or normalise_id(number.value).value == number.value
