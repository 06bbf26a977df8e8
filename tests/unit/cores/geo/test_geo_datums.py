"""Datums: known vectors, exact ways back, tags."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.geo.datums import (
    BD09,
    CGCS2000,
    GCJ02,
    WGS84,
    UnknownDatum,
    area_of_use,
    convert,
    datum_of,
    is_geographic,
)
from wangge.cores.geo.distances import great_circle

china_lon, china_lat = st.floats(73.0, 136.0), st.floats(3.0, 53.5)


def test_the_shift_at_yichang_is_about_six_hundred_metres():
    lon, lat = convert(111.29, 30.69, "WGS-84", "GCJ-02")
    assert 550 < float(great_circle(111.29, 30.69, lon, lat)) < 650


def test_published_vectors_of_the_two_offsets():
    # Tiananmen, as many open converters print it.
    assert np.allclose(
        convert(116.404, 39.915, WGS84, GCJ02), (116.41024449916938, 39.91640428150164), atol=1e-9
    )
    assert np.allclose(
        convert(116.404, 39.915, GCJ02, BD09), (116.41036949371029, 39.92133699351021), atol=1e-9
    )


@settings(deadline=None)
@given(china_lon, china_lat, st.sampled_from([GCJ02, BD09]))
def test_the_way_back_is_exact(lon, lat, datum):
    there = convert(lon, lat, CGCS2000, datum)
    back = convert(*there, datum, CGCS2000)
    # The offset jumps at the edge of the box it is applied in; well inside it, the way back is exact.
    assert abs(back[0] - lon) < 1e-9
    assert abs(back[1] - lat) < 1e-9


def test_arrays_convert_like_their_points():
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(108, 112, (3, 4)), rng.uniform(29, 32, (3, 4))
    moved = convert(lon, lat, BD09)
    assert moved[0].shape == (3, 4)
    assert moved[0][2, 1] == pytest.approx(float(convert(lon[2, 1], lat[2, 1], BD09)[0]), abs=1e-10)


def test_nothing_moves_outside_china_and_missing_stays_missing():
    lon, lat = convert([103.8, 2.35, np.nan], [1.35, 48.85, 30.0], WGS84, GCJ02)
    assert lon[1] == 2.35
    assert lat[1] == 48.85
    assert np.isnan(lon[2])
    assert np.isnan(convert(np.nan, 30.0, GCJ02)[0])


def test_wgs84_and_cgcs2000_are_one_and_inputs_stay_untouched():
    lon = np.array([111.29])
    moved, _ = convert(lon, np.array([30.69]), "EPSG:4326", "CGCS2000")
    moved += 1
    assert lon[0] == 111.29


def test_any_epsg_code_is_known_east_first():
    # The false origin of Singapore's plane: 103 deg 50' E, 1 deg 22' N.
    lon, lat = convert(28001.642, 38744.572, "EPSG:3414")
    assert np.allclose((lon, lat), (103.0 + 50 / 60, 1.0 + 22 / 60), atol=1e-6)
    assert np.allclose(convert(lon, lat, WGS84, "EPSG:3414"), (28001.642, 38744.572), atol=1e-3)


def test_names_of_datums():
    assert {datum_of(tag) for tag in ("gcj02", "GCJ-02", " GCJ_02 ")} == {GCJ02}
    assert datum_of("WGS 84") == WGS84
    assert datum_of("epsg:4547") == "EPSG:4547"
    assert is_geographic("BD-09")
    assert not is_geographic("EPSG:4547")
    with pytest.raises(UnknownDatum, match="EPSG:999999"):
        datum_of("EPSG:999999")
    with pytest.raises(UnknownDatum, match="expected CGCS2000"):
        convert(1, 2, "nonsense")


def test_areas_of_use():
    west, south, east, north = area_of_use("EPSG:3414")
    assert west < 103.8 < east
    assert south < 1.35 < north
    assert area_of_use("WGS-84") == (-180.0, -90.0, 180.0, 90.0)
    assert area_of_use("GCJ-02")[0] > 70
