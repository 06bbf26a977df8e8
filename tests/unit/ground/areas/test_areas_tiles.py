"""The map's tiles: as much as a zoom has room for, new when anything of it is, and never the whole city."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
import shapely

from wangge.cores.geo.tiles import Tile
from wangge.ground.areas import actions, queries, tiles
from wangge.ground.areas.records import BaseRow, BuildingRow, DivisionRow, GridRow
from wangge.platform.access.errors import Invalid, NotFound
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db

COMMUNITY = "420502001001"
HERE = Tile(15, 26500, 13480)


@pytest.fixture
def town(installer, at_moment):
    west, south, east, north = HERE.box()
    ground, wide = shapely.box(west, south, east, north), east - west
    actions.load_divisions(
        rows=[DivisionRow(COMMUNITY, "community", "学院街社区", "Xueyuan", wkb=ground.wkb)], by=installer
    )
    lane = shapely.LineString([(west, south + wide / 4), (east, south + wide / 4)])
    road = shapely.LineString([(west, south + wide / 2), (east, south + wide / 2)])
    actions.load_base(
        kind="road",
        rows=[BaseRow("road", "巷子", 4, lane.wkb), BaseRow("road", "大道", 1, road.wkb)],
        by=installer,
    )
    river = shapely.box(west, north - wide / 4, east, north)
    actions.load_base(kind="water", rows=[BaseRow("water", "长江", 1, river.wkb)], by=installer)
    load_building(installer, "P1", "学院街18号")
    plan(installer, "学院街社区第1网格", ground)
    return installer


def load_building(installer, plate, address):
    west, south, east, _north = HERE.box()
    x, y = (west + east) / 2, south + (east - west) / 3
    house = shapely.box(x - 1e-4, y - 1e-4, x + 1e-4, y + 1e-4)
    row = BuildingRow(x, y, plate, community=COMMUNITY, address=address, wkb=house.wkb)
    actions.load_buildings(rows=[row], by=installer)


def plan(installer, name, ground):
    row = GridRow(f"{COMMUNITY}001", ground.wkb, name=name, households=400)
    actions.put_in_force(plan=actions.draft_plan(grids=[row], memberships={}, by=installer), by=installer)


def content(z=15):
    up = 15 - z
    return gzip.decompress(queries.tile(z, HERE.x >> up, HERE.y >> up).content)


def test_the_closest_zoom_shows_all_and_a_far_one_what_it_has_room_for(town):
    near, far = content(), content(9)
    for word in ("巷子", "大道", "长江", "学院街18号", "第1网格", "学院街社区"):
        assert word.encode() in near
    assert "大道".encode() in far
    for word in ("巷子", "学院街18号", "第1网格"):
        assert word.encode() not in far


def test_nobody_is_counted_in_a_building(town):
    assert b"households" in content(13)  # of grids, as the plan counted them
    shown = tiles._buildings(tiles.Box(*HERE.box()), 15)
    assert {key for one in shown for key in one.said} == {"place", "plate", "address"}


@pytest.mark.parametrize(
    "change",
    [
        lambda by: actions.load_base(kind="water", rows=[], by=by),
        lambda by: load_building(by, "P2", "学院街20号"),
        lambda by: actions.load_divisions(rows=[DivisionRow("420502001002", "community", "新社区")], by=by),
        lambda by: plan(by, "第2网格", shapely.box(*HERE.box())),
    ],
    ids=["water", "building", "division", "plan"],
)
def test_any_change_of_what_is_shown_is_another_edition(town, change):
    before = queries.city_map().version
    content()
    assert queries.city_map().version == before  # reading changes nothing
    with clock.moved(clock.now() + timedelta(seconds=1)):
        change(town)
        assert queries.city_map().version != before
        assert queries.tile(*HERE).version == queries.city_map().version


def test_what_is_kept_is_not_given_after_a_change(town):
    assert "学院街18号".encode() in content()
    load_building(town, "P1", "学院街19号")
    assert "学院街19号".encode() in content()
    assert "学院街18号".encode() not in content()


def test_a_tile_is_read_once_for_everybody(town, django_assert_num_queries):
    content()
    with django_assert_num_queries(2):  # the plan in force and the stamps
        content()


def test_a_tile_holds_no_more_than_it_may(town, monkeypatch):
    monkeypatch.setitem(tiles.MOST, "road", 1)
    tiles._packed.cache_clear()
    assert "大道".encode() in content()
    assert "巷子".encode() not in content()
    tiles._packed.cache_clear()


def test_a_farther_zoom_shows_all_buildings_or_none(town, monkeypatch):
    load_building(town, "P2", "学院街20号")
    box = tiles.Box(*HERE.box())
    assert len(tiles._buildings(box, 14)) == len(tiles._buildings(box, 15)) == 2
    monkeypatch.setattr(tiles, "ROOM", 1)
    assert tiles._buildings(box, 14) == []
    assert len(tiles._buildings(box, 15)) == 2


@pytest.mark.parametrize("asked", [(16, 0, 0), (5, 0, 0), (15, 1 << 15, 0), (15, 0, -1)])
def test_there_are_no_other_tiles(town, asked):
    with pytest.raises(NotFound):
        queries.tile(*asked)


def test_the_map_reaches_as_far_as_the_grids(town):
    west, south, east, north = queries.city_map().bounds
    own = HERE.box()
    assert west < own[0] < own[2] < east
    assert south < own[1] < own[3] < north
    assert east - own[2] < 0.01


def test_a_sketch_is_cut_to_its_box_and_never_a_whole_city(town):
    west, south, east, north = HERE.box()
    middle = (west + (east - west) / 4, south, east - (east - west) / 4, north)
    found = queries.sketch(middle)
    kinds = {one["properties"]["kind"] for one in found.features}
    assert kinds == {"water", "road", "building", "grid"}
    for one in found.features:
        assert shapely.box(*middle).buffer(2e-5).covers(shapely.geometry.shape(one["geometry"]))
    with pytest.raises(Invalid):
        queries.sketch((111.0, 30.0, 111.2, 30.01))
