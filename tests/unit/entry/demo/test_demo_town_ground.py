"""The ground of the town: communities tile the district, houses stand apart and within, addresses are one each."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import shapely

from wangge.entry.demo.town.divisions import district, districts
from wangge.entry.demo.town.frame import degrees, densify
from wangge.entry.demo.town.ground import ground_of, line_of
from wangge.entry.demo.town.layout import BANK, lay_out
from wangge.entry.demo.town.sizes import Size, peopled


@pytest.fixture(scope="module")
def outlines(layout):
    grounds = [ground_of(layout, c, 20, 7) for c in layout.district.communities]
    return [shapely.Polygon(g.outline) for g in grounds]


def test_communities_tile_the_district(layout, outlines):
    assert all(o.is_valid for o in outlines)
    assert len(outlines) == 83
    # Neighbours cut their common border at different corners: a bend between two of them is a hand's breadth.
    whole = shapely.union_all([o.buffer(0.5) for o in outlines])
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    overlap = sum(o.area for o in outlines) - shapely.union_all(outlines).area
    assert overlap < 1e-6 * whole.area


def test_boxes_of_the_plan_tile_without_remainder(layout):
    whole = layout.whole
    assert sum(b.area for b in layout.boxes.values()) == pytest.approx(whole.area)
    assert all(
        b.u0 >= whole.u0 and b.u1 <= whole.u1 and b.v0 >= whole.v0 and b.v1 <= whole.v1
        for b in layout.boxes.values()
    )


def test_the_plan_is_the_same_whatever_is_built(layout):
    again = lay_out(district("420502"), 7)
    assert again.boxes == layout.boxes
    assert [r.name for r in again.roads.all] == [r.name for r in layout.roads.all]
    assert lay_out(district("420502"), 8).boxes != layout.boxes


@pytest.mark.parametrize("code", ["420525", "420529", "420583"])
def test_other_districts_have_plans_too(code):
    other = lay_out(district(code), 3)
    assert len(other.boxes) == len(other.district.communities)
    assert min(min(b.width, b.depth) for b in other.boxes.values()) > 60
    ground = ground_of(other, other.from_the_heart[0], 120, 3)
    assert len(ground.built.dwellings) >= 120


def test_houses_stand_within_their_community_and_apart(locality):
    houses = [shapely.Polygon(b.corners) for b in locality.ground.built.buildings]
    outline = shapely.Polygon(locality.ground.outline)
    assert all(h.is_valid and outline.contains(h) for h in houses)
    tree = shapely.STRtree(houses)
    left, right = tree.query(houses, predicate="overlaps")
    assert len(left) == len(right) == 0


def test_no_house_stands_on_a_road(locality):
    layout = locality.ground.layout
    for road in (*layout.roads.all, *locality.ground.plots.roads):
        strip = shapely.LineString(line_of(layout, road)).buffer(road.width / 2)
        assert not any(strip.intersects(shapely.Polygon(b.corners)) for b in locality.ground.built.buildings)


def test_road_names_are_one_each(layout):
    grounds = [ground_of(layout, c, 20, 7) for c in layout.from_the_heart[:12]]
    names = Counter(r.name for r in layout.roads.all)
    names.update(r.name for g in grounds for r in g.plots.roads)
    assert [n for n, times in names.items() if times > 1] == []
    assert layout.roads.all[0].name == "沿江大道"
    # A former name is nobody's name today.
    former = {r.former_name for g in grounds for r in g.plots.roads} - {""}
    assert former
    assert not former & set(names)


def test_a_community_named_after_a_road_has_it(layout):
    named = next(c for c in layout.district.communities if c.short == "墨池巷社区")
    assert ground_of(layout, named, 200, 7).plots.roads[0].name == "墨池巷"


def test_addresses_and_plates_are_one_each(locality):
    texts = Counter(a.text() for a in locality.addresses)
    assert texts.most_common(1)[0][1] == 1
    built = locality.ground.built
    plates = [b.plate for b in built.buildings] + [e.plate for b in built.buildings for e in b.entrances]
    plates += [d.plate for d in built.dwellings] + [c.plate for c in built.compounds]
    assert len(set(plates)) == len(plates)


def test_dwellings_are_as_many_as_households_need(locality):
    assert 1000 / 0.93 < len(locality.ground.built.dwellings) < 1000 / 0.80
    for building in locality.ground.built.buildings:
        for entrance in building.entrances:
            doors = [locality.ground.built.dwellings[d] for d in entrance.dwellings]
            assert all(d.building == building.place for d in doors)
            assert len({(d.floor, d.door) for d in doors}) == len(doors)
        if building.lift:
            assert building.floors >= 6


def test_parts_stand_in_their_community_and_have_ids_of_their_own(locality):
    outline = shapely.Polygon(locality.ground.outline).buffer(0.5)
    points = shapely.points(np.vstack([p.point for p in locality.parts]))
    assert shapely.contains(outline, points).all()
    codes = [p.code for p in locality.parts]
    assert len(set(codes)) == len(codes) > 300
    assert all(len(c) == 16 and c.isdecimal() and c.startswith("420502") for c in codes)
    assert {p.class_code[1:] for p in locality.parts} == {c[6:10] for c in codes}


def test_the_town_lies_at_yichang(locality):
    lon, lat = degrees(locality.ground.outline).mean(axis=0)
    assert 111.2 < lon < 111.4
    assert 30.6 < lat < 30.8


def test_the_bank_belongs_to_those_at_the_river(layout):
    at_river = [c for c in layout.district.communities if layout.boxes[c.code].v0 == 0]
    assert at_river
    assert all(layout.outline(c).v0 == BANK for c in at_river)


def test_sizes(layout):
    town = peopled(Size.TOWN, layout.from_the_heart, 7)
    assert 9_000 < sum(h for _, h in town) < 11_000
    assert len({c.street for c, _ in town}) > 1
    district_ = peopled(Size.DISTRICT, layout.from_the_heart, 7)
    assert 130_000 < sum(h for _, h in district_) < 170_000
    assert set(town) <= set(district_)
    hamlet = peopled(Size.HAMLET, layout.from_the_heart, 7)
    assert 500 < sum(h for _, h in hamlet) < 800


def test_the_whole_city_is_there_and_no_district_lies_on_another():
    layouts = [lay_out(d, 7) for d in districts()]
    households = sum(h for one in layouts for _, h in peopled(Size.CITY, one.from_the_heart, 7))
    assert 1_350_000 < households < 1_650_000
    grounds = []
    for one in layouts:
        w = one.whole
        corners = np.array([(w.u0, BANK), (w.u1, BANK), (w.u1, w.v1), (w.u0, w.v1), (w.u0, BANK)])
        grounds.append(shapely.Polygon(one.frame.ground(densify(corners))))
    assert all(g.is_valid for g in grounds)
    left, right = shapely.STRtree(grounds).query(grounds, predicate="intersects")
    assert (left == right).all()


def test_every_kind_of_community_has_room_for_its_households(layout):
    for community, households in peopled(Size.DISTRICT, layout.from_the_heart, 7)[::6]:
        ground = ground_of(layout, community, households, 7)
        assert ground.households > 0.97 * households
        assert households <= len(ground.built.dwellings) < 1.35 * households
