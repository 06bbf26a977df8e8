"""Bulk loads can be repeated, stay within small transactions, and name what is wrong."""

from __future__ import annotations

import pytest
import shapely
from django.db import connection

from wangge.ground.areas import actions, queries
from wangge.ground.areas.models import Address, Building, Entrance, Place, Placement
from wangge.ground.areas.records import AddressRow, BaseRow, BuildingRow, DivisionRow, GridRow
from wangge.platform.access.errors import Forbidden, Invalid

pytestmark = pytest.mark.django_db

COMMUNITY = "420502001001"


def building(number, **changes):
    row = BuildingRow(
        111.0 + number * 1e-4, 30.05, plate=f"P{number:05d}", address=f"学院路{number}号", households=12, community=COMMUNITY,
        entrances=("1", "2"),
        addresses=(
            AddressRow(f"学院路{number}号", "学院路", f"{number}号"), AddressRow(f"解放路{number}号", alias=True),
        ),
    )  # fmt: skip
    return row._replace(**changes)


@pytest.fixture
def in_force(installer):
    halves = [
        GridRow(f"{COMMUNITY}{i + 1:03d}", shapely.box(111 + i / 20, 30, 111.05 + i / 20, 30.1).wkb)
        for i in range(2)
    ]
    plan = actions.draft_plan(grids=halves, memberships={}, by=installer)
    actions.put_in_force(plan=plan, by=installer)


def everything():
    return (
        Place.objects.count(),
        Building.objects.count(),
        Entrance.objects.count(),
        Address.objects.count(),
    )


def test_a_load_repeated_changes_nothing(in_force, installer):
    rows = [building(n) for n in range(250)]
    first = actions.load_buildings(rows=iter(rows), by=installer)
    assert everything() == (250, 250, 500, 500)
    assert Placement.objects.count() == 250
    again = actions.load_buildings(rows=iter(rows), by=installer)
    assert again == first
    assert everything() == (250, 250, 500, 500)
    assert Placement.objects.count() == 250


def test_a_building_without_a_plate_is_known_by_point_and_address(installer):
    rows = [building(1, plate=""), building(1, plate="", address="学院路1号附1")]
    first = actions.load_buildings(rows=rows, by=installer)
    assert actions.load_buildings(rows=rows, by=installer) == first
    assert Building.objects.count() == 2


def test_what_is_renewed_and_where_it_moved(in_force, installer):
    (first,) = actions.load_buildings(rows=[building(1)], by=installer)
    assert queries.grid_of_place(first.place) == f"{COMMUNITY}001"
    moved = building(1, lon=111.07, households=40, addresses=(AddressRow("东山路9号"),))
    (again,) = actions.load_buildings(rows=[moved], by=installer)
    assert again == first
    record = queries.building_by_plate("P00001")
    assert (record.grid, record.households, record.entrances) == (f"{COMMUNITY}002", 40, ["1", "2"])
    assert [entry.text for entry in queries.address_entries(COMMUNITY)] == ["东山路9号"]


def test_one_load_names_a_building_once(installer):
    with pytest.raises(Invalid) as refused:
        actions.load_buildings(rows=[building(1), building(1, lon=111.02)], by=installer)
    assert refused.value.problems[0]["where"] == "P00001"
    assert everything() == (0, 0, 0, 0)


def test_nobody_loads_outside_her_areas(installer, user_with):
    _, elsewhere = user_with("elsewhere", ("administrator", "420502002"))
    _, worker = user_with("worker", ("grid_worker", COMMUNITY))
    for actor in (elsewhere, worker):
        with pytest.raises(Forbidden):
            actions.load_buildings(rows=[building(1)], by=actor)
        with pytest.raises(Forbidden):
            actions.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "x")], by=actor)
        with pytest.raises(Forbidden):
            actions.load_base(kind="road", rows=[], by=actor)
    assert everything() == (0, 0, 0, 0)


def test_the_base_map_is_replaced_as_a_whole(installer):
    road = shapely.LineString([(111, 30), (111.1, 30.1)]).wkb
    for name in ("老路", "新路"):
        assert actions.load_base(kind="road", rows=[BaseRow("road", name, 1, road)], by=installer) == 1
    found = queries.map_layer((111.0, 30.0, 111.2, 30.2), "road").features
    assert [feature["properties"]["name"] for feature in found] == ["新路"]


def test_households_are_counted_anew(installer):
    (loaded,) = actions.load_buildings(rows=[building(1)], by=installer)
    actions.count_households(counts=[(loaded.building, 77)], by=installer)
    assert queries.building_by_plate("P00001").households == 77
    assert queries.building_keys(["P00001", "none"]) == {"P00001": loaded.building}


def test_a_written_address_leads_to_its_building(installer):
    loaded = actions.load_buildings(rows=[building(1), building(2)], by=installer)
    entries = list(queries.address_entries())
    assert {(e.building, e.text, e.alias) for e in entries} == {
        (loaded[0].building, "学院路1号", False), (loaded[0].building, "解放路1号", True),
        (loaded[1].building, "学院路2号", False), (loaded[1].building, "解放路2号", True),
    }  # fmt: skip
    assert list(queries.address_entries("999")) == []
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.parametrize(
    "wkb", [b"nonsense", shapely.Polygon().wkb, shapely.box(500_000, 3_000_000, 500_100, 3_000_100).wkb]
)
def test_a_shape_that_is_none_is_named(installer, wkb):
    for act in (
        lambda: actions.load_divisions(
            rows=[DivisionRow(COMMUNITY, "community", "x", wkb=wkb)], by=installer
        ),
        lambda: actions.load_base(kind="road", rows=[BaseRow("road", COMMUNITY, 1, wkb)], by=installer),
        lambda: actions.draft_plan(grids=[GridRow(f"{COMMUNITY}001", wkb)], memberships={}, by=installer),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.code == "bad_shape"
        assert COMMUNITY in refused.value.message
    assert queries.plans(installer) == []
    assert queries.map_layer((110.0, 29.0, 112.0, 31.0), "road").features == []


def test_a_base_map_that_breaks_off_leaves_the_old_one(installer):
    road = shapely.LineString([(111, 30), (111.1, 30.1)]).wkb
    actions.load_base(kind="road", rows=[BaseRow("road", "老路", 1, road)], by=installer)
    rows = [*(BaseRow("road", f"{n}", 1, road) for n in range(600)), BaseRow("road", "坏路", 1, b"")]
    with pytest.raises(Invalid):
        actions.load_base(kind="road", rows=rows, by=installer)
    found = queries.map_layer((111.0, 30.0, 111.2, 30.2), "road").features
    assert [feature["properties"]["name"] for feature in found] == ["老路"]


def test_a_footprint_that_is_none_is_named(installer):
    with pytest.raises(Invalid) as refused:
        actions.load_buildings(rows=[building(1), building(2, wkb=b"nonsense")], by=installer)
    assert refused.value.problems[0]["where"] == "P00002"
    assert everything() == (0, 0, 0, 0)


def test_a_chunk_costs_the_same_statements_however_many_buildings(
    in_force, installer, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25):
        actions.load_buildings(rows=[building(n) for n in range(80)], by=installer)
    with django_assert_max_num_queries(25):
        actions.load_buildings(rows=[building(n) for n in range(80)], by=installer)
