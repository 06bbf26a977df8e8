"""Polygons of grids: they tile their community and never reach into another."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import city

from wangge.cores.planner.outlines import outlines
from wangge.cores.planner.plan import plan
from wangge.cores.planner.records import Settings, Units


def check_tiling(shapes: list, grid: np.ndarray, community: list[str]) -> None:
    """No overlaps anywhere; no gaps inside what each community covers."""
    every = np.array(shapes, dtype=object)
    assert shapely.is_valid(every).all()
    assert np.isin(shapely.get_type_id(every), (3, 6)).all()
    total = shapely.area(every).sum()
    assert shapely.union_all(every).area == pytest.approx(total, rel=1e-9)
    home = np.empty(len(every), dtype=object)
    home[grid] = community
    for name in set(community):
        mine = every[home == name]
        assert shapely.union_all(mine).area == pytest.approx(shapely.area(mine).sum(), rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 80), st.integers(1, 4))
def test_grids_tile_and_communities_stay_apart(seed, buildings, communities):
    units = city(seed, buildings, communities)
    made = plan(units, settings=Settings(moves=5, mends=5))
    shapes = outlines(units.x, units.y, made.grid, units.community)
    check_tiling(shapes, made.grid, list(units.community))
    inside = shapely.intersects_xy(np.array(shapes, dtype=object)[made.grid], units.x, units.y)
    assert inside.all()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=25),
    st.sampled_from([1.0, 80.0]),
)
def test_lattices_lines_and_shared_addresses_tile_too(places, step):
    x, y, label = np.array(places).T
    grid = np.unique(label, return_inverse=True)[1]
    community = [str(g % 2) for g in grid]
    shapes = outlines(x * step + 500_000.0, y * step + 3_400_000.0, grid, community)
    check_tiling(shapes, grid, community)
    assert all(shape.area > 0 for shape in shapes)


def test_a_boundary_is_filled():
    units = city(3, 60, 2)
    made = plan(units, settings=Settings(moves=5))
    west, east = shapely.box(-100, -100, 750, 1600), shapely.box(750, -100, 1600, 1600)
    shapes = outlines(units.x, units.y, made.grid, units.community, {"c0": west, "c1": east})
    check_tiling(shapes, made.grid, list(units.community))
    home = np.array([grid.community for grid in made.grids])
    for name, ground in (("c0", west), ("c1", east)):
        whole = shapely.union_all(np.array(shapes, dtype=object)[home == name])
        assert shapely.symmetric_difference(whole, ground).area == pytest.approx(0, abs=1e-3)


def test_boundaries_that_overlap_are_parted_and_others_keep_out():
    x, y = np.array([100.0, 300.0, 500.0]), np.array([0.0, 0.0, 0.0])
    boundaries = {"a": shapely.box(0, -100, 250, 100), "b": shapely.box(200, -100, 400, 100)}
    shapes = outlines(x, y, np.array([0, 1, 2]), ["a", "b", "c"], boundaries)
    check_tiling(shapes, np.array([0, 1, 2]), ["a", "b", "c"])
    assert shapes[0].area == pytest.approx(50_000)
    assert shapes[1].bounds[0] == pytest.approx(250)
    assert shapes[2].bounds[0] >= 400 - 1e-6


def test_a_building_outside_its_communitys_boundary():
    x, y = np.array([50.0, 900.0]), np.array([50.0, 50.0])
    ground = shapely.box(0, 0, 100, 100)
    shapes = outlines(x, y, np.array([0, 1]), ["a", "a"], {"a": ground})
    assert shapes[0].equals(ground)
    assert shapes[1].is_empty


def test_a_grid_across_communities_has_no_outline():
    with pytest.raises(ValueError, match="all of one community"):
        outlines(np.array([0.0, 9.0]), np.zeros(2), np.array([0, 0]), ["a", "b"])


def test_one_building_gets_the_ground_around_it():
    (shape,) = outlines(np.array([7.0]), np.array([9.0]), np.array([0]), ["a"], margin_m=20)
    assert shape.centroid.distance(shapely.Point(7, 9)) < 1e-6
    assert 1200 < shape.area < 400 * np.pi
    assert outlines(np.empty(0), np.empty(0), np.empty(0, int), []) == []


def test_grids_at_one_address_part_it():
    units = Units(
        [str(i) for i in range(40)], np.full(40, 3.0), np.full(40, 4.0), np.full(40, 30), ["c"] * 40
    )
    made = plan(units)
    shapes = outlines(units.x, units.y, made.grid, units.community)
    assert len(shapes) == len(made.grids) > 1
    check_tiling(shapes, made.grid, list(units.community))
    assert all(shape.area > 0 for shape in shapes)
