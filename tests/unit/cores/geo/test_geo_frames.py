"""Local metres: there and back, and true to the ellipsoid."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wangge.cores.geo.distances import great_circle, planar
from wangge.cores.geo.frames import LocalMetres


@settings(deadline=None)
@given(st.floats(-170, 170), st.floats(-75, 75), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_there_and_back(lon, lat, east, north):
    frame = LocalMetres([lon - 0.2, lon + 0.2], [lat - 0.2, lat + 0.2])
    back = frame.inverse(*frame.forward(lon + east, lat + north))
    assert np.allclose(back, (lon + east, lat + north), atol=1e-10)


def test_distances_are_those_of_the_ellipsoid():
    rng = np.random.default_rng(2)
    lon, lat = 111.29 + rng.uniform(-0.2, 0.2, 200), 30.69 + rng.uniform(-0.2, 0.2, 200)
    x, y = LocalMetres(lon, lat).forward(lon, lat)
    true = np.array(Geod(ellps="GRS80").inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2])
    assert np.allclose(planar(x[:-1], y[:-1], x[1:], y[1:]), true, rtol=3e-5)
    assert np.allclose(great_circle(lon[:-1], lat[:-1], lon[1:], lat[1:]), true, rtol=5e-3)


def test_the_middle_is_zero_and_missing_points_do_not_count():
    frame = LocalMetres([111.0, 111.4, np.nan], [30.0, 30.2, np.inf])
    assert np.allclose(frame.forward(111.2, 30.1), (0, 0), atol=1e-9)
    with pytest.raises(ValueError, match="at least one point"):
        LocalMetres([], [])


def test_shapes_move_with_their_points():
    frame = LocalMetres([111.0, 111.2], [30.0, 30.2])
    square = shapely.box(-500, -500, 500, 500)
    moved = frame.to_degrees(square)
    assert shapely.hausdorff_distance(frame.to_metres(moved), square) < 1e-6
    several = frame.to_degrees(np.array([square, square], dtype=object))
    assert several[1].equals(moved)


def test_great_circle_is_symmetric_and_zero_at_home():
    assert great_circle(10, 20, 10, 20) == 0
    assert great_circle(0, 0, 180, 0) == pytest.approx(np.pi * 6_371_008.8)
    assert great_circle(1, 2, 3, 4) == great_circle(3, 4, 1, 2)
