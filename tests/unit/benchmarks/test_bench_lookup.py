"""The benchmark of look-ups: what is timed on both sides says the same, and a difference stops it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from benchmarks import lookup as bench
from wangge.cores.geo.zones import ZoneIndex


def test_it_runs_and_names_its_figures():
    figures = bench.run(["--points", "2000", "--grids", "40", "--rounds", "1"])
    assert figures["points"] == 2000
    assert 30 <= figures["grids"] <= 40
    assert {"million_ours_s", "million_shapely_s", "single_ours_us", "single_shapely_us"} <= set(figures)


def test_sides_that_differ_are_not_timed():
    west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    zones = ZoneIndex(["a", "b"], [west.wkb, east.wkb])
    points = np.array([[0.5, 0.5], [1.5, 0.5]])
    bench.same(zones, shapely.STRtree([west, east]), points)
    with pytest.raises(RuntimeError, match="2 of 2 points"):
        bench.same(zones, shapely.STRtree([east, west]), points)
