"""What somebody may send of an element: its kind, one line of a length that people say, and numbers that are numbers."""

from __future__ import annotations

import pytest

from wangge.ground.registry.values import LONGEST, sayable
from wangge.platform.access.errors import Invalid


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("phone", "13800000001"), ("phone", "0717-6222222转801"), ("phone", "１３８００００００１"), ("phone", None),
        ("id_number", "42050219440501002X"), ("living_address", "学院街18号2单元501"), ("birth_date", "1944-05-01"),
        ("lives_alone", "yes"),
    ],
)  # fmt: skip
def test_what_people_say_is_taken(code: str, text: str | None) -> None:
    sayable(code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("phone", "1" * 100_000), ("phone", "call me"), ("phone", "138\x0000000001"), ("living_address", "a\x00b"),
        ("living_address", "两\n行"), ("living_address", "字" * (LONGEST + 1)), ("id_number", "<script>"),
        ("birth_date", "yesterday"), ("lives_alone", "perhaps"),
    ],
)  # fmt: skip
def test_what_nobody_says_is_refused(code: str, text: str) -> None:
    with pytest.raises(Invalid) as error:
        sayable(code, text)
    assert error.value.code == "not_a_value"
