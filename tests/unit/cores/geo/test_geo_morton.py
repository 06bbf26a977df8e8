"""Morton codes: every point of a box is in a range of the box."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.geo import morton
from wangge.cores.geo.morton import BITS, encode, encode_one, interleave, ranges

lons, lats = st.floats(-180, 180), st.floats(-90, 90)
shares = st.floats(0, 1)


def held(code: int, found: list[tuple[int, int]]) -> bool:
    return any(low <= code <= high for low, high in found)


@settings(deadline=None)
@given(
    lons, lons, lats, lats, st.integers(1, 40), st.lists(st.tuples(shares, shares), min_size=1, max_size=20)
)
def test_every_point_of_a_box_is_in_a_range(lon_a, lon_b, lat_a, lat_b, most, points):
    west, east = sorted((lon_a, lon_b))
    south, north = sorted((lat_a, lat_b))
    found = ranges((west, south, east, north), most)
    assert 1 <= len(found) <= most
    inside = [
        (min(max(west + (east - west) * a, west), east), min(max(south + (north - south) * b, south), north))
        for a, b in points
    ]
    for lon, lat in [*inside, (west, south), (east, north), (west, north), (east, south)]:
        assert held(encode_one(lon, lat), found)


@settings(deadline=None)
@given(lons, lats, st.floats(1e-5, 0.05), st.integers(4, 64))
def test_ranges_are_apart_ascending_and_fit_closer_when_more_are_allowed(lon, lat, size, most):
    box = (lon, lat, min(lon + size, 180), min(lat + size, 90))
    found, fewer = ranges(box, most), ranges(box, 1)
    assert all(low <= high for low, high in found)
    assert all(a[1] + 1 < b[0] for a, b in pairwise(found))
    assert sum(high - low + 1 for low, high in found) <= sum(high - low + 1 for low, high in fewer)


def test_a_small_box_is_not_the_world():
    found = ranges((111.29, 30.69, 111.30, 30.70), 16)
    steps = sum(high - low + 1 for low, high in found)
    box = (0.01 / 360 * 2**BITS) * (0.01 / 180 * 2**BITS)
    assert steps < 2.5 * box


def test_a_box_across_the_date_line():
    found = ranges((179.9, -1, -179.9, 1), 8)
    assert held(encode_one(179.95, 0), found)
    assert held(encode_one(-179.95, 0.5), found)
    assert not held(encode_one(0, 0), found)
    assert len(found) <= 8


def test_codes_interleave_bit_by_bit():
    assert interleave(0b11, 0b00) == 0b0101
    assert interleave(0b00, 0b11) == 0b1010
    assert interleave(np.array([2**31 - 1]), np.array([2**31 - 1]))[0] == 2**62 - 1


def test_scalars_and_arrays_agree_and_the_edge_of_the_world_counts_in():
    lon, lat = np.array([-180.0, 0.0, 180.0, 500.0]), np.array([-90.0, 0.0, 90.0, 90.0])
    codes = encode(lon, lat)
    assert [encode_one(a, b) for a, b in zip(lon, lat, strict=True)] == codes.tolist()
    assert codes[0] == 0
    assert codes[2] == codes[3] == 2 ** (2 * BITS) - 1


@settings(deadline=None)
@given(lons, lats, st.floats(0, 1e-3), st.floats(0, 1e-3))
def test_codes_rise_with_both_coordinates(lon, lat, east, north):
    assert encode_one(min(lon + east, 180), min(lat + north, 90)) >= encode_one(lon, lat)


def test_bad_boxes_are_refused():
    with pytest.raises(ValueError, match="south <= north"):
        ranges((0, 2, 1, 1), 4)
    with pytest.raises(ValueError, match="a range at least"):
        ranges((0, 0, 1, 1), 0)


def test_a_box_that_leaves_out_a_sliver_costs_little(monkeypatch):
    """The whole world but its lowest 20 m: 2^20 quadrants lie along that side, all in one range."""
    asked = []
    plain = morton._ranges_of
    monkeypatch.setattr(morton, "_ranges_of", lambda cover: asked.append(len(cover)) or plain(cover))
    for box in ((-180, -89.9998, 180, 90), (-180, -90, 180, 89.9998), (-179.9998, -90, 180, 90)):
        (found,) = ranges(box, 12)
        assert found == (0, (1 << 2 * BITS) - 1)
    assert max(asked) <= 4096
