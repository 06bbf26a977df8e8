"""Codes by a layout: put together and taken apart, and what doesn't fit is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.geo.codes import LAYOUTS, BadCode, Layout

layouts = st.lists(st.integers(1, 8), min_size=1, max_size=6).map(
    lambda digits: Layout(tuple((f"s{i}", d) for i, d in enumerate(digits)))
)


@given(layouts, st.data())
def test_a_code_parses_back_to_its_parts(layout, data):
    parts = {name: data.draw(st.integers(0, 10**digits - 1)) for name, digits in layout.segments}
    code = layout.compose(parts)
    assert len(code) == layout.digits
    found = layout.parse(code)
    assert {name: int(text) for name, text in found.items()} == parts
    assert layout.compose(found) == code


@given(layouts, st.data())
def test_a_number_too_large_is_refused_by_name(layout, data):
    name, digits = data.draw(st.sampled_from(layout.segments))
    parts = {other: 0 for other, _ in layout.segments} | {name: 10**digits}
    with pytest.raises(BadCode, match=f"{name} 1.* needs {digits + 1} digits, the layout has {digits}"):
        layout.compose(parts)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CJ/T 213", "42050200100307"),
        ("GB/T 30428.1", "420502001003007"),
        ("16 digits", "4205020010030007"),
        ("20 digits", "42050200100300700012"),
    ],
)
def test_layouts_of_the_field(name, code):
    parts = LAYOUTS[name].parse(code)
    assert (parts["district"], parts["street"], parts["community"]) == ("420502", "001", "003")
    assert int(parts["grid"]) == 7


@pytest.mark.parametrize("code", ["", "42050200100300", "4205020010030071", "42050200100300a", "42050200100300７", "42050200100300²"])  # fmt: skip
def test_what_is_no_code_is_told_what_was_expected(code):
    with pytest.raises(BadCode, match=r"15 digits: expected 6 \(district\) \+ 3 \(street\)"):
        LAYOUTS["GB/T 30428.1"].parse(code)


@pytest.mark.parametrize("part", [-1, "7", "00７", ""])
def test_a_part_must_be_digits_of_its_length(part):
    with pytest.raises(BadCode, match="b must be 3 digits"):
        Layout((("a", 1), ("b", 3))).compose({"a": 1, "b": part})


def test_parts_are_neither_missing_nor_too_many():
    layout = Layout((("a", 1), ("b", 3)))
    for parts in ({"a": 1}, {"a": 1, "b": 2, "c": 3}):
        with pytest.raises(BadCode, match="needs the parts a, b"):
            layout.compose(parts)


@pytest.mark.parametrize("segments", [(), (("a", 0),), (("a", 1), ("a", 2))])
def test_layouts_that_make_no_sense(segments):
    with pytest.raises(ValueError, match="a layout needs segments"):
        Layout(segments)
