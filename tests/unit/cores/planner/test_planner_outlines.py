"""Polygons of grids: they tile their community and never reach into another."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import city
from scipy.spatial import cKDTree

from wangge.cores.planner.borders.outlines import Drawing, outlines
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
        assert shapely.coverage_is_valid(mine)  # what neighbours share are identical corners
        assert shapely.union_all(mine).area == pytest.approx(shapely.area(mine).sum(), rel=1e-9)


def some_grids(units: Units, each: int = 15) -> np.ndarray:
    """Grids of some units each, by nearness within communities: quicker than a plan, and rougher."""
    grid, count = np.empty(len(units), np.int64), 0
    places, home = np.stack([units.x, units.y], axis=1), np.asarray(units.community)
    for name in np.unique(home):
        rows = np.flatnonzero(home == name)
        nearest = cKDTree(places[rows[::each]]).query(places[rows])[1]
        grid[rows] = np.unique(nearest, return_inverse=True)[1] + count
        count = grid[rows].max() + 1
    return grid


def strips(count: int, size: float = 1500.0) -> dict[str, shapely.Polygon]:
    """The grounds of a made city's communities."""
    edges = np.linspace(0, size, count + 1)
    return {f"c{i}": shapely.box(edges[i], -20, edges[i + 1], size + 20) for i in range(count)}


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(1, 80), st.integers(1, 3), st.sampled_from([0.0, 5.0, 400.0]), st.booleans()
)  # fmt: skip
def test_a_community_is_filled_and_every_unit_stands_in_its_grid(seed, buildings, communities, smooth, roads):
    units = city(seed, buildings, communities)
    grid, grounds = some_grids(units), strips(communities)
    # Roads keep a metre from every unit: a unit on a road stands on two blocks.
    rng = np.random.default_rng(seed)
    lines = [shapely.LineString(rng.uniform(-50, 1550, (2, 2))) for _ in range(4 if roads else 0)]
    lines = [line for line in lines if shapely.distance(line, shapely.points(units.x, units.y)).min() > 1]
    shapes = outlines(units.x, units.y, grid, units.community, Drawing(grounds, lines, smooth_m=smooth))
    check_tiling(shapes, grid, list(units.community))
    every = np.array(shapes, dtype=object)
    assert shapely.intersects_xy(every[grid], units.x, units.y).all()
    for name in set(units.community):
        mine = every[np.unique(grid[np.asarray(units.community) == name])]
        assert shapely.symmetric_difference(shapely.union_all(mine), grounds[name]).area < (
            1e-6 * grounds[name].area
        )


def test_a_border_runs_along_the_road_that_separates_two_grids():
    x, y = np.array([20.0, 20.0, 200.0, 220.0]), np.array([20.0, 80.0, 20.0, 80.0])
    ground, road = shapely.box(0, 0, 300, 100), shapely.LineString([(50, -10), (50, 110)])
    drawing = Drawing({"a": ground}, [road])
    west, east = outlines(x, y, np.array([0, 0, 1, 1]), ["a"] * 4, drawing)
    assert west.bounds == pytest.approx((0, 0, 50, 100), abs=1e-5)
    assert east.bounds == pytest.approx((50, 0, 300, 100), abs=1e-5)
    west, east = outlines(x, y, np.array([0, 0, 1, 1]), ["a"] * 4, Drawing({"a": ground}))
    assert west.bounds[2] > 100


def test_a_block_without_units_is_the_nearest_grids():
    x, y = np.array([20.0, 290.0]), np.array([50.0, 50.0])
    roads = [shapely.LineString([(at, -10), (at, 110)]) for at in (50, 100, 280)]
    drawing = Drawing({"a": shapely.box(0, 0, 300, 100)}, roads)
    west, east = outlines(x, y, np.array([0, 1]), ["a", "a"], drawing)
    assert west.area == pytest.approx(100 * 100)
    assert east.area == pytest.approx(200 * 100)


