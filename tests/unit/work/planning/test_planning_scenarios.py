"""Scenarios: the planner on real rows, two people, a date, and a city that stays as it is elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import shapely
from shapely.geometry import shape

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.ground.areas.models import Plan
from wangge.ground.areas.records import BuildingRow, DivisionRow
from wangge.ground.workforce import actions as workforce
from wangge.ground.workforce import queries as workforce_queries
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.planning import actions, queries
from wangge.work.planning.records import PlanSettings

pytestmark = pytest.mark.django_db

STREET = "420502001"
WEST, EAST, SMALL = f"{STREET}001", f"{STREET}002", f"{STREET}003"


def ground(column):
    return shapely.box(111 + column * 0.01, 30.0, 111.01 + column * 0.01, 30.01).wkb


def block(column, households, count=8):
    """count × count buildings in one community of 0.01 degrees (some 1 km)."""
    for i in range(count * count):
        x, y = divmod(i, count)
        yield BuildingRow(
            111 + column * 0.01 + (x + 0.5) * 0.01 / count, 30 + (y + 0.5) * 0.01 / count, f"P{column}-{i}",
            address=f"{column}区{i}号", households=households,
        )  # fmt: skip


@pytest.fixture(scope="module")
def town(writing, installer):
    """For all tests here: two communities of 64 × 20 = 1,280 households and one of 64 × 4 = 256."""
    names = {WEST: "西社区", EAST: "东社区", SMALL: "小社区"}
    rows = [
        DivisionRow(code, "community", name, parent=STREET, wkb=ground(i))
        for i, (code, name) in enumerate(names.items())
    ]
    with writing():
        areas.load_divisions(rows=[DivisionRow(STREET, "street", "西陵街道"), *rows], by=installer)
        buildings = [*block(0, 20), *block(1, 20), *block(2, 4)]
        return areas.load_buildings(rows=buildings, by=installer)


@pytest.fixture
def people(user_with):
    return user_with("maker", ("planner", STREET))[1], user_with("other", ("planner",))[1]


def in_force(scenario, people, at=None):
    maker, other = people
    actions.approve(scenario=scenario, by=other)
    return actions.put_in_force(scenario=scenario, by=maker, at=at)


def test_a_plan_keeps_the_band_the_communities_and_every_household(town, people):
    maker, _ = people
    scenario = queries.scenario(maker, actions.make(prefix=STREET, by=maker))
    report = scenario.report
    assert (scenario.settings.low, scenario.settings.high) == (300, 500)
    assert (report.buildings, report.households, report.communities) == (192, 2816, 3)
    assert report.grids == report.in_range + len(report.out_of_range)
    (small,) = report.out_of_range
    assert (small.grid, small.households, small.verdict, small.why) == (
        f"{SMALL}001",
        256,
        "proven",
        "too_few",
    )
    assert "小社区" in small.reason
    assert "256" in small.reason
    grids = queries.grids(maker, scenario.uid)
    assert sum(grid.households for grid in grids) == 2816
    assert {grid.community for grid in grids} == {WEST, EAST, SMALL}
    assert [grid.name for grid in grids if grid.community == SMALL] == ["小社区第1网格"]
    assert all(len(grid.code) == 15 for grid in grids)


def test_the_grids_tile_the_communities(town, people):
    maker, _ = people
    scenario = actions.make(prefix=STREET, by=maker)
    features = queries.layer(maker, scenario, (110.9, 29.9, 111.1, 30.1)).features
    shapes = {f["properties"]["code"]: shape(f["geometry"]) for f in features}
    for column, community in enumerate((WEST, EAST, SMALL)):
        mine = [one for code, one in shapes.items() if code.startswith(community)]
        whole = shapely.from_wkb(ground(column))
        assert sum(one.area for one in mine) == pytest.approx(whole.area, rel=1e-4)
        assert shapely.union_all(mine).symmetric_difference(whole).area < 1e-4 * whole.area


def test_the_same_seed_gives_the_same_plan(town, people):
    maker, _ = people
    one, two = (actions.make(prefix=WEST, by=maker, name=name) for name in ("一", "二"))
    assert [(g.code, g.households, g.lon) for g in queries.grids(maker, one)] == [
        (g.code, g.households, g.lon) for g in queries.grids(maker, two)
    ]


def test_asked_again_under_the_same_name_it_is_made_once(town, people):
    maker, other = people
    first = actions.make(prefix=WEST, by=maker, name="一")
    assert actions.make(prefix=WEST, by=maker, name="一") == first
    assert Plan.objects.count() == 1
    with pytest.raises(Conflict):
        actions.make(prefix=WEST, by=maker, name="一", settings=PlanSettings(low=200, high=300))
    with pytest.raises(Conflict):
        actions.make(prefix=WEST, by=other, name="一")


def test_two_people_are_needed_and_a_date_decides(town, people):
    maker, other = people
    scenario = actions.make(prefix=STREET, by=maker)
    with pytest.raises(Forbidden):
        actions.approve(scenario=scenario, by=maker)
    with pytest.raises(Conflict):
        actions.put_in_force(scenario=scenario, by=other)
    later = clock.now() + timedelta(days=30)
    in_force(scenario, people, later)
    assert areas_queries.grid_of_place(town[0].place) is None
    with clock.moved(later):
        grid = areas_queries.grid_of_place(town[0].place)
        assert grid is not None
        assert grid.startswith(WEST)
        # What a building's grid is, is also the grid of its point.
        assert areas_queries.grid_at(111 + 0.5 * 0.01 / 8, 30 + 0.5 * 0.01 / 8) == grid
    assert queries.scenario(maker, scenario).state == "in_force"
    with pytest.raises(Conflict):
        actions.withdraw(scenario=scenario, by=maker)


def test_every_building_s_point_lies_in_its_grid(town, people):
    maker, _ = people
    in_force(actions.make(prefix=STREET, by=maker), people)
    rows = [*block(0, 20), *block(1, 20), *block(2, 4)]
    by_ground = areas_queries.grids_at([r.lon for r in rows], [r.lat for r in rows])
    assert by_ground == [areas_queries.grid_of_place(b.place) for b in town]


def test_codes_stay_and_what_vanishes_is_never_given_again(town, people):
    maker, other = people
    in_force(actions.make(prefix=STREET, by=maker), people)
    before = {g.code for g in areas_queries.grids(other).items}
    again = actions.make(prefix=WEST, by=maker, name="again")
    assert {g.code for g in queries.grids(maker, again) if g.community == WEST} == {
        c for c in before if c.startswith(WEST)
    }
    assert queries.scenario(maker, again).report.new_codes == 0
    finer = actions.make(prefix=WEST, by=maker, name="finer", settings=PlanSettings(low=140, high=180))
    in_force(finer, people)
    after = {g.code for g in areas_queries.grids(other).items}
    assert {c for c in after if not c.startswith(WEST)} == {c for c in before if not c.startswith(WEST)}
    assert {c for c in before if c.startswith(WEST)} <= after
    coarser = actions.make(prefix=WEST, by=maker, name="coarser")
    in_force(coarser, people)
    finest = actions.make(prefix=WEST, by=maker, name="finest", settings=PlanSettings(low=100, high=140))
    fresh = {g.code for g in queries.grids(maker, finest) if g.community == WEST} - {
        g.code for g in areas_queries.grids(other).items
    }
    assert fresh
    assert not fresh & after


def test_duties_in_grids_that_vanish_end_with_them(town, people, user_with, installer):
    maker, other = people
    fine = actions.make(prefix=WEST, by=maker, settings=PlanSettings(low=140, high=180))
    in_force(fine, people)
    codes = [g.code for g in areas_queries.grids(other).items]
    workers = {}
    for code in codes:
        uid, _ = user_with(f"w{code}")
        workers[code] = workforce.add_worker(
            user=uid, name=code, phone="", kind="full_time", community=WEST, by=installer
        )
        workforce.assign(worker=workers[code], grid=code, by=installer)
    later = clock.now() + timedelta(days=7)
    concerned = in_force(actions.make(prefix=WEST, by=maker, name="coarse"), people, later)
    with clock.moved(later):
        kept = {g.code for g in areas_queries.grids(other).items}
        assert kept < set(codes)
        assert set(concerned) == {workers[code] for code in codes if code not in kept}
        assert set(workforce_queries.grids_on_duty(other)) == kept


def test_a_plan_whose_duties_were_left_half_ended_is_finished_by_asking_again(town, people, monkeypatch):
    maker, _ = people
    scenario = actions.make(prefix=WEST, by=maker)

    def broken(**_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(workforce, "end_duties_in", broken)
        patch.setattr(areas_queries, "grids_gone", lambda plan: ["x"])
        with pytest.raises(RuntimeError):
            in_force(scenario, people)
    assert queries.scenario(maker, scenario).state == "in_force"
    assert actions.put_in_force(scenario=scenario, by=maker) == []


def test_a_giant_is_named(town, people, installer):
    maker, _ = people
    rows = list(block(2, 4))
    areas.load_buildings(rows=[rows[0]._replace(households=700)], by=installer)
    report = queries.scenario(maker, actions.make(prefix=SMALL, by=maker)).report
    (giant,) = [one for one in report.out_of_range if one.why == "unit_above_high"]
    assert giant.said["unit"] == "2区0号"
    assert giant.said["unit_households"] == "700"
    assert "2区0号" in giant.reason


def test_the_layout_s_end_is_said(town, people, installer):
    maker, _ = people
    city.change(key="grid_code_digits", to=1, by=installer)
    with pytest.raises(Invalid) as refused:
        actions.make(prefix=WEST, by=maker, settings=PlanSettings(low=20, high=60))
    assert refused.value.code == "codes_run_out"
    assert not Plan.objects.exists()


def test_areas_bound_what_is_made_and_seen(town, people, user_with):
    maker, other = people
    _, elsewhere = user_with("elsewhere", ("planner", "420503"))
    _, clerk = user_with("clerk", ("department_clerk", "", "health"))
    scenario = actions.make(prefix=STREET, by=maker)
    for actor in (elsewhere, clerk):
        with pytest.raises(Forbidden):
            actions.make(prefix=STREET, by=actor)
    with pytest.raises(Forbidden):
        actions.make(prefix="", by=maker)
    with pytest.raises(NotFound):
        queries.scenario(elsewhere, scenario)
    with pytest.raises(NotFound):
        actions.approve(scenario=scenario, by=elsewhere)
    with pytest.raises(Forbidden):
        queries.scenarios(clerk)
    assert queries.scenarios(elsewhere).total == 0
    assert queries.scenarios(other).total == queries.scenarios(maker).total == 1
    with pytest.raises(Invalid) as refused:
        actions.make(prefix="420509", by=other)
    assert refused.value.code == "nothing_to_plan"


def test_what_is_withdrawn_leaves_its_report_and_no_plan(town, people):
    maker, _ = people
    scenario = actions.make(prefix=WEST, by=maker)
    actions.withdraw(scenario=scenario, by=maker)
    actions.withdraw(scenario=scenario, by=maker)
    assert not Plan.objects.exists()
    record = queries.scenario(maker, scenario)
    assert (record.state, record.plan, record.report.buildings) == ("withdrawn", "", 64)
    assert queries.grids(maker, scenario) == []
