"""A point has exactly one grid, on borders and corners too, and the answer follows the plan in force."""

from __future__ import annotations

from datetime import UTC, timedelta

import numpy as np
import pytest
import shapely
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.ground.areas import actions, queries
from wangge.ground.areas.records import DivisionRow, GridRow
from wangge.ground.areas.zones import indexed, located
from wangge.platform.clock import clock

COMMUNITY = "420502001001"


def checkerboard(side=4):
    """side × side squares of 0.01 degrees from (111, 30), codes row by row."""
    edges = [round(i * 0.01, 7) for i in range(side + 1)]
    return [
        shapely.box(111 + edges[x], 30 + edges[y], 111 + edges[x + 1], 30 + edges[y + 1]).wkb
        for y in range(side)
        for x in range(side)
    ]


def zones():
    shapes = checkerboard()
    return indexed((f"{i:02d}", shape) for i, shape in enumerate(shapes))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), min_size=1, max_size=30))
def test_every_point_of_the_ground_has_one_zone(steps):
    # Steps of half a thousandth: every twentieth lies on a border, and where two meet, on a corner of four.
    lons, lats = np.array([111 + s[0] * 0.0005 for s in steps]), np.array([30 + s[1] * 0.0005 for s in steps])
    found = located(zones(), lons, lats)
    assert "" not in found
    for lon, lat, code in zip(lons, lats, found, strict=True):
        place = divmod(int(code), 4)
        assert 111 + place[1] * 0.01 - 1e-6 <= lon <= 111 + place[1] * 0.01 + 0.01 + 1e-6
        assert 30 + place[0] * 0.01 - 1e-6 <= lat <= 30 + place[0] * 0.01 + 0.01 + 1e-6
    assert located(zones(), lons, lats) == found


@settings(max_examples=30, deadline=None)
@given(st.floats(0.0, 1.0), st.integers(0, 5))
def test_borders_with_different_corners_leave_no_gap(along, corner):
    slanting = [(111.0, 30.0), (111.013, 30.007), (111.02, 30.02)]
    middle = shapely.LineString(slanting).interpolate(0.37, normalized=True)
    west = shapely.Polygon([(110.9, 30.0), slanting[0], slanting[1], slanting[2], (110.9, 30.02)])
    east = shapely.Polygon(
        [*slanting[:1], (middle.x, middle.y), *slanting[1:], (111.1, 30.02), (111.1, 30.0)]
    )
    on = shapely.LineString(slanting).interpolate(along, normalized=True)
    assert indexed([("W", west.wkb), ("E", east.wkb)]).locate(on.x, on.y) in ("W", "E")


def test_outside_there_is_none():
    assert located(zones(), [110.5, 111.001], [30.0, 30.001]) == ["", "00"]
    assert located(indexed([]), [111.0], [30.0]) == [""]


def grids(number):
    shapes = checkerboard(2)
    return [GridRow(f"{COMMUNITY}{number + i:03d}", shape) for i, shape in enumerate(shapes)]


@pytest.mark.django_db
def test_the_answer_is_of_the_plan_in_force_at_the_moment_asked_for(installer, at_moment):
    for number in (1, 11):
        plan = actions.draft_plan(grids=grids(number), memberships={}, by=installer)
        actions.put_in_force(plan=plan, by=installer, at=at_moment + timedelta(days=number))
    assert queries.grid_at(111.005, 30.005) is None
    answers = {}
    for days in (1, 10, 11):
        with clock.moved(at_moment + timedelta(days=days)):
            answers[days] = queries.grid_at(111.005, 30.005)
    assert answers == {1: f"{COMMUNITY}001", 10: f"{COMMUNITY}001", 11: f"{COMMUNITY}011"}
    assert queries.grid_at(111.005, 30.005, at_moment + timedelta(days=20)) == f"{COMMUNITY}011"


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_another_process_puts_into_force_is_seen_at_once(installer, tmp_path):
    first, second = (actions.draft_plan(grids=grids(n), memberships={}, by=installer) for n in (1, 11))
    actions.put_in_force(plan=first, by=installer)
    assert queries.grid_at(111.005, 30.005) == f"{COMMUNITY}001"
    # Whatever writes the one row, in whatever process, is believed: nothing is told to this one.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE areas_plan SET state='in_force', from_at=%s WHERE uid=%s",
            [clock.now().astimezone(UTC).replace(tzinfo=None).isoformat(" "), second.replace("-", "")],
        )
    assert queries.grid_at(111.005, 30.005) == f"{COMMUNITY}011"


@pytest.mark.django_db
def test_communities_follow_their_divisions(installer):
    ground = shapely.box(111, 30, 111.1, 30.1).wkb
    assert queries.community_at(111.05, 30.05) is None
    actions.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "学院社区", wkb=ground)], by=installer)
    assert queries.community_at(111.05, 30.05) == COMMUNITY
    assert queries.position(111.05, 30.05).model_dump() == {"grid": "", "community": COMMUNITY}
    moved = shapely.box(112, 30, 112.1, 30.1).wkb
    actions.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "学院社区", wkb=moved)], by=installer)
    assert queries.community_at(111.05, 30.05) is None


@pytest.mark.django_db
def test_many_places_at_once_are_as_one_by_one(installer):
    plan = actions.draft_plan(grids=grids(1), memberships={}, by=installer)
    actions.put_in_force(plan=plan, by=installer)
    points = [(111.001, 30.001), (111.015, 30.015), (111.001, 30.001), (100.0, 20.0)]
    places = actions.places_at(points=points)
    assert places[0] == places[2]
    assert [queries.grid_of_place(p) for p in places] == [
        f"{COMMUNITY}001",
        f"{COMMUNITY}004",
        f"{COMMUNITY}001",
        None,
    ]
    assert [actions.place_at(lon=lon, lat=lat) for lon, lat in points] == places
    assert actions.places_at(points=[]) == []
