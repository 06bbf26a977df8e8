"""A scenario beside another or beside what holds: figures, buildings that change grid, workers whose grid changes."""

from __future__ import annotations

import io

import openpyxl
import pytest
import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.ground.areas.records import BuildingRow, DivisionRow
from wangge.ground.workforce import actions as workforce
from wangge.platform.access.errors import Invalid, NotFound
from wangge.work.planning import actions, drafts, queries
from wangge.work.planning.models import Scenario
from wangge.work.planning.records import EditAsked, PlanSettings

pytestmark = pytest.mark.django_db

STREET = "420502001"
WEST = f"{STREET}001"
SIDE = 8


@pytest.fixture(scope="module")
def town(writing, installer):
    """One community of 64 buildings with 20 households each."""
    ground = shapely.box(111.0, 30.0, 111.01, 30.01).wkb
    rows = [
        DivisionRow(STREET, "street", "西陵街道"),
        DivisionRow(WEST, "community", "西社区", parent=STREET, wkb=ground),
    ]
    buildings = [
        BuildingRow(111 + (x + 0.5) * 0.01 / SIDE, 30 + (y + 0.5) * 0.01 / SIDE, f"P{x}-{y}", address=f"{x}列{y}号", households=20)
        for x in range(SIDE) for y in range(SIDE)
    ]  # fmt: skip
    with writing():
        areas.load_divisions(rows=rows, by=installer)
        areas.load_buildings(rows=buildings, by=installer)


@pytest.fixture
def people(user_with):
    return user_with("maker", ("planner", STREET))[1], user_with("other", ("planner",))[1]


@pytest.fixture
def standing(town, people, user_with, installer):
    """A plan in force, a worker on duty in each of its grids: worker by grid."""
    maker, other = people
    first = actions.make(prefix=STREET, by=maker, name="现行", settings=PlanSettings(low=150, high=250))
    actions.approve(scenario=first, by=other)
    actions.put_in_force(scenario=first, by=other)
    workers = {}
    for code in areas_queries.grid_codes():
        uid, _ = user_with(f"w{code}")
        workers[code] = workforce.add_worker(
            user=uid, name=f"员{code[-2:]}", phone="", kind="full_time", community=WEST, by=installer
        )
        workforce.assign(worker=workers[code], grid=code, by=installer)
    return first, workers


def changed(maker, verb="merge"):
    """A second scenario, equal to the first but for one merge; its id and what was merged into what."""
    uid = actions.make(prefix=STREET, by=maker, name="新案", settings=PlanSettings(low=150, high=250))
    grids = sorted(one.code for one in queries.grids(maker, uid))
    for other in grids[1:]:
        try:
            actions.edit(
                scenario=uid, asked=EditAsked(verb=verb, after=0, grid=other, into=grids[0]), by=maker
            )
        except Invalid:
            continue
        return uid, other, grids[0]
    raise AssertionError("no neighbours")


def test_the_same_plan_changes_nothing(standing, people):
    maker, _ = people
    first, _workers = standing
    found = queries.comparison(maker, first)
    assert (found.moved_buildings, found.moved_households, found.workers, found.unmanned) == (0, 0, [], [])
    assert found.other is not None
    assert found.scenario.model_dump(exclude={"name"}) == found.other.model_dump(exclude={"name"})
    report = queries.scenario(maker, first).report
    figures = found.scenario
    assert (figures.grids, figures.in_range, figures.smallest, figures.largest, figures.households) == (
        report.grids, report.in_range, report.smallest, report.largest, 1280,
    )  # fmt: skip
    assert figures.walk_m == pytest.approx(report.walk_m, abs=0.2)


def test_who_loses_a_grid_and_who_gains_is_named_before_it_happens(standing, people):
    maker, _ = people
    _first, workers = standing
    uid, gone, into = changed(maker)
    found = queries.comparison(maker, uid)
    by_grid = {one.grid: one for one in found.workers}
    assert set(by_grid) == {gone, into}
    households = by_grid[gone].now
    assert (by_grid[gone].worker, by_grid[gone].ends, by_grid[gone].lost) == (workers[gone], True, households)
    assert (by_grid[into].worker, by_grid[into].ends, by_grid[into].gained) == (
        workers[into],
        False,
        households,
    )
    assert by_grid[into].then == by_grid[into].now + households
    assert found.moved_households == households
    assert found.moved_buildings == households // 20
    # Nothing was done by asking; the duty ends when the plan comes into force, and exactly this one.
    assert queries.comparison(maker, uid) == found
    third = people[1]
    actions.approve(scenario=uid, by=third)
    assert actions.put_in_force(scenario=uid, by=third) == [workers[gone]]


