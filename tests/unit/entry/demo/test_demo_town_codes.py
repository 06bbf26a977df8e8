"""Numbers and codes of the town: valid, and never given twice, however many communities draw them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.entry.demo.town import credit_codes, id_numbers, plates
from wangge.entry.demo.town.divisions import district, districts, english_names, short_name
from wangge.entry.demo.town.origins import FAR
from wangge.entry.demo.town.phone_numbers import Numbers

ALL = [c for d in districts() for c in d.communities]
DIVISIONS = [d.code for d in districts()] + list(FAR)
days = st.dates(date(1920, 1, 1), date(2026, 6, 30))


def test_the_published_vectors():
    assert id_numbers.check_digit("11010519491231002") == "X"
    assert id_numbers.is_valid("11010519491231002X")
    assert not id_numbers.is_valid("110105194912310021")
    assert not id_numbers.is_valid("110105194902310027")
    assert credit_codes.is_valid("91350100M000100Y43")
    assert not credit_codes.is_valid("91350100M000100Y34")
    assert id_numbers.legacy("11010519491231002X") == "110105491231002"


@given(st.sampled_from(ALL), st.sampled_from(ALL), st.sampled_from(DIVISIONS), days)
def test_two_communities_never_own_the_same_number(one, other, division, day):
    if one.code != other.code:
        mine = set(id_numbers.sequences(one, division, day))
        assert not mine & set(id_numbers.sequences(other, division, day))
        assert mine <= set(range(1000))


@given(
    st.sampled_from(ALL),
    days,
    st.sampled_from("12"),
    st.sampled_from(["own", "near", "far"]),
    st.integers(0, 99),
)
def test_issued_numbers_are_valid_and_say_birth_and_sex(community, day, sex, origin, seed):
    registrar, chance = id_numbers.Registrar(community), Random(seed)
    issued = [registrar.issue(chance, day, sex, origin) for _ in range(6)]
    assert len(set(issued)) == 6
    for number in issued:
        assert id_numbers.is_valid(number)
        assert number[6:14] == f"{day:%Y%m%d}"
        assert int(number[16]) % 2 == int(sex) % 2
        assert number[:6] in DIVISIONS


@given(st.integers(0, 31**8 - 1))
def test_credit_codes_are_valid(serial):
    assert credit_codes.is_valid(credit_codes.credit_code("92", "420502", serial))


@given(st.integers(0, 1649), st.integers(0, 999_999), st.integers(0, 16), st.integers(1, 9))
def test_a_plate_with_one_digit_wrong_is_found_out(ordinal, serial, place, off):
    plate = plates.plate_code("420502", ordinal, serial)
    assert len(plate) == 17
    assert plates.check_digit(plate[:-1]) == plate[-1]
    wrong = plate[:place] + str((int(plate[place]) + off) % 10) + plate[place + 1 :]
    assert plates.check_digit(wrong[:-1]) != wrong[-1]


@given(
    st.tuples(st.integers(0, 1649), st.integers(0, 999)), st.tuples(st.integers(0, 1649), st.integers(0, 999))
)
def test_plates_differ(one, other):
    if one != other:
        assert plates.plate_code("420502", *one) != plates.plate_code("420502", *other)


def test_telephones_ring_nowhere_and_once():
    mobiles = [
        n.mobile() for n in (Numbers(0, 1650), Numbers(1, 1650), Numbers(1649, 1650)) for _ in range(3000)
    ]
    assert len(set(mobiles)) == len(mobiles)
    assert {m[:3] for m in mobiles} <= {"160", "161", "163", "164", "169"}
    assert {len(m) for m in mobiles} == {11}
    assert len({m[-2:] for m in mobiles}) == 100
    assert Numbers(5, 1650).landline().startswith("0717-9")


def test_the_real_names_are_there():
    assert len(districts()) == 13
    assert len(ALL) == 1650
    xiling = district("420502")
    assert xiling.name == "西陵区"
    assert [s.name for s in xiling.streets][:3] == ["西陵街道", "学院街道", "云集街道"]
    assert {len(c.code) for c in ALL} == {12}
    assert all(c.code.startswith(c.street) and c.street.startswith(c.district) for c in ALL)
    assert [c.place for c in xiling.communities] == list(range(83))
    assert all(c.short and "委会" not in c.short and "委员会" not in c.short for c in ALL)


def test_short_names():
    assert short_name("土街头社区居民委员会") == "土街头社区"
    assert short_name("汕头路社区居委会") == "汕头路社区"
    assert short_name("周家冲村委会") == "周家冲村"
    assert short_name("沙河村村民委员会") == "沙河村"
    assert short_name("北门居委会") == "北门社区"
    assert short_name("尚书巷社区") == "尚书巷社区"


def test_an_unknown_district_is_named_with_those_there_are():
    with pytest.raises(LookupError, match="420502 西陵区"):
        district("420599")


def test_every_birthday_has_numbers_for_newcomers():
    community, chance = ALL[40], Random(1)
    registrar = id_numbers.Registrar(community)
    for number in range(400):
        day = date(2000, 1, 1) + timedelta(days=number)
        assert registrar.issue(chance, day, "1", "far")[:6] in FAR


def test_every_division_where_the_demo_plays_has_an_english_name():
    named = english_names()
    xiling = district("420502")
    here = [xiling.code, *(s.code for s in xiling.streets), *(c.code for c in xiling.communities)]
    assert set(named) == {"420500", *here, *(d.code for d in districts())}
    assert all(name.replace(" ", "").replace("'", "").isalpha() for name in named.values())
