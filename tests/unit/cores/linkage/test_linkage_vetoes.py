"""Vetoes: who is never merged by a model, and under which name the pair reaches people."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from wangge.cores.linkage.identifiers import id_check_digit
from wangge.cores.linkage.link import link
from wangge.cores.linkage.links import Links


def number(first17: str) -> str:
    return first17 + id_check_digit(first17)


CHILD = {"name": "李思雨", "birth_date": "2012-05-03", "dwelling": "D1", "phone": "13812345679", "sex": "2"}
MAN = {"name": "王建国", "birth_date": "1960-02-11", "dwelling": "D7", "phone": "13987654321", "sex": "1"}
CHILD_ID = number("42050220120503124")
MAN_ID = number("42050219600211531")


def linked(record: dict[str, Any], *persons: dict[str, Any]) -> Links:
    golden = [{"person": f"P{n}"} | person for n, person in enumerate(persons)]
    fields = ("person", "record", "name", "id_number", "birth_date", "dwelling", "phone", "sex", "address")
    schema = pa.schema([(field, pa.string()) for field in fields])
    table = pa.Table.from_pylist(golden, schema=schema)
    return link(pa.Table.from_pylist([{"record": "r"} | record]), table)


def reasons(links: Links) -> set[str]:
    return set(links.unsure["reason"].to_pylist()) | set(links.refused["reason"].to_pylist())


@pytest.mark.parametrize(
    ("veto", "record", "person"),
    [
        ("two_valid_ids", MAN | {"id_number": number("42050219600211533")}, MAN | {"id_number": MAN_ID}),
        ("two_valid_ids", MAN | {"id_number": "420502600211533"}, MAN | {"id_number": MAN_ID}),
        ("two_valid_ids", CHILD | {"name": "李思雪", "id_number": number("42050220120503126")}, CHILD | {"id_number": CHILD_ID}),
        ("id_of_another", {"name": "赵丽华", "id_number": MAN_ID}, MAN | {"id_number": MAN_ID}),
        ("id_of_another", {"name": "王小虎", "id_number": MAN_ID, "birth_date": "1990-01-01"}, MAN | {"id_number": MAN_ID}),
        ("twins", CHILD | {"name": "李思雪"}, CHILD),
        ("twins", CHILD | {"name": "李思雪", "id_number": CHILD_ID[:16] + "9" + CHILD_ID[17]}, CHILD | {"id_number": CHILD_ID}),
        ("parents_phone", CHILD | {"birth_date": "2015-11-20"}, CHILD),
        ("kin", {"name": "王建军", "dwelling": "D7", "sex": "1"}, MAN | {"birth_date": None, "phone": None}),
        ("namesake", MAN | {"birth_date": "1985-07-30", "phone": None}, MAN),
        ("other_name", {"name": "王建军", "birth_date": "1960-02-11", "sex": "1"}, MAN),
    ],
)  # fmt: skip
def test_a_veto_stands_whatever_else_agrees(
    veto: str, record: dict[str, Any], person: dict[str, Any]
) -> None:
    links = linked(record, person)
    assert links.links["person"].to_pylist() == [None]
    assert links.links["tier"].to_pylist() == ["new"]
    if veto not in ("kin", "other_name"):  # too unlikely to trouble anybody with
        assert reasons(links) == {veto}


def test_neighbours_of_one_name_stay_two() -> None:
    links = linked(
        {"name": "王建国", "dwelling": "D8", "address": "学院街18号3栋1单元201"},
        {"name": "王建国", "dwelling": "D7", "address": "学院街18号2栋1单元101"},
    )
    assert links.links["person"].to_pylist() == [None]


def test_plain_twins_trouble_nobody_but_are_not_hidden() -> None:
    links = linked(
        CHILD | {"name": "李思雪", "id_number": number("42050220120503126")}, CHILD | {"id_number": CHILD_ID}
    )
    assert links.unsure.num_rows == 0
    assert links.refused["reason"].to_pylist() == ["two_valid_ids"]


def test_a_slip_in_a_number_is_not_taken_for_another_person() -> None:
    slip = MAN_ID[:8] + MAN_ID[9] + MAN_ID[8] + MAN_ID[10:]
    assert linked(MAN | {"id_number": slip}, MAN | {"id_number": MAN_ID}).links["person"].to_pylist() == [
        "P0"
    ]


def test_a_typing_error_that_is_known_does_not_hide_two_valid_numbers() -> None:
    other = number("42050219600211533")
    near = other[:10] + ("9" if other[10] != "9" else "8") + other[11:]
    links = linked(
        MAN | {"id_number": other}, MAN | {"id_number": MAN_ID}, {"person": "P0", **MAN, "id_number": near}
    )
    assert reasons(links) == {"two_valid_ids"}


def test_a_number_lent_in_the_family_goes_to_people() -> None:
    """The record bears one twin's number and the other's name."""
    links = linked(
        CHILD | {"name": "李思雪", "id_number": CHILD_ID},
        CHILD | {"id_number": CHILD_ID},
        CHILD | {"name": "李思雪"},
    )
    assert links.links["person"].to_pylist() == [None]
    assert reasons(links) == {"id_of_another"}


def test_a_veto_holds_in_a_chain() -> None:
    """A record without birth date and number must not tie together two people whose numbers differ."""
    golden = pa.table({"person": ["P"], "name": ["王建国"], "dwelling": ["D7"], "phone": ["13987654321"]})
    rows = [
        {"record": "a", "source": "x", **MAN, "id_number": MAN_ID},
        {"record": "b", "source": "y", **MAN, "id_number": number("42050219600211533")},
    ]
    persons = link(pa.Table.from_pylist(rows), golden).links["person"].to_pylist()
    assert persons.count("P") <= 1
