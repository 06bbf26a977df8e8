"""The proximity graph: what is next to what, and that no community falls apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import city, connected

from wangge.cores.planner.neighbours import REACH_M, neighbours
from wangge.cores.planner.records import Units


def pairs_of(units: Units) -> set[tuple[int, int]]:
    edges = neighbours(units)
    assert (edges.u < edges.v).all()
    assert np.allclose(
        edges.len_m, np.hypot(units.x[edges.u] - units.x[edges.v], units.y[edges.u] - units.y[edges.v])
    )
    return {(int(u), int(v)) for u, v in zip(edges.u, edges.v, strict=True)}


def units_at(points: list[tuple[float, float]], community: list[str] | None = None) -> Units:
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    names = community or ["c"] * len(points)
    return Units([str(i) for i in range(len(points))], x, y, np.ones(len(points), int), names)


def check_connected(units: Units, pairs: set[tuple[int, int]]) -> None:
    for name in set(units.community):
        rows = [row for row in range(len(units)) if units.community[row] == name]
        assert connected(rows, pairs)
    assert all(units.community[u] == units.community[v] for u, v in pairs)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 4), st.sampled_from([50.0, 1500.0, 9000.0]))
def test_communities_hang_together_and_short_links_are_gabriels(seed, buildings, communities, size):
    units = city(seed, buildings, communities, size_m=size)
    pairs = pairs_of(units)
    check_connected(units, pairs)
    for u in range(buildings):
        for v in range(u + 1, buildings):
            middle = (units.x[u] + units.x[v]) / 2, (units.y[u] + units.y[v]) / 2
            length = np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v])
            away = np.hypot(units.x - middle[0], units.y - middle[1])
            away[[u, v]] = np.inf
            if (
                abs(away.min() - length / 2) < 0.05
                or length > REACH_M
                or units.community[u] != units.community[v]
            ):
                continue
            if away.min() > length / 2:
                assert (u, v) in pairs


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from("ab")), min_size=1, max_size=25),
    st.sampled_from([1.0, 100.0, 700.0]),
)
def test_lattices_lines_and_shared_addresses(places, step):
    units = units_at([(x * step, y * step) for x, y, _ in places], [name for *_, name in places])
    check_connected(units, pairs_of(units))


def test_few_points():
    assert pairs_of(units_at([(0, 0)])) == set()
    assert pairs_of(units_at([(0, 0), (9000, 0)])) == {(0, 1)}
    assert pairs_of(units_at([(0, 0), (10, 0), (20, 0)])) == {(0, 1), (1, 2)}
    assert pairs_of(units_at([(0, 0), (10, 0), (5, 8)])) == {(0, 1), (0, 2), (1, 2)}
    assert pairs_of(units_at([(0, 0), (10, 0), (5, 1)])) == {(0, 2), (1, 2)}
    assert pairs_of(units_at([(5, 5)] * 3)) == {(0, 1), (1, 2)}
    assert pairs_of(units_at([])) == set()


def test_a_house_of_another_community_parts_two():
    row = [(0, 0), (100, 0), (200, 0), (200, 150), (0, 150)]
    assert (0, 2) not in pairs_of(units_at(row, ["a", "b", "a", "a", "a"]))


def test_far_apart_is_linked_once():
    units = units_at([(0, 0), (50, 0), (5000, 0), (5050, 0)])
    assert pairs_of(units) == {(0, 1), (1, 2), (2, 3)}


def test_large_coordinates_keep_their_digits():
    here = [(0, 0), (10, 0), (20, 0.5), (10, 11)]
    far = [(x + 500_000, y + 4_400_000) for x, y in here]
    assert pairs_of(units_at(here)) == pairs_of(units_at(far))
