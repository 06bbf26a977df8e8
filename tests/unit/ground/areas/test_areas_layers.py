"""Map layers: what Morton ranges find is what a look at every row finds."""

from __future__ import annotations

import random

import pytest
import shapely
from shapely.geometry import shape

from wangge.ground.areas import actions, layers, queries
from wangge.ground.areas.records import BaseRow, BuildingRow
from wangge.platform.access.errors import Invalid

pytestmark = pytest.mark.django_db


def some_lines(count):
    chance = random.Random(5)
    for number in range(count):
        # Lanes, roads and a motorway: 10 m to 100 km long.
        length = chance.choice([1e-4, 1e-3, 1e-2, 1.0])
        west, south = chance.uniform(110.5, 112.0), chance.uniform(30.0, 31.0)
        line = shapely.LineString([(west, south), (west + length, south + chance.uniform(-length, length))])
        yield BaseRow("road", f"{number}", chance.randint(1, 4), line.wkb)


def test_a_box_finds_what_a_look_at_every_line_finds(installer):
    rows = list(some_lines(400))
    actions.load_base(kind="road", rows=rows, by=installer)
    bounds = {row.name: shapely.box(*shapely.from_wkb(row.wkb).bounds) for row in rows}
    chance = random.Random(6)
    for _ in range(40):
        west, south, size = (
            chance.uniform(110.4, 112.0),
            chance.uniform(29.9, 31.0),
            chance.choice([0.0, 0.003, 0.1, 1.0]),
        )
        box = (west, south, west + size, south + size)
        found = queries.map_layer(box, "road").features
        # Bounds are boxes: shapely's own answer, not ours.
        expected = {name for name, one in bounds.items() if one.intersects(shapely.box(*box))}
        assert {feature["properties"]["name"] for feature in found} == expected
        ranks = [feature["properties"]["rank"] for feature in found]
        assert ranks == sorted(ranks)


def test_what_is_given_is_geojson_in_degrees(installer):
    line = shapely.LineString([(111.123456789, 30.1), (111.2, 30.2)])
    actions.load_base(kind="water", rows=[BaseRow("water", "长江", 1, line.wkb)], by=installer)
    (feature,) = queries.map_layer((111.0, 30.0, 111.3, 30.3), "water").features
    assert feature["type"] == "Feature"
    assert shape(feature["geometry"]).coords[0] == (111.123457, 30.1)


def test_a_footprint_is_found_where_it_reaches(installer):
    footprint = shapely.box(111.0, 30.0, 111.001, 30.0002)
    row = BuildingRow(111.0002, 30.0001, "P1", community="420502001001", address="长楼", wkb=footprint.wkb)
    actions.load_buildings(rows=[row], by=installer)

    def found(west, east):
        return len(queries.map_layer((west, 30.0, east, 30.0002), "building").features)

    assert found(111.0009, 111.002) == 1
    assert found(111.0011, 111.002) == 0


def test_an_answer_has_an_end_and_says_so(installer, monkeypatch):
    monkeypatch.setattr(layers, "MOST", 3)
    actions.load_base(kind="road", rows=list(some_lines(30)), by=installer)
    found = queries.map_layer((110.0, 29.0, 113.5, 32.5), "road")
    assert (len(found.features), found.truncated) == (3, True)


@pytest.mark.parametrize("box", [(112, 30, 111, 31), (0, 0, 181, 1), (float("nan"), 0, 1, 1)])
def test_no_box_no_layer(box):
    with pytest.raises(Invalid):
        queries.map_layer(box, "road")
    with pytest.raises(Invalid):
        queries.map_layer((0, 0, 1, 1), "secrets")