def test_a_border_keeps_out_of_long_buildings():
    houses = [shapely.box(0, 0, 200, 10), shapely.box(0, 14, 20, 24), shapely.box(180, 14, 200, 24)]
    x, y = np.array([100.0, 10.0, 190.0]), np.array([5.0, 19.0, 19.0])
    grid, ground = np.array([0, 1, 1]), {"a": shapely.box(-5, -5, 205, 30)}
    plain = outlines(x, y, grid, ["a"] * 3, Drawing(ground))
    grown = outlines(x, y, grid, ["a"] * 3, Drawing(ground, footprints=houses))
    check_tiling(grown, grid, ["a"] * 3)
    lost = [shapely.difference(houses[0], shape[0]).area for shape in (plain, grown)]
    assert lost[0] > 500
    assert lost[1] < 100


def test_smoothing_takes_corners_and_no_ground():
    units = city(5, 300)
    grid, ground = some_grids(units, 30), strips(1)
    rough, smooth = (
        np.array(outlines(units.x, units.y, grid, units.community, Drawing(ground, smooth_m=m)), dtype=object)
        for m in (0.0, 15.0)
    )
    assert shapely.get_num_coordinates(smooth).sum() < 0.9 * shapely.get_num_coordinates(rough).sum()
    assert shapely.area(smooth).sum() == pytest.approx(shapely.area(rough).sum(), rel=1e-9)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 80), st.integers(1, 4))
def test_grids_tile_and_communities_stay_apart(seed, buildings, communities):
    units = city(seed, buildings, communities)
    made = plan(units, settings=Settings(moves=5, mends=5))
    shapes = outlines(units.x, units.y, made.grid, units.community)
    check_tiling(shapes, made.grid, list(units.community))
    inside = shapely.intersects_xy(np.array(shapes, dtype=object)[made.grid], units.x, units.y)
    assert inside.all()


@settings(max_examples=50, deadline=None, derandomize=True)
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
    shapes = outlines(units.x, units.y, made.grid, units.community, Drawing({"c0": west, "c1": east}))
    check_tiling(shapes, made.grid, list(units.community))
    home = np.array([grid.community for grid in made.grids])
    for name, ground in (("c0", west), ("c1", east)):
        whole = shapely.union_all(np.array(shapes, dtype=object)[home == name])
        assert shapely.symmetric_difference(whole, ground).area == pytest.approx(0, abs=1e-3)


def test_boundaries_that_overlap_are_parted_and_others_keep_out():
    x, y = np.array([100.0, 300.0, 500.0]), np.array([0.0, 0.0, 0.0])
    boundaries = {"a": shapely.box(0, -100, 250, 100), "b": shapely.box(200, -100, 400, 100)}
    shapes = outlines(x, y, np.array([0, 1, 2]), ["a", "b", "c"], Drawing(boundaries))
    check_tiling(shapes, np.array([0, 1, 2]), ["a", "b", "c"])
    assert shapes[0].area == pytest.approx(50_000)
    assert shapes[1].bounds[0] == pytest.approx(250)
    assert shapes[2].bounds[0] >= 400 - 1e-6


def test_a_building_outside_its_communitys_boundary():
    x, y = np.array([50.0, 900.0]), np.array([50.0, 50.0])
    ground = shapely.box(0, 0, 100, 100)
    shapes = outlines(x, y, np.array([0, 1]), ["a", "a"], Drawing({"a": ground}))
    assert shapes[0].equals(ground)
    assert shapes[1].is_empty


def test_a_grid_across_communities_has_no_outline():
    with pytest.raises(ValueError, match="all of one community"):
        outlines(np.array([0.0, 9.0]), np.zeros(2), np.array([0, 0]), ["a", "b"])


def test_one_building_gets_the_ground_around_it():
    (shape,) = outlines(np.array([7.0]), np.array([9.0]), np.array([0]), ["a"], Drawing(margin_m=20))
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
