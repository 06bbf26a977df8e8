"""Unit grids of some 10,000 m²: they tile their grid, are of nearly one size, and have codes of their own."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.geo.codes import LAYOUTS, BadCode
from wangge.cores.planner.borders.outlines import Drawing, outlines
from wangge.cores.planner.borders.unit_cells import unit_cells

PARTS = {"district": "420502", "street": "001", "community": "003"}
LAYOUT = LAYOUTS["GB/T 30428.1"]


def community(seed: int, buildings: int = 120, side: float = 600.0):
    """Four grids of one community, and its buildings."""
    x, y = np.random.default_rng(seed).uniform(0, side, (2, buildings))
    grid = np.unique((x > side / 2) * 2 + (y > side / 2), return_inverse=True)[1]
    ground = {"c": shapely.box(0, 0, side, side)}
    return outlines(x, y, grid, ["c"] * buildings, Drawing(ground)), x, y


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([8, 120]))
def test_cells_tile_their_grid_and_are_of_one_size(seed, buildings):
    grids, x, y = community(seed, buildings)
    cells = unit_cells(grids, x, y, LAYOUT, PARTS)
    areas = [cell.shape.area for cell in cells]
    assert 8_000 <= np.median(areas) <= 12_000
    assert max(areas) < 20_000
    for number, grid in enumerate(grids):
        mine = np.array([cell.shape for cell in cells if cell.grid == number], dtype=object)
        assert shapely.is_valid(mine).all()
        assert shapely.coverage_is_valid(mine)
        assert shapely.symmetric_difference(shapely.union_all(mine), grid).area < 1e-6 * grid.area
    codes = [cell.code for cell in cells]
    assert len(set(codes)) == len(codes)
    assert [LAYOUT.parse(code) for code in codes] == [
        {**PARTS, "grid": f"{i + 1:03d}"} for i in range(len(codes))
    ]


def test_a_small_grid_is_one_cell():
    square = shapely.box(0, 0, 90, 90)
    (cell,) = unit_cells([square], np.empty(0), np.empty(0), LAYOUT, PARTS)
    assert cell == ("420502001003001", 0, square)


def test_a_layout_that_is_too_short_is_said():
    ground = shapely.box(0, 0, 1000, 1001)
    with pytest.raises(BadCode, match="grid 100 needs 3 digits, the layout has 2"):
        unit_cells([ground], np.empty(0), np.empty(0), LAYOUTS["CJ/T 213"], PARTS)
