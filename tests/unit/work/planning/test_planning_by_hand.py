"""A draft changed by hand: checked at once, drawn and counted anew, written down, and approved by somebody else."""

from __future__ import annotations

import pytest
import shapely
from django.db import IntegrityError, transaction
from shapely.geometry import shape

from wangge.ground.areas import actions as areas
from wangge.ground.areas import columns
from wangge.ground.areas import queries as areas_queries
from wangge.ground.areas.records import BuildingRow, DivisionRow
from wangge.platform.access.errors import Conflict, Forbidden, Invalid
from wangge.work.planning import actions, queries
from wangge.work.planning.models import Hand, Scenario
from wangge.work.planning.records import EditAsked, PlanSettings

pytestmark = pytest.mark.django_db

STREET = "420502001"
WEST, OPEN = f"{STREET}001", f"{STREET}002"
SIDE = 6


def ground(column):
    return shapely.box(111 + column * 0.01, 30.0, 111.01 + column * 0.01, 30.01).wkb


@pytest.fixture(scope="module")
def town(writing, installer):
    """Two communities of 6 × 6 buildings with 20 households each; the ground of the second is not known."""
    rows = [
        DivisionRow(STREET, "street", "西陵街道"),
        DivisionRow(WEST, "community", "西社区", parent=STREET, wkb=ground(0)),
        DivisionRow(OPEN, "community", "东社区", parent=STREET),
    ]
    buildings = [
        BuildingRow(
            111 + column * 0.01 + (x + 0.5) * 0.01 / SIDE, 30 + (y + 0.5) * 0.01 / SIDE, f"P{column}-{x}-{y}",
            address=f"{column}区{x}列{y}号", households=20, community=(WEST, OPEN)[column],
        )
        for column in (0, 1) for x in range(SIDE) for y in range(SIDE)
    ]  # fmt: skip
    with writing():
        areas.load_divisions(rows=rows, by=installer)
        areas.load_buildings(rows=buildings, by=installer)


@pytest.fixture
def people(user_with):
    return user_with("maker", ("planner", STREET))[1], user_with("other", ("planner",))[1]


@pytest.fixture
def draft(town, people):
    return actions.make(prefix=STREET, by=people[0], name="草案", settings=PlanSettings(low=150, high=250))


def held(maker, draft, community=WEST):
    """Buildings by grid."""
    found = {}
    for one in queries.buildings(maker, draft, community=community):
        found.setdefault(one.grid, []).append(one)
    return found


def edit(draft, by, verb, **asked):
    after = queries.scenario(by, draft).edits
    actions.edit(scenario=draft, asked=EditAsked(verb=verb, after=after, **asked), by=by)
    return queries.scenario(by, draft)


def accepted(draft, by, verb, **asked):
    """Whether a change is allowed."""
    try:
        return edit(draft, by, verb, **asked)
    except Invalid:
        return None


def any_move(maker, draft):
    """The first single building that may go to a neighbouring grid, moved; (building, from, to)."""
    grids = held(maker, draft)
    for grid, buildings in grids.items():
        for building in buildings:
            for other in grids:
                if other != grid and accepted(draft, maker, "move", buildings=[building.place], grid=other):
                    return building, grid, other
    raise AssertionError("no building may move")


def test_a_move_changes_figures_outlines_and_the_list_at_once(draft, people):
    maker, _ = people
    before = {one.code: one for one in queries.grids(maker, draft)}
    building, old, new = any_move(maker, draft)
    after = {one.code: one for one in queries.grids(maker, draft)}
    assert after[old].households == before[old].households - 20
    assert after[new].households == before[new].households + 20
    record = queries.scenario(maker, draft)
    assert record.report.households == 1440
    assert record.report.walk_m > 0
    outside = {one.grid for one in record.report.out_of_range}
    assert outside == {code for code, one in after.items() if not 150 <= one.households <= 250}
    features = queries.layer(maker, draft, (110.9, 29.9, 111.1, 30.1)).features
    shapes = {f["properties"]["code"]: shape(f["geometry"]) for f in features}
    assert shapes[new].contains(shapely.Point(building.lon, building.lat))
    mine = [one for code, one in shapes.items() if code.startswith(WEST)]
    whole = shapely.from_wkb(ground(0))
    assert shapely.union_all(mine).symmetric_difference(whole).area < 1e-4 * whole.area
    assert sum(one.area for one in mine) == pytest.approx(whole.area, rel=1e-4)


