"""Plans of grids: drafted ahead, approved by a second person, in force by one row, seen at once by everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import shapely

from wangge.ground.areas import actions, queries
from wangge.ground.areas.expressions import area_code, places_in
from wangge.ground.areas.models import Grid, Place, Placement, Plan
from wangge.ground.areas.records import BuildingRow, DivisionRow, GridRow
from wangge.platform.access.errors import Conflict, Forbidden, Invalid
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db

WEST, EAST = "420502001001", "420502001002"


def box(west, south, east, north):
    return shapely.to_wkb(shapely.box(west, south, east, north))


@pytest.fixture
def two_communities(installer):
    """Two communities side by side, two buildings in each."""
    rows = [
        DivisionRow("420502", "district", "西陵区"),
        DivisionRow("420502001", "street", "西陵街道", parent="420502"),
        DivisionRow(WEST, "community", "西社区", parent="420502001", wkb=box(111.0, 30.0, 111.1, 30.1)),
        DivisionRow(EAST, "community", "东社区", parent="420502001", wkb=box(111.1, 30.0, 111.2, 30.1)),
    ]
    actions.load_divisions(rows=rows, by=installer)
    buildings = [
        BuildingRow(lon, 30.05, plate=f"P{number}", address=f"学院路{number}号", households=400)
        for number, lon in enumerate((111.02, 111.08, 111.12, 111.18), 1)
    ]
    return actions.load_buildings(rows=buildings, by=installer)


def halves(community, west, number=1):
    """Two grids that halve a community of 0.1 degrees."""
    return [
        GridRow(f"{community}{number:03d}", box(west, 30.0, west + 0.05, 30.1), households=400),
        GridRow(f"{community}{number + 1:03d}", box(west + 0.05, 30.0, west + 0.1, 30.1), households=400),
    ]


@pytest.fixture
def first_plan(two_communities, installer):
    grids = halves(WEST, 111.0) + halves(EAST, 111.1)
    plan = actions.draft_plan(grids=grids, memberships={}, by=installer)
    actions.put_in_force(plan=plan, by=installer)
    return plan


def areas_of_places():
    return dict(Place.objects.values_list("pk", area_code("pk")))


def test_without_a_plan_the_area_is_the_community(two_communities):
    assert sorted(areas_of_places().values()) == [WEST, WEST, EAST, EAST]
    assert queries.grid_at(111.02, 30.05) is None
    assert queries.grid_of_place(two_communities[0].place) is None


def test_a_plan_in_force_is_the_area_of_every_place_and_moves_no_row(two_communities, installer, at_moment):
    plan = actions.draft_plan(grids=halves(WEST, 111.0) + halves(EAST, 111.1), memberships={}, by=installer)
    written = set(Placement.objects.values_list("pk", "plan", "place", "grid"))
    assert len(written) == 4
    assert sorted(areas_of_places().values()) == [WEST, WEST, EAST, EAST]
    actions.put_in_force(plan=plan, by=installer, at=at_moment + timedelta(days=3))
    assert sorted(areas_of_places().values()) == [WEST, WEST, EAST, EAST]
    with clock.moved(at_moment + timedelta(days=3)):
        assert sorted(areas_of_places().values()) == [f"{WEST}001", f"{WEST}002", f"{EAST}001", f"{EAST}002"]
        assert queries.grid_of_place(two_communities[3].place) == f"{EAST}002"
        assert queries.grid_at(111.02, 30.05) == f"{WEST}001"
    assert set(Placement.objects.values_list("pk", "plan", "place", "grid")) == written


def test_the_planner_s_membership_goes_before_the_ground(two_communities, installer):
    memberships = {two_communities[0].building: f"{WEST}002"}
    plan = actions.draft_plan(grids=halves(WEST, 111.0), memberships=memberships, by=installer)
    actions.put_in_force(plan=plan, by=installer)
    assert queries.grid_of_place(two_communities[0].place) == f"{WEST}002"
    assert queries.grid_of_place(two_communities[1].place) == f"{WEST}002"


def test_planning_one_community_leaves_the_others_as_they_are(first_plan, two_communities, installer):
    before = areas_of_places()
    grids = [GridRow(f"{WEST}003", box(111.0, 30.0, 111.1, 30.1), households=800)]
    plan = actions.draft_plan(grids=grids, memberships={}, by=installer, prefix=WEST)
    actions.put_in_force(plan=plan, by=installer)
    after = areas_of_places()
    for key, area in before.items():
        assert after[key] == (f"{WEST}003" if area.startswith(WEST) else area)
    assert queries.grid_at(111.18, 30.05) == f"{EAST}002"


def test_a_point_stands_in_the_plan_in_force_and_in_those_to_come(first_plan, installer, user_with):
    old = actions.place_at(lon=111.01, lat=30.01)
    whole = [GridRow(f"{WEST}009", box(111.0, 30.0, 111.1, 30.1))]
    plan = actions.draft_plan(grids=whole, memberships={}, by=installer, prefix=WEST)
    drafted = actions.place_at(lon=111.03, lat=30.03)
    actions.put_in_force(plan=plan, by=installer, at=clock.now() + timedelta(days=1))
    scheduled = actions.place_at(lon=111.04, lat=30.04)
    assert {queries.grid_of_place(p) for p in (old, drafted, scheduled)} == {f"{WEST}001"}
    with clock.moved(clock.now() + timedelta(days=2)):
        assert {queries.grid_of_place(p) for p in (old, drafted, scheduled)} == {f"{WEST}009"}


def test_the_same_point_is_one_place_and_a_point_outside_has_no_grid(first_plan):
    assert actions.place_at(lon=111.01, lat=30.01) == actions.place_at(lon=111.01, lat=30.01)
    outside = actions.place_at(lon=100.0, lat=20.0)
    assert queries.grid_of_place(outside) is None
    assert queries.area_of_place(outside) == ""
    with pytest.raises(Invalid):
        actions.place_at(lon=200.0, lat=20.0)


def test_two_people_are_needed(first_plan, user_with):
    _, maker = user_with("maker", ("planner",))
    _, other = user_with("other", ("planner",))
    plan = actions.draft_plan(grids=halves(WEST, 111.0), memberships={}, by=maker, prefix=WEST)
    with pytest.raises(Conflict):
        actions.put_in_force(plan=plan, by=maker)
    with pytest.raises(Forbidden):
        actions.approve_plan(plan=plan, by=maker)
    actions.approve_plan(plan=plan, by=other)
    actions.put_in_force(plan=plan, by=maker)
    assert [(p.version, p.state) for p in queries.plans(other)] == [(2, "in_force"), (1, "past")]


def test_a_plan_drafted_before_another_came_in_between_is_refused(first_plan, installer):
    one = actions.draft_plan(grids=halves(WEST, 111.0, 5), memberships={}, by=installer, prefix=WEST)
    two = actions.draft_plan(grids=halves(EAST, 111.1, 5), memberships={}, by=installer, prefix=EAST)
    actions.put_in_force(plan=two, by=installer)
    with pytest.raises(Conflict) as refused:
        actions.put_in_force(plan=one, by=installer)
    assert refused.value.code == "plan_is_stale"
    assert queries.grid_at(111.18, 30.05) == f"{EAST}006"


def test_a_plan_never_comes_into_force_in_the_past(first_plan, installer):
    plan = actions.draft_plan(grids=halves(WEST, 111.0, 5), memberships={}, by=installer, prefix=WEST)
    with pytest.raises(Invalid):
        actions.put_in_force(plan=plan, by=installer, at=clock.now() - timedelta(hours=1))


@pytest.mark.parametrize(
    "grids",
    [
        [],
        [GridRow(f"{WEST}01", b"")],
        [GridRow(f"{WEST}001"), GridRow(f"{WEST}001")],
        [GridRow(f"{EAST}001")],
    ],
)
def test_codes_must_follow_the_layout_and_nothing_is_left_behind(first_plan, installer, grids):
    with pytest.raises(Invalid):
        actions.draft_plan(grids=grids, memberships={}, by=installer, prefix=WEST)
    assert Plan.objects.count() == 1


def test_the_layout_of_grid_codes_is_a_setting(two_communities, installer):
    from wangge.platform.city import settings as city

    city.change(key="grid_code_digits", to=2, by=installer)
    plan = actions.draft_plan(
        grids=[GridRow(f"{WEST}07", box(111.0, 30.0, 111.1, 30.1))], memberships={}, by=installer
    )
    actions.put_in_force(plan=plan, by=installer)
    assert queries.grid_at(111.02, 30.05) == f"{WEST}07"


def test_a_draft_that_fails_midway_is_taken_away(two_communities, installer, monkeypatch):
    from wangge.ground.areas import placements

    def broken(plan, memberships):
        raise RuntimeError("power cut")

    monkeypatch.setattr(placements, "catch_up", broken)
    with pytest.raises(RuntimeError):
        actions.draft_plan(grids=halves(WEST, 111.0), memberships={}, by=installer)
    assert not Plan.objects.exists()
    assert not Grid.objects.exists()


def test_what_a_dead_run_left_is_swept_by_the_next(two_communities, installer):
    left = Plan.objects.create(
        version=1, made_by="x", made_at=clock.now(), begun_at=clock.real_now() - timedelta(hours=7)
    )
    Grid.objects.create(plan=left, code=f"{WEST}001", community=WEST)
    assert queries.plans(installer) == []
    actions.draft_plan(grids=halves(WEST, 111.0), memberships={}, by=installer)
    assert not Plan.objects.filter(pk=left.pk).exists()


def test_a_plan_in_force_stays_and_a_draft_may_go(first_plan, installer):
    with pytest.raises(Conflict):
        actions.discard_plan(plan=first_plan, by=installer)
    plan = actions.draft_plan(grids=halves(WEST, 111.0, 5), memberships={}, by=installer, prefix=WEST)
    actions.discard_plan(plan=plan, by=installer)
    assert [p.uid for p in queries.plans(installer)] == [first_plan]


def test_places_in_an_area_are_those_whose_area_code_begins_with_it(first_plan):
    actions.place_at(lon=111.01, lat=30.01)
    actions.place_at(lon=100.0, lat=20.0)
    areas = areas_of_places()
    for prefix in (WEST, f"{WEST}001", "420502", EAST, "9"):
        assert set(places_in(prefix)) == {key for key, area in areas.items() if area.startswith(prefix)}


def test_the_area_code_asked_by_index_is_the_one_computed_row_by_row(first_plan, two_communities):
    from django.db.models import Count

    from wangge.ground.areas.models import Building

    actions.place_at(lon=111.01, lat=30.01)
    actions.place_at(lon=100.0, lat=20.0)
    areas = areas_of_places()
    for asked in ("4", "420502", WEST, f"{WEST}001", f"{WEST}0019", EAST, "99"):
        begins = {key for key, area in areas.items() if area.startswith(asked)}
        same = {key for key, area in areas.items() if area == asked}
        places = Place.objects.annotate(area=area_code("pk"))
        assert set(places.filter(area__startswith=asked).values_list("pk", flat=True)) == begins
        assert set(places.filter(area=asked).values_list("pk", flat=True)) == same
        assert set(places.exclude(area__startswith=asked).values_list("pk", flat=True)) == set(areas) - begins
        buildings = Building.objects.annotate(area=area_code("place")).filter(area__startswith=asked)
        assert buildings.count() == len(begins & {b.building for b in two_communities})
    counted = (
        Place.objects.annotate(area=area_code("pk")).values("area").annotate(n=Count("pk")).order_by("area")
    )
    assert {row["area"]: row["n"] for row in counted} == {
        a: list(areas.values()).count(a) for a in areas.values()
    }


def test_codes_that_were_in_force_are_known_for_ever(first_plan, installer):
    plan = actions.draft_plan(grids=halves(WEST, 111.0, 5), memberships={}, by=installer, prefix=WEST)
    assert queries.codes_given(WEST) == {f"{WEST}001", f"{WEST}002"}
    assert [g.code for g in queries.plan_grids(installer, plan)] == [
        f"{WEST}005",
        f"{WEST}006",
        f"{EAST}001",
        f"{EAST}002",
    ]
    shown = queries.plan_layer(installer, plan, (111.0, 30.0, 111.09, 30.1)).features
    assert [f["properties"]["code"] for f in shown] == [f"{WEST}005", f"{WEST}006"]
    actions.put_in_force(plan=plan, by=installer)
    assert queries.codes_given(WEST) == {f"{WEST}{n:03d}" for n in (1, 2, 5, 6)}


def test_the_columns_hold_what_the_planner_needs(first_plan, two_communities):
    from wangge.ground.areas import columns

    table = columns.buildings(prefix=WEST)
    assert table.column("building").to_pylist() == [b.building for b in two_communities[:2]]
    assert table.column("households").to_pylist() == [400, 400]
    assert columns.buildings(prefix="9").num_rows == 0
    assert set(columns.grounds()) == {WEST, EAST}
    assert {code: one.zh for code, one in queries.community_names().items()} == {
        WEST: "西社区",
        EAST: "东社区",
    }
