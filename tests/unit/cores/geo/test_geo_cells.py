"""Unit grids tile the ground."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.geo.cells import square_cells


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), min_size=3, max_size=8))
def test_cells_tile_any_ground(corners):
    ground = shapely.MultiPoint(corners).convex_hull
    if ground.area < 1:
        return
    cells = square_cells(ground)
    shapes = np.array([cell.shape for cell in cells], dtype=object)
    assert shapely.area(shapes).sum() == pytest.approx(ground.area, rel=1e-9)
    assert shapely.union_all(shapes).area == pytest.approx(ground.area, rel=1e-9)
    assert shapely.area(shapes).max() <= 10_000 + 1e-6
    assert shapely.is_valid(shapes).all()
    assert len({(cell.row, cell.column) for cell in cells}) == len(cells)


def test_a_ground_of_whole_squares():
    cells = square_cells(shapely.box(100, 200, 400, 400))
    assert len(cells) == 6
    assert {(cell.row, cell.column) for cell in cells} == {(r, c) for r in (0, 1) for c in (0, 1, 2)}
    assert all(cell.shape.area == pytest.approx(10_000) for cell in cells)


def test_grounds_that_touch_share_one_lattice():
    west, east = square_cells(shapely.box(0, 0, 150, 100)), square_cells(shapely.box(150, 0, 300, 100))
    assert west[1].shape.union(east[0].shape).area == pytest.approx(10_000)
    assert west[1].shape.union(east[0].shape).bounds == (100, 0, 200, 100)


def test_a_ground_with_a_hole_has_no_cell_in_it():
    ground = shapely.difference(shapely.box(0, 0, 500, 500), shapely.box(100, 100, 400, 400))
    cells = square_cells(ground)
    assert len(cells) == 16
    assert all(cell.shape.geom_type == "Polygon" for cell in cells)


def test_bad_grounds_are_refused():
    with pytest.raises(ValueError, match="valid ground"):
        square_cells(shapely.Polygon())
    with pytest.raises(ValueError, match="above 0"):
        square_cells(shapely.box(0, 0, 1, 1), 0)
    with pytest.raises(ValueError, match="more than 1,000,000"):
        square_cells(shapely.box(0, 0, 1e6, 1e6), 100)
