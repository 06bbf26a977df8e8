"""Quadrants: whatever meets a box is found by its numbers; what is found has few ranges."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.ground.areas.quadrants import Box, holding, search

lons, lats = st.floats(-180, 180), st.floats(-90, 90)


@st.composite
def boxes(draw):
    west, south = draw(lons), draw(lats)
    size = draw(st.sampled_from([0.0, 1e-7, 1e-4, 0.02, 3.0, 200.0]))
    return Box(west, south, min(west + size, 180.0), min(south + size, 90.0))


@settings(deadline=None)
@given(boxes(), boxes())
def test_what_meets_is_found(sought, thing):
    found = search(sought)
    number = holding(thing)
    hit = number in found.singles or any(low <= number <= high for low, high in found.ranges)
    assert hit or not sought.meets(thing)


@settings(deadline=None)
@given(boxes())
def test_few_ranges(sought):
    found = search(sought)
    assert len(found.ranges) <= 12
    assert all(low <= high for low, high in found.ranges)


def test_a_thing_far_away_is_not_looked_at():
    found = search(Box(111.28, 30.68, 111.31, 30.70))
    far = holding(Box(111.9, 30.1, 111.9001, 30.1001))
    assert not any(low <= far <= high for low, high in found.ranges)
    assert far not in found.singles
