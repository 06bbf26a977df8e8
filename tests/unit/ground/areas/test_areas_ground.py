"""The ground of a grid on a phone: cut to its frame, small, and only one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
import shapely
from shapely.geometry import shape

from wangge.ground.areas import actions, queries
from wangge.ground.areas.around import MARGIN
from wangge.ground.areas.records import BaseRow, BuildingRow, DivisionRow, GridRow
from wangge.platform.access.errors import NotFound
from wangge.platform.clock import clock

COMMUNITY = "420502001001"
WEST, EAST = COMMUNITY + "001", COMMUNITY + "002"


@pytest.fixture
def ground(db, installer, at_moment, settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    whole = shapely.box(111.0, 30.0, 111.02, 30.01)
    actions.load_divisions(
        rows=[DivisionRow(COMMUNITY, "community", "气象台社区", "Qixiangtai", wkb=whole.wkb)], by=installer
    )
    rows = [
        BuildingRow(111.005, 30.005, "P1", community=COMMUNITY, address="墨前街7号", households=4,
                    wkb=shapely.box(111.0049, 30.0049, 111.0051, 30.0051).wkb),
        BuildingRow(111.0105, 30.005, "P2", community=COMMUNITY, address="别家1号", households=4),
        BuildingRow(111.019, 30.005, "P3", community=COMMUNITY, address="远处9号", households=4),
    ]  # fmt: skip
    actions.load_buildings(rows=rows, by=installer)
    road = shapely.LineString([(110.0, 30.005), (112.0, 30.005)])
    river = shapely.box(110.0, 29.0, 112.0, 30.001)
    actions.load_base(kind="road", rows=[BaseRow("road", "沿江大道", 2, road.wkb)], by=installer)
    actions.load_base(kind="water", rows=[BaseRow("water", "长江", 1, river.wkb)], by=installer)
    cut = [
        GridRow(WEST, shapely.box(111.0, 30.0, 111.01, 30.01).wkb, name="第1网格"),
        GridRow(EAST, shapely.box(111.01, 30.0, 111.02, 30.01).wkb, name="第2网格"),
    ]
    actions.put_in_force(plan=actions.draft_plan(grids=cut, memberships={}, by=installer), by=installer)


def test_a_phone_gets_the_grid_with_its_surroundings_and_names(ground, user_with):
    _, worker = user_with("w", ("grid_worker", WEST))
    found = queries.grid_ground(worker, WEST)
    assert (found.name_zh, found.name_en) == ("第1网格", "Qixiangtai, grid 1")
    west, south, east, north = found.sketch.bounds
    assert (west, east) == pytest.approx((111.0 - MARGIN, 111.01 + MARGIN))
    kinds = {(one["properties"]["kind"], one["properties"].get("name")) for one in found.sketch.features}
    assert kinds == {
        ("water", "长江"), ("road", "沿江大道"), ("building", None), ("grid", "第1网格"), ("grid", "第2网格"),
    }  # fmt: skip
    frame = shapely.box(west, south, east, north).buffer(1e-5)
    assert all(frame.covers(shape(one["geometry"])) for one in found.sketch.features)


def test_only_its_own_buildings_are_named(ground, user_with):
    _, worker = user_with("w", ("grid_worker", WEST))
    found = queries.grid_ground(worker, WEST).buildings
    assert [(one.address, one.lon, one.lat) for one in found] == [("墨前街7号", 111.005, 30.005)]


def test_of_a_grid_wider_than_a_sketch_the_middle_is_drawn(ground, user_with, installer):
    wide = [GridRow(WEST, shapely.box(110.5, 29.5, 111.5, 30.5).wkb)]
    plan = actions.draft_plan(grids=wide, memberships={}, by=installer)
    with clock.moved(clock.now() + timedelta(minutes=1)):
        actions.put_in_force(plan=plan, by=installer)
        _, worker = user_with("w", ("grid_worker", WEST))
        west, south, east, north = queries.grid_ground(worker, WEST).sketch.bounds
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((111.0, 30.0))


@pytest.mark.parametrize("grid", [EAST, COMMUNITY, COMMUNITY + "009"])
def test_another_grid_is_not_there(ground, user_with, grid):
    _, worker = user_with("w", ("grid_worker", WEST))
    with pytest.raises(NotFound):
        queries.grid_ground(worker, grid)