def test_the_buildings_that_change_grid_are_a_list_and_a_workbook(standing, people):
    maker, _ = people
    uid, gone, into = changed(maker)
    page = queries.moves(maker, uid, limit=5)
    assert page.total == queries.comparison(maker, uid).moved_buildings
    assert {(one.from_grid, one.to_grid) for one in page.items} == {(gone, into)}
    assert {(one.from_worker, one.to_worker) for one in page.items} == {(f"员{gone[-2:]}", f"员{into[-2:]}")}
    assert queries.moves(maker, uid, grid=gone).total == page.total
    assert queries.moves(maker, uid, grid=f"{WEST}999").total == 0
    book = openpyxl.load_workbook(io.BytesIO(queries.export_moves(maker, uid)))
    assert len(list(book.active.iter_rows(min_row=3, values_only=True))) == page.total


def test_two_scenarios_side_by_side(standing, people):
    maker, _ = people
    first, _workers = standing
    uid, _gone, _into = changed(maker)
    found = queries.comparison(maker, uid, against=first)
    assert found.other is not None
    assert (found.other.name, found.scenario.name) == ("现行", "新案")
    assert found.other.grids == found.scenario.grids + 1
    assert found.moved_households > 0
    actions.withdraw(scenario=uid, by=maker)
    with pytest.raises(Invalid):
        queries.comparison(maker, uid)
    with pytest.raises(NotFound):
        queries.comparison(maker, first, against="00000000-0000-0000-0000-000000000000")


def test_before_any_plan_is_in_force_there_is_nothing_beside(town, people):
    maker, _ = people
    uid = actions.make(prefix=STREET, by=maker)
    found = queries.comparison(maker, uid)
    assert found.other is None
    assert found.moved_buildings == 0
    assert len(found.unmanned) == found.scenario.grids


def test_the_grids_of_a_scenario_leave_as_a_workbook_with_their_reasons(town, people):
    maker, _ = people
    uid = actions.make(prefix=STREET, by=maker, settings=PlanSettings(low=30, high=39))
    report = queries.scenario(maker, uid).report
    book = openpyxl.load_workbook(io.BytesIO(queries.export_grids(maker, uid)))
    rows = list(book.active.iter_rows(min_row=3, values_only=True))
    assert len(rows) == report.grids
    assert sum(bool(row[4]) for row in rows) == len(report.out_of_range) > 0


def test_a_large_area_is_planned_in_the_background_and_says_how_far_it_is(town, people, monkeypatch):
    maker, _ = people
    monkeypatch.setattr(drafts, "AT_ONCE", 63)
    told = []
    uid = actions.make(prefix=STREET, by=maker, name="大", then=told.append)
    assert told == [uid]
    begun = queries.scenario(maker, uid)
    assert (begun.state, begun.done, begun.total, begun.report.grids) == ("planning", 0, 64, 0)
    assert actions.make(prefix=STREET, by=maker, name="大", then=told.append) == uid
    assert told == [uid]
    seen = []
    real = drafts.make_plan
    monkeypatch.setattr(
        drafts, "make_plan",
        lambda prefix, settings, tell: real(prefix, settings, lambda *at: (tell(*at), seen.append(Scenario.objects.get().done))),
    )  # fmt: skip
    actions.carry_out(scenario=uid, by=maker)
    assert seen == [64]
    made = queries.scenario(maker, uid)
    assert (made.state, made.done, made.report.buildings) == ("draft", 64, 64)
    actions.carry_out(scenario=uid, by=maker)
    assert queries.scenario(maker, uid) == made


def test_planning_in_the_background_may_be_cancelled(town, people, monkeypatch):
    maker, _ = people
    monkeypatch.setattr(drafts, "AT_ONCE", 63)
    uid = actions.make(prefix=STREET, by=maker, name="大", then=lambda uid: None)
    real = drafts.make_plan

    def cancelled_meanwhile(prefix, settings, tell):
        actions.withdraw(scenario=uid, by=maker)
        return real(prefix, settings, tell)

    monkeypatch.setattr(drafts, "make_plan", cancelled_meanwhile)
    actions.carry_out(scenario=uid, by=maker)
    record = queries.scenario(maker, uid)
    assert (record.state, record.plan) == ("withdrawn", "")


def test_what_can_not_be_planned_in_the_background_has_failed_with_the_reason(town, people, monkeypatch):
    maker, _ = people
    monkeypatch.setattr(drafts, "AT_ONCE", 63)
    uid = actions.make(prefix=STREET, by=maker, name="大", then=lambda uid: None)

    def refused(*_):
        raise Invalid("codes_run_out", "编号用完")

    monkeypatch.setattr(drafts, "make_plan", refused)
    actions.carry_out(scenario=uid, by=maker)
    record = queries.scenario(maker, uid)
    assert record.state == "failed"
    assert "编号用完" in record.problem
    actions.withdraw(scenario=uid, by=maker)
    assert queries.scenario(maker, uid).state == "withdrawn"
