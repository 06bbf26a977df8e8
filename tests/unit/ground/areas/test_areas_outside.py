"""Dated codes and aliases, and what became of communities that merged or were split."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.ground.areas import actions, queries
from wangge.ground.areas.expressions import area_code
from wangge.ground.areas.models import OutsideCode, Place
from wangge.ground.areas.outside import _overlap
from wangge.ground.areas.records import BuildingRow, DivisionRow, OutsideCodeRow
from wangge.platform.access.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db

A, B, C = "420502001001", "420502001002", "420502001003"


def test_a_code_means_what_it_meant_on_that_day(installer):
    rows = [
        OutsideCodeRow("division", A, "民政", "X1", to_on=date(2020, 1, 1)),
        OutsideCodeRow("division", B, "民政", "X1", from_on=date(2020, 1, 1)),
        OutsideCodeRow("division", B, "公安", "X1"),
        OutsideCodeRow("division", B, "民政", "X1-旧", alias=True),
    ]
    assert actions.add_codes(rows=rows, by=installer) == 4
    actions.add_codes(rows=rows, by=installer)
    assert OutsideCode.objects.count() == 4

    def meant(code, on, scheme=""):
        return [(row.object, row.scheme) for row in queries.by_code(installer, code, scheme=scheme, on=on)]

    assert meant("X1", date(2019, 12, 31), "民政") == [(A, "民政")]
    assert meant("X1", date(2020, 1, 1), "民政") == [(B, "民政")]
    assert meant("X1", date(2019, 1, 1)) == [(A, "民政"), (B, "公安")]
    assert meant("X1-旧", None) == [(B, "民政")]
    assert [row.code for row in queries.codes_of(installer, "division", B, on=date(2019, 1, 1))] == [
        "X1",
        "X1-旧",
    ]


def test_one_code_is_never_two_things_at_a_time(installer):
    actions.add_codes(
        rows=[OutsideCodeRow("division", A, "民政", "X1", from_on=date(2020, 1, 1))], by=installer
    )
    with pytest.raises(Conflict):
        actions.add_codes(
            rows=[OutsideCodeRow("division", B, "民政", "X1", to_on=date(2020, 1, 2))], by=installer
        )
    actions.add_codes(
        rows=[OutsideCodeRow("division", B, "民政", "X1", to_on=date(2020, 1, 1))], by=installer
    )


days = st.one_of(st.none(), st.integers(1, 28).map(lambda d: date(2026, 1, d)))


@settings(deadline=None)
@given(days, days, days, days)
def test_codes_overlap_when_some_day_lies_in_both(a, b, c, d):
    def holds(from_on, to_on, day):
        return (from_on is None or from_on <= day) and (to_on is None or day < to_on)

    one, other = OutsideCodeRow("k", "a", "s", "c", False, a, b), OutsideCode(from_on=c, to_on=d)
    span = [date(2025, 12, 31), *(date(2026, 1, n) for n in range(1, 32))]
    shared = any(holds(a, b, day) and holds(c, d, day) for day in span)
    empty = (a and b and a >= b) or (c and d and c >= d)
    assert _overlap(one, other) == shared or empty


def test_an_old_plate_still_finds_its_building(installer):
    row = BuildingRow(111.0, 30.0, "OLD", community=A, address="学院路1号")
    (loaded, other) = actions.load_buildings(rows=[row, row._replace(plate="OTHER")], by=installer)
    actions.renew_plate(place=loaded.place, plate="NEW", from_on=date(2026, 1, 1), by=installer)
    assert queries.building_by_plate("NEW").place == loaded.place
    assert queries.building_by_plate("OLD").place == loaded.place
    assert queries.building_by_plate("OLD", date(2025, 12, 31)).place == loaded.place
    assert queries.building_by_plate("OLD", date(2026, 1, 1)) is None
    with pytest.raises(Conflict):
        actions.renew_plate(place=other.place, plate="NEW", by=installer)


@pytest.fixture
def three_communities(installer):
    ground = {
        code: shapely.box(111 + i / 10, 30, 111.1 + i / 10, 30.1).wkb for i, code in enumerate((A, B, C))
    }
    rows = [DivisionRow(code, "community", code[-3:], wkb=ground[code]) for code in (A, B, C)]
    actions.load_divisions(rows=rows, by=installer)
    return [actions.place_at(lon=111.05 + i / 10, lat=30.05) for i in range(3)]


def successors(installer, code, on):
    return {one.code: round(one.share, 6) for one in queries.successors(installer, code, on=on)}


def test_a_merger_is_followed_from_its_day_on(three_communities, installer, at_moment):
    actions.record_crosswalk(old=A, into=[(B, 1.0)], from_on=date(2026, 3, 1), by=installer)
    actions.record_crosswalk(old=B, into=[(C, 1.0)], from_on=date(2026, 6, 1), by=installer)
    assert successors(installer, A, date(2026, 2, 28)) == {A: 1.0}
    assert successors(installer, A, date(2026, 3, 1)) == {B: 1.0}
    assert successors(installer, A, date(2026, 7, 1)) == {C: 1.0}
    assert actions.follow_crosswalk(by=installer) == 2
    assert set(Place.objects.values_list(area_code("pk"), flat=True)) == {C}
    assert actions.follow_crosswalk(by=installer) == 0
    assert [d.code for d in queries.divisions(installer, level="community").items] == [C]


def test_a_split_goes_by_the_ground(three_communities, installer, at_moment):
    west, east = "420502001011", "420502001012"
    halves = [
        DivisionRow(west, "community", "西", wkb=shapely.box(111.0, 30, 111.05, 30.1).wkb),
        DivisionRow(east, "community", "东", wkb=shapely.box(111.05, 30, 111.1, 30.1).wkb),
    ]
    actions.load_divisions(rows=halves, by=installer)
    east_point = actions.place_at(lon=111.09, lat=30.05)
    actions.record_crosswalk(old=A, into=[(west, 0.7), (east, 0.3)], from_on=date(2026, 7, 1), by=installer)
    assert successors(installer, A, date(2026, 7, 1)) == {west: 0.7, east: 0.3}
    actions.follow_crosswalk(by=installer)
    assert queries.area_of_place(three_communities[0]) == west
    assert queries.area_of_place(east_point) == east


def test_shares_add_up_and_divisions_are_known(three_communities, installer):
    with pytest.raises(Invalid):
        actions.record_crosswalk(old=A, into=[(B, 0.5), (C, 0.4)], from_on=date(2026, 3, 1), by=installer)
    with pytest.raises(NotFound):
        actions.record_crosswalk(old=A, into=[("420502001099", 1.0)], from_on=date(2026, 3, 1), by=installer)
