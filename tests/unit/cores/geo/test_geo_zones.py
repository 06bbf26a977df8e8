"""Point in zone: one zone a point, whatever the border."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.geo.zones import ZoneIndex


def index_of(shapes: dict[str, shapely.Geometry], **more) -> ZoneIndex:
    return ZoneIndex(list(shapes), [shapely.to_wkb(shape) for shape in shapes.values()], **more)


def lattice(side: int) -> dict[str, shapely.Geometry]:
    return {f"{r}{c}": shapely.box(c, r, c + 1, r + 1) for r in range(side) for c in range(side)}


def test_a_border_belongs_to_the_first_id():
    zones = index_of(
        {"b": shapely.box(0, 0, 1, 1), "a": shapely.box(1, 0, 2, 1), "c": shapely.box(0, 1, 2, 2)}
    )
    assert zones.locate(1.0, 0.5) == "a"
    assert zones.locate(1.0, 1.0) == "a"
    assert zones.locate(0.5, 1.0) == "b"
    assert zones.locate(0.5, 0.5) == "b"
    assert zones.locate(3.0, 0.5) is None
    assert zones.bounds == (0.0, 0.0, 2.0, 2.0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-2, 10), st.integers(-2, 10)), min_size=1, max_size=30))
def test_one_and_many_agree_on_corners_borders_and_outside(halves):
    zones = index_of(lattice(4))
    x, y = np.array(halves, dtype=float).T / 2
    many = zones.locate_many(x, y)
    assert [zones.locate(a, b) for a, b in zip(x, y, strict=True)] == many.tolist()
    inside = (x >= 0) & (x <= 4) & (y >= 0) & (y <= 4)
    assert [name is not None for name in many] == inside.tolist()


def test_every_point_of_a_tiled_ground_has_exactly_one_zone():
    rng = np.random.default_rng(3)
    seeds = rng.random((200, 2)) * 0.1 + [111.2, 30.6]
    ground = shapely.box(111.2, 30.6, 111.3, 30.7)
    cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=ground)
    shapes = {str(i): shapely.intersection(cell, ground) for i, cell in enumerate(cells.geoms)}
    zones = index_of(shapes)
    points = rng.random((20_000, 2)) * 0.1 + [111.2, 30.6]
    corners = np.concatenate([shapely.get_coordinates(shape) for shape in shapes.values()])
    middles = np.concatenate(
        [(shapely.get_coordinates(s)[1:] + shapely.get_coordinates(s)[:-1]) / 2 for s in shapes.values()]
    )
    every = np.concatenate([points, corners, middles])
    found = zones.locate_many(every[:, 0], every[:, 1])
    assert all(name is not None for name in found)
    assert [zones.locate(x, y) for x, y in corners[:300]] == found[20_000:20_300].tolist()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 30))
def test_a_point_of_a_shared_border_has_one_zone_whatever_the_order_of_the_zones(seed, count):
    rng = np.random.default_rng(seed)
    ground = shapely.box(0, 0, 1, 1)
    cells = shapely.voronoi_polygons(shapely.multipoints(rng.random((count, 2))), extend_to=ground)
    shapes = {f"{i:02d}": shapely.intersection(cell, ground) for i, cell in enumerate(cells.geoms)}
    borders = np.concatenate([shapely.get_coordinates(shape) for shape in shapes.values()])
    along = rng.random((len(borders) - 1, 1))
    every = np.concatenate([borders, borders[:-1] * along + borders[1:] * (1 - along)])
    found = index_of(shapes).locate_many(*every.T)
    backwards = index_of(dict(reversed(shapes.items())))
    assert all(name is not None for name in found)
    assert backwards.locate_many(*every.T).tolist() == found.tolist()
    assert [backwards.locate(x, y) for x, y in every] == found.tolist()
    met = [[n for n in sorted(shapes) if shapes[n].intersects(shapely.Point(p))] for p in every]
    # Whoever holds it exactly, the first by name; a point that rounding put beside its border, a zone that is near.
    for point, name, holders in zip(every, found, met, strict=True):
        assert name == holders[0] if holders else shapes[name].distance(shapely.Point(point)) < 1e-9


def test_a_rounding_gap_between_zones_is_nobodys_land_no_longer():
    gap = {"a": shapely.box(0, 0, 1, 1), "b": shapely.box(1 + 1e-10, 0, 2, 1)}
    assert index_of(gap).locate(1 + 5e-11, 0.5) == "a"
    assert index_of(gap).locate_many([1 + 9e-11], [0.5])[0] in {"a", "b"}
    assert index_of(gap, sliver=0.0).locate(1 + 5e-11, 0.5) is None


def test_holes_parts_and_empty_zones():
    ring = shapely.difference(shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2))
    islands = shapely.union(shapely.box(10, 0, 11, 1), shapely.box(12, 0, 13, 1))
    zones = index_of({"ring": ring, "islands": islands, "nothing": shapely.Polygon()})
    assert zones.locate(1.5, 1.5) is None
    assert zones.locate(0.5, 0.5) == "ring"
    assert zones.locate(12.5, 0.5) == "islands"
    assert zones.locate(11.5, 0.5) is None


def test_no_zones_and_no_points():
    nothing = ZoneIndex([], [])
    assert nothing.locate(1, 2) is None
    assert nothing.locate_many([1, 2], [1, 2]).tolist() == [None, None]
    assert all(math.isnan(bound) for bound in nothing.bounds)
    assert index_of(lattice(2)).locate_many([], []).tolist() == []


def test_a_point_that_is_nowhere():
    zones = index_of(lattice(2))
    assert zones.locate_many([float("nan"), 0.5], [0.5, 0.5]).tolist() == [None, "00"]
    assert zones.locate(float("nan"), 0.5) is None


def test_bad_zones_are_refused():
    box = shapely.to_wkb(shapely.box(0, 0, 1, 1))
    with pytest.raises(ValueError, match="one id each"):
        ZoneIndex(["a"], [])
    with pytest.raises(ValueError, match="none twice"):
        ZoneIndex(["a", "a"], [box, box])
    with pytest.raises(ValueError, match="polygons"):
        ZoneIndex(["a"], [shapely.to_wkb(shapely.Point(0, 0))])
    with pytest.raises(ValueError, match="can't be read"):
        ZoneIndex(["a"], [b"no wkb"])
