"""Identity numbers and credit codes: the standards' vectors, legacy numbers, other papers, whole columns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.linkage.citizen_numbers import normalise_ids
from wangge.cores.linkage.identifiers import KINDS, PASSPORT, PERMIT, RESIDENT, id_check_digit
from wangge.cores.linkage.normalise import IdNumber, normalise_credit_code, normalise_id

VECTOR = "11010519491231002X"
births = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    first17 = f"420502{draw(births):%Y%m%d}{draw(st.integers(1, 995)):03d}"
    return first17 + id_check_digit(first17)


def test_the_standards_vectors_hold() -> None:
    assert normalise_id(VECTOR) == IdNumber(VECTOR, RESIDENT, True, "ok")
    assert normalise_credit_code("91350100M000100Y43") == ("91350100M000100Y43", True)
    assert normalise_credit_code("91350100M000100Y44")[1] is False
    assert normalise_credit_code("91350100I000100Y43")[1] is False  # I is not in the alphabet


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "身份证号:11010519491231002X",
    ],
)
def test_one_number_however_it_is_written(written: str) -> None:
    assert normalise_id(written).value == VECTOR
    assert normalise_id(written).valid


def test_a_legacy_number_becomes_the_new_one() -> None:
    legacy = normalise_id("110105491231002")
    assert (legacy.value, legacy.valid, legacy.reason) == (VECTOR, True, "legacy")
    assert normalise_id("110105121231997").value[6:10] == "1812"  # kept for people born before 1900


@given(numbers())
def test_birth_and_sex_are_read_from_a_number(number: str) -> None:
    read = normalise_id(number)
    assert read.birth_date == f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    assert read.sex == ("1" if int(number[16]) % 2 else "2")


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: str, place: int, step: int) -> None:
    digits = "0123456789"
    wrong = digits[(digits.index(number[place]) + step) % 10] if number[place] != "X" else digits[step]
    assert not normalise_id(number[:place] + wrong + number[place + 1 :]).valid


@given(numbers(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert normalise_id(swapped).valid == (swapped == number)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, "blank"),
        ("无", "blank"),
        ("4.20502E+17", "rounded"),
        ("420502199001012000", "rounded"),
        ("42050219900230123X", "birth_date"),
        ("990502199001011234", "check_digit"),
        ("11010519491231002", "no_check_digit"),
        ("4205021990010112", "length"),
        ("420502********1234", "masked"),
        ("111111111111111111", "filler"),
        ("未办理", "characters"),
    ],
)
def test_a_number_that_does_not_hold_says_why(written: str | None, reason: str) -> None:
    read = normalise_id(written)
    assert not read.valid
    assert read.reason == reason


def test_other_papers_are_their_own_kinds() -> None:
    assert normalise_id("H1234567801") == IdNumber("H12345678", PERMIT, True, "ok")
    assert normalise_id("810000199001011239").kind == PERMIT  # a residence permit, with a check digit
    assert normalise_id("E12345678", "passport") == IdNumber("E12345678", PASSPORT, True, "ok")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), numbers(), st.text(max_size=22), st.from_regex(r"[0-9X]{15,18}", fullmatch=True))
    )
)
def test_a_column_is_read_as_its_values_are(texts: list[str | None]) -> None:
    column = normalise_ids(texts)
    for row, text in enumerate(texts):
        one = normalise_id(text)
        assert column.texts[row] == (one.value or "")[:20].rstrip("\0")
        assert (KINDS[column.kinds[row]], column.valid[row], column.reasons[row]) == (
            one.kind,
            one.valid,
            one.reason,
        )


def test_a_column_that_a_spreadsheet_rounded_is_not_believed() -> None:
    whole = ["420502199001011000", VECTOR, *["420502199001012000"] * 3]
    column = normalise_ids(whole)
    assert normalise_id(whole[0]).valid  # by itself it happens to hold
    assert column.valid.tolist() == [False, True, False, False, False]
    assert set(column.reasons) == {"rounded", "ok"}