def test_a_community_without_a_known_ground_keeps_what_it_covered(draft, people):
    maker, _ = people
    before = columns.shapes(plan=queries.scenario(maker, draft).plan, community=OPEN)
    one, other = sorted(before)[:2]
    for pair in ((one, other), *((one, late) for late in sorted(before)[2:])):
        if accepted(draft, maker, "merge", grid=pair[1], into=pair[0]):
            break
    after = columns.shapes(plan=queries.scenario(maker, draft).plan, community=OPEN)
    assert len(after) == len(before) - 1
    covered = [shapely.union_all(list(map(shapely.from_wkb, some.values()))) for some in (before, after)]
    assert covered[0].symmetric_difference(covered[1]).area < 1e-4 * covered[0].area


def test_what_breaks_a_grid_apart_is_refused_with_the_reason_and_changes_nothing(draft, people):
    maker, _ = people
    grids = held(maker, draft)
    every = sorted(
        (one for some in grids.values() for one in some), key=lambda one: (one.lon + one.lat, one.lon)
    )
    corner, far = every[0], every[-1].grid
    assert corner.grid != far
    plan = queries.scenario(maker, draft).plan
    with pytest.raises(Invalid) as refused:
        edit(draft, maker, "move", buildings=[corner.place], grid=far)
    assert refused.value.code == "target_apart"
    assert "西社区第" in str(refused.value)
    assert queries.scenario(maker, draft).plan == plan
    assert held(maker, draft) == grids


def test_a_rest_in_two_parts_is_refused(people, town):
    """One grid of all 36 buildings: without its middle column it is in two parts."""
    maker, _ = people
    whole = actions.make(prefix=WEST, by=maker, settings=PlanSettings(low=300, high=500))
    first = min(held(maker, whole))
    for other in list(held(maker, whole)):
        if other != first:
            edit(whole, maker, "merge", grid=other, into=first)
    (every,) = held(maker, whole).values()
    column = sorted({one.lon for one in every})
    middle = [one.place for one in every if one.lon == column[2]]
    with pytest.raises(Invalid) as refused:
        edit(whole, maker, "split", grid=first, buildings=middle)
    assert refused.value.code == "parts_apart"
    east = [one.place for one in every if one.lon > column[2]]
    edit(whole, maker, "split", grid=first, buildings=east)
    grids = held(maker, whole)
    assert sorted(map(len, grids.values())) == [18, 18]
    west = [one for one in grids[first] if one.lon == column[1]] or [
        one for one in grids[first] if one.lon == column[4]
    ]
    other = next(code for code in grids if code != first)
    with pytest.raises(Invalid) as refused:
        edit(whole, maker, "move", buildings=[one.place for one in west], grid=other)
    assert refused.value.code in ("source_apart", "target_apart")
    assert len(held(maker, whole)[first]) == 18


def test_communities_stay_apart(draft, people):
    maker, _ = people
    stranger = queries.buildings(maker, draft, community=OPEN)[0]
    grid = min(held(maker, draft))
    with pytest.raises(Invalid) as refused:
        edit(draft, maker, "move", buildings=[stranger.place], grid=grid)
    assert refused.value.code == "other_community"
    with pytest.raises(Invalid) as refused:
        edit(draft, maker, "merge", grid=grid, into=stranger.grid)
    assert refused.value.code == "no_such_grid"
    with pytest.raises(Invalid):
        edit(draft, maker, "move", buildings=[stranger.place], grid="420503001001001")


def test_a_merge_out_of_range_is_allowed_and_said(draft, people):
    maker, _ = people
    grids = sorted(held(maker, draft))
    merged = None
    for other in grids[1:]:
        merged = accepted(draft, maker, "merge", grid=other, into=grids[0])
        if merged:
            break
    assert merged is not None
    (outside,) = [one for one in merged.report.out_of_range if one.grid == grids[0]]
    assert outside.households > 250
    assert (outside.verdict, outside.why) == ("by_hand", "by_hand")
    assert "720" in outside.reason
    assert len(held(maker, draft)) == len(grids) - 1


