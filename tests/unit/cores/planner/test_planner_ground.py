"""The ground between buildings: barriers and their openings, footprints, roads, pairs apart."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import check, city, connected

from wangge.cores.planner.intake.adjacency import Terrain, adjacency
from wangge.cores.planner.intake.barriers import Barriers
from wangge.cores.planner.intake.footprints import GROW_M, SHRINK_M, grounds
from wangge.cores.planner.intake.openings import across
from wangge.cores.planner.intake.roads import LIMIT_M, distances, stretches
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.plan import plan
from wangge.cores.planner.records import Edges, Settings, Units


def shapes(*some: shapely.Geometry) -> np.ndarray:
    array = np.empty(len(some), dtype=object)
    array[:] = some
    return array


def units_at(points: list[tuple[float, float]], households: int = 40) -> Units:
    x, y = np.array(points, dtype=float).T
    names = [str(i) for i in range(len(points))]
    return Units(names, x, y, np.full(len(points), households), ["c"] * len(points))


def two_banks(per_side: int = 6) -> Units:
    """Houses in rows on both banks of a river that flows along y = 0."""
    return units_at([(50.0 * i, y) for i in range(per_side) for y in (-90.0, -40.0, 40.0, 90.0)])


def pairs_of(edges: Edges) -> set[tuple[int, int]]:
    return {(int(u), int(v)) for u, v in zip(edges.u, edges.v, strict=True)}


def crossing(units: Units, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(u, v) for u, v in pairs if units.y[u] * units.y[v] < 0}


RIVER_LINE = shapely.LineString([(-500, 0), (800, 0)])
RIVER_AREA = shapely.box(-500, -20, 800, 20)
BRIDGE = shapely.LineString([(125, -25), (125, 25)])


@pytest.mark.parametrize("river", [RIVER_LINE, RIVER_AREA])
def test_without_a_bridge_nobody_crosses_and_each_bank_hangs_together(river):
    units = two_banks()
    assert crossing(units, pairs_of(neighbours(units)))  # else nothing is barred
    _, edges = adjacency(units, Terrain(barriers=Barriers(shapes(river))))
    pairs = pairs_of(edges)
    assert crossing(units, pairs) == set()
    for bank in (np.flatnonzero(units.y > 0), np.flatnonzero(units.y < 0)):
        assert connected(bank.tolist(), pairs)
    made = plan(units, edges, Settings(200, 400))
    check(units, edges, made)
    for grid in range(len(made.grids)):
        assert len(set(np.sign(units.y[made.grid == grid]))) == 1


@pytest.mark.parametrize("river", [RIVER_LINE, RIVER_AREA])
@pytest.mark.parametrize("opening", [BRIDGE, shapely.Point(125, 0), shapely.MultiLineString([BRIDGE])])
def test_a_bridge_links_the_nearest_of_both_banks_at_its_length(river, opening):
    units = two_banks()
    barriers = shapes(river)
    opening = across(opening.geoms[0] if opening.geom_type == "MultiLineString" else opening, barriers)
    assert opening is not None
    _, edges = adjacency(units, Terrain(barriers=Barriers(barriers, shapes(opening))))
    over = crossing(units, pairs_of(edges))
    assert len(over) == 1
    u, v = next(iter(over))
    assert {abs(units.y[u]), abs(units.y[v])} == {40.0}
    assert {units.x[u], units.x[v]} <= {100.0, 150.0}
    length = edges.len_m[(edges.u == u) & (edges.v == v)][0]
    ends = shapely.get_coordinates(opening)[[0, -1]]
    legs = sum(np.hypot(25, 40 - abs(end[1])) for end in ends)
    assert length == pytest.approx(legs + opening.length)


def test_one_bridge_lets_one_grid_cross():
    """Each bank has 240 households: too few for a grid of its own, enough for one over the bridge."""
    units = two_banks(3)
    bare, bridged = (
        adjacency(units, Terrain(barriers=Barriers(shapes(RIVER_AREA), lines)))[1]
        for lines in (None, shapes(across(BRIDGE, shapes(RIVER_AREA))))
    )
    apart, joined = (plan(units, edges, Settings(300, 500)) for edges in (bare, bridged))
    assert len(apart.outside) == 2
    assert [grid.households for grid in joined.grids] == [480]


def test_two_who_are_next_to_each_other_only_by_way_of_the_other_bank_are_linked_again():
    units = units_at([(0, 10), (300, 10), (100, -10), (200, -10)])
    _, edges = adjacency(units, Terrain(barriers=Barriers(shapes(RIVER_LINE))))
    assert pairs_of(edges) == {(0, 1), (2, 3)}


def test_a_barrier_that_ends_parts_nobody_who_can_walk_round_in_a_straight_line():
    units = units_at([(0, -30), (0, 30), (60, 0)])
    dam = shapely.LineString([(-100, 0), (30, 0)])
    _, edges = adjacency(units, Terrain(barriers=Barriers(shapes(dam))))
    assert pairs_of(edges) == {(0, 2), (1, 2)}


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(4, 60),
    st.lists(st.tuples(*[st.floats(0, 1500)] * 4), min_size=1, max_size=4),
    st.lists(st.tuples(st.floats(0, 1500), st.floats(0, 1500)), max_size=3),
)
def test_no_grid_crosses_a_barrier_outside_an_opening(seed, buildings, barred, points):
    """Links are straight ways that meet no barrier, or lead through an opening from one end to the other."""
    units = city(seed, buildings, 2)
    courses = [shapely.LineString([line[:2], line[2:]]) for line in barred if line[:2] != line[2:]]
    barriers = Barriers(shapes(*courses))
    places = np.stack([units.x, units.y], axis=1)
    if not courses or barriers.under(places).any():
        return
    openings = [
        line for point in points if (line := across(shapely.Point(point), barriers.shapes)) is not None
    ]
    barriers = Barriers(barriers.shapes, shapes(*openings))
    _, edges = adjacency(units, Terrain(barriers=barriers))
    made = plan(units, edges, Settings(300, 500, moves=10))
    check(units, edges, made)
    gaps = shapely.union_all([shapely.buffer(line, 10.01, cap_style="flat") for line in openings])
    shut = shapely.difference(shapely.union_all(courses), gaps)
    for u, v, length in zip(edges.u, edges.v, edges.len_m, strict=True):
        way = shapely.LineString(places[[u, v]])
        if shapely.intersects(way, shut):
            legs = [
                np.hypot(*(places[u] - a)) + line.length + np.hypot(*(places[v] - b))
                for line in openings
                for a, b in (line.coords[:: len(line.coords) - 1], line.coords[:: 1 - len(line.coords)])
            ]
            assert min(abs(length - leg) for leg in legs) < 1e-6


def test_footprints_border_where_their_grown_grounds_meet():
    houses = shapes(shapely.box(0, 0, 10, 10), shapely.box(30, 0, 40, 10), shapely.box(1000, 0, 1010, 10))
    found = grounds(houses)
    grown = houses[0].buffer(-SHRINK_M).buffer(GROW_M)
    left = grown.intersection(shapely.box(-500, -500, 20, 500))
    middle = grown.intersection(shapely.LineString([(20, -500), (20, 500)]))
    assert (found.u.tolist(), found.v.tolist()) == ([0], [1])
    assert found.border_m[0] == pytest.approx(middle.length, rel=0.01)
    assert found.area_m2 == pytest.approx([left.area, left.area, grown.area], rel=0.01)
    assert found.perim_m == pytest.approx([left.length, left.length, grown.length], rel=0.01)


def test_a_long_house_between_two_borders_on_both_and_they_not_on_each_other():
    wall = shapely.box(40, -300, 50, 300)
    houses = shapes(shapely.box(0, 0, 10, 10), wall, shapely.box(80, 0, 90, 10))
    middles = shapely.get_coordinates(shapely.centroid(houses))
    units, edges = adjacency(units_at([tuple(m) for m in middles]), Terrain(footprints=houses))
    assert pairs_of(edges) == {(0, 1), (1, 2)}
    assert (edges.border_m > 0).all()
    assert (units.area_m2 > shapely.area(houses)).all()


def test_entrances_of_one_footprint_and_far_houses_hang_together():
    house, far = shapely.box(0, 0, 40, 10), shapely.box(5000, 0, 5010, 10)
    houses = shapes(house, house, house, far)
    middles = shapely.get_coordinates(shapely.centroid(houses))
    _, edges = adjacency(units_at([tuple(m) for m in middles]), Terrain(footprints=houses))
    assert connected([0, 1, 2, 3], pairs_of(edges))


def test_lengths_follow_the_roads_up_to_a_limit():
    """Two houses across a park, another beside the first, one that no road reaches from there."""
    roads = stretches(
        shapes(
            shapely.LineString([(0, 0), (0, 200), (300, 200), (300, 0)]),
            shapely.LineString([(2000, 0), (2000, 10)]),
        )
    )
    places = np.array([[-20.0, 0.0], [320.0, 0.0], [-20.0, 15.0], [1990.0, 0.0]])
    u, v = np.array([0, 0, 0, 1]), np.array([1, 2, 3, 3])
    assert distances(places, u, v, roads) == pytest.approx([740.0, 15.0, 2010.0, 1670.0])
    around = stretches(shapes(shapely.LineString([(0, 0), (0, 600), (300, 600), (300, 0)])))
    assert distances(places[:2], u[:1], v[:1], around) == pytest.approx([LIMIT_M])


def test_roads_cross_a_barrier_only_where_it_is_open():
    units = units_at([(0, -30), (0, 30), (200, -30), (200, 30)])
    road = shapely.LineString([(100, -30), (100, 30)])
    banks = [shapely.LineString([(0, y), (100, y), (200, y)]) for y in (-30, 30)]
    roads = stretches(shapes(road, *banks))
    wall = shapely.LineString([(-50, 0), (150, 0)])  # ends before the eastern pair
    bridge = shapes(across(shapely.Point(100, 0), shapes(wall)))
    for openings, metres in ((None, LIMIT_M), (bridge, 260.0)):
        _, edges = adjacency(units, Terrain(roads=roads, barriers=Barriers(shapes(wall), openings)))
        assert edges.len_m[(edges.u == 2) & (edges.v == 3)] == pytest.approx([metres])


def test_pairs_apart_are_not_linked():
    units = units_at([(0, 0), (50, 0), (100, 0)])
    _, edges = adjacency(units, Terrain(apart=np.array([[1, 0]])))
    assert pairs_of(edges) == {(1, 2)}


def test_a_bridge_s_end_is_on_its_own_bank_however_near_the_other_is():
    """From the southern end the house beyond the bridge is nearer than the only one on that bank."""
    units = units_at([(125, 30), (300, -60)])
    bridge = shapes(across(BRIDGE, shapes(RIVER_AREA)))
    _, edges = adjacency(units, Terrain(barriers=Barriers(shapes(RIVER_AREA), bridge)))
    assert pairs_of(edges) == {(0, 1)}