def test_the_planner_cuts_a_grid_in_two_and_undo_brings_it_back(draft, people):
    maker, _ = people
    before = {code: {one.place for one in some} for code, some in held(maker, draft).items()}
    figures = queries.scenario(maker, draft).report.model_dump(exclude={"seconds"})
    grid = max(before, key=lambda code: len(before[code]))
    edit(draft, maker, "split", grid=grid)
    parts = {code: {one.place for one in some} for code, some in held(maker, draft).items()}
    (fresh,) = set(parts) - set(before)
    assert parts[grid] | parts[fresh] == before[grid]
    assert abs(len(parts[grid]) - len(parts[fresh])) <= 0.4 * len(before[grid])
    edit(draft, maker, "undo")
    assert {code: {one.place for one in some} for code, some in held(maker, draft).items()} == before
    after = queries.scenario(maker, draft).report.model_dump(exclude={"seconds"})
    assert after.pop("walking") == pytest.approx(figures.pop("walking"))
    assert after == figures
    page = queries.edits(maker, draft)
    assert [(one.verb, one.undoes, one.undone, one.by) for one in page.items] == [
        ("undo", 1, False, maker.id), ("split", None, True, maker.id),
    ]  # fmt: skip
    assert not page.undoable
    with pytest.raises(Invalid):
        edit(draft, maker, "undo")


def test_sent_twice_it_is_done_once_and_a_stale_page_is_told(draft, people):
    maker, other = people
    building, old, new = any_move(maker, draft)
    page = queries.scenario(maker, draft)
    again = EditAsked(verb="move", after=page.edits - 1, buildings=[building.place], grid=new)
    actions.edit(scenario=draft, asked=again, by=maker)
    assert queries.scenario(maker, draft).edits == page.edits
    with pytest.raises(Conflict):
        actions.edit(
            scenario=draft, by=other,
            asked=EditAsked(verb="move", after=page.edits - 1, buildings=[building.place], grid=old),
        )  # fmt: skip
    with pytest.raises(Conflict):
        actions.edit(scenario=draft, asked=EditAsked(verb="undo", after=page.edits + 1), by=maker)


def test_neither_maker_nor_editor_approves(draft, people, user_with):
    maker, other = people
    _, third = user_with("third", ("planner",))
    edit(draft, other, "split", grid=max(held(maker, draft), key=lambda code: len(held(maker, draft)[code])))
    assert not queries.scenario(maker, draft).may_approve
    assert not queries.scenario(other, draft).may_approve
    assert queries.scenario(third, draft).may_approve
    for one in (maker, other):
        with pytest.raises(Forbidden):
            actions.approve(scenario=draft, by=one)
    # The database refuses it too, whoever forgets to ask.
    with pytest.raises(IntegrityError), transaction.atomic():
        Hand.objects.filter(scenario__uid=draft).update(approved_by=other.id)
    actions.approve(scenario=draft, by=third)
    assert Scenario.objects.get(uid=draft).hands.get().approved_by == third.id
    with pytest.raises(Conflict):
        edit(draft, maker, "undo")


def test_in_force_every_place_stands_where_the_hand_put_it(town, people):
    maker, other = people
    # A report beside each building, made before the plan was: points follow the ground.
    points = {}
    for x in range(SIDE):
        for y in range(SIDE):
            lon, lat = 111 + (x + 0.5) * 0.01 / SIDE + 1e-5, 30 + (y + 0.5) * 0.01 / SIDE + 1e-5
            points[lon, lat] = areas.place_at(lon=lon, lat=lat)
    draft = actions.make(prefix=STREET, by=maker, settings=PlanSettings(low=150, high=250))
    building, _old, new = any_move(maker, draft)
    actions.approve(scenario=draft, by=other)
    actions.put_in_force(scenario=draft, by=other)
    assert areas_queries.grid_of_place(building.place) == new
    assert areas_queries.grid_at(building.lon, building.lat) == new
    for one in queries.buildings(maker, draft, community=WEST):
        assert areas_queries.grid_at(one.lon, one.lat) == one.grid
    for (lon, lat), place in points.items():
        assert areas_queries.grid_of_place(place) == areas_queries.grid_at(lon, lat)


def test_who_may_not_make_may_not_change(draft, user_with):
    _, leader = user_with("leader", ("leader", STREET))
    with pytest.raises(Forbidden):
        edit(draft, leader, "undo")
