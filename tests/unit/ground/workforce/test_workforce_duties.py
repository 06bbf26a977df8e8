"""A duty moves the grant; a substitute goes first; residents learn a surname and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import DivisionRow, GridRow
from wangge.ground.workforce import actions, queries
from wangge.ground.workforce.models import Worker
from wangge.platform.access import actors
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.access.records import Held
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db

COMMUNITY = "420502001001"
ONE, TWO = f"{COMMUNITY}001", f"{COMMUNITY}002"


@pytest.fixture
def grids(installer, at_moment):
    ground = [shapely.to_wkb(shapely.box(111 + i / 20, 30, 111 + (i + 1) / 20, 30.1)) for i in range(2)]
    areas.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "学院社区")], by=installer)
    rows = [GridRow(ONE, ground[0]), GridRow(TWO, ground[1])]
    areas.put_in_force(plan=areas.draft_plan(grids=rows, memberships={}, by=installer), by=installer)
    return at_moment


@pytest.fixture
def hire(grids, user_with, installer):
    def make(name, kind="full_time"):
        uid, _ = user_with(name)
        worker = actions.add_worker(
            user=uid, name=name, phone="13812345678", kind=kind, community=COMMUNITY, by=installer
        )
        return worker, f"user:{uid}"

    return make


def works_in(actor_id):
    return sorted(held.area for held in actors.of_id(actor_id).holds if isinstance(held, Held))


def test_a_duty_is_a_grant_for_its_dates(hire, installer, grids):
    worker, actor = hire("王秀兰")
    actions.assign(
        worker=worker,
        grid=ONE,
        by=installer,
        from_at=grids + timedelta(days=1),
        to_at=grids + timedelta(days=3),
    )
    seen = {}
    for days in range(5):
        with clock.moved(grids + timedelta(days=days)):
            seen[days] = works_in(actor)
            assert queries.grids_of(actors.of_id(actor)) == seen[days]
            assert bool(queries.on_duty(ONE)) == bool(seen[days])
    assert seen == {0: [], 1: [ONE], 2: [ONE], 3: [], 4: []}


def test_a_substitute_goes_before_the_worker_in_charge(hire, installer, grids):
    (main, main_actor), (other, other_actor) = hire("王秀兰"), hire("李建国")
    actions.assign(worker=main, grid=ONE, by=installer)
    leave = (grids + timedelta(days=2), grids + timedelta(days=4))
    actions.assign(worker=other, grid=ONE, kind="substitute", by=installer, from_at=leave[0], to_at=leave[1])
    for days, holder in {0: main_actor, 2: other_actor, 3: other_actor, 4: main_actor}.items():
        with clock.moved(grids + timedelta(days=days)):
            assert queries.on_duty(ONE).actor == holder
            assert works_in(main_actor) == ([ONE] if holder == main_actor else [])
            assert works_in(other_actor) == ([ONE] if holder == other_actor else [])


def test_a_substitution_that_ends_early_gives_the_grid_back(hire, installer, grids):
    (main, main_actor), (other, other_actor) = hire("王秀兰"), hire("李建国")
    actions.assign(worker=main, grid=ONE, by=installer)
    duty = actions.assign(
        worker=other, grid=ONE, kind="substitute", by=installer, to_at=grids + timedelta(days=9)
    )
    with clock.moved(grids + timedelta(days=1)):
        actions.end_duty(duty=duty, by=installer)
        assert works_in(main_actor) == [ONE]
        assert works_in(other_actor) == []
    with clock.moved(grids + timedelta(days=20)):
        assert works_in(main_actor) == [ONE]


def test_handing_over_moves_the_grant_at_once(hire, installer, grids):
    (one, one_actor), (two, two_actor) = hire("王秀兰"), hire("李建国")
    actions.assign(worker=one, grid=ONE, by=installer)
    actions.hand_over(grid=ONE, worker=two, by=installer)
    assert works_in(one_actor) == []
    assert works_in(two_actor) == [ONE]
    assert queries.on_duty(ONE).uid == two


def test_grids_that_are_no_more_end_their_duties(hire, installer, grids):
    (one, one_actor), (two, two_actor) = hire("王秀兰"), hire("李建国")
    actions.assign(worker=one, grid=ONE, by=installer)
    actions.assign(worker=two, grid=TWO, by=installer)
    later = grids + timedelta(days=7)
    assert actions.end_duties_in(grids=[ONE], at=later, by=installer) == [one]
    assert works_in(one_actor) == [ONE]
    with clock.moved(later):
        assert works_in(one_actor) == []
        assert works_in(two_actor) == [TWO]


def test_whoever_leaves_holds_nothing(hire, installer, grids):
    worker, actor = hire("王秀兰")
    actions.assign(worker=worker, grid=ONE, by=installer)
    actions.leave(worker=worker, by=installer)
    assert works_in(actor) == []
    assert queries.roster(installer).total == 0
    with pytest.raises(Conflict):
        actions.assign(worker=worker, grid=ONE, by=installer)


def test_what_is_refused(hire, installer, grids, user_with):
    (one, _), (two, _), (helper, _) = hire("王秀兰"), hire("李建国"), hire("赵敏", "micro")
    actions.assign(worker=one, grid=ONE, by=installer)
    with pytest.raises(Conflict):
        actions.assign(worker=two, grid=ONE, by=installer, from_at=grids + timedelta(days=30))
    with pytest.raises(Invalid):
        actions.assign(worker=helper, grid=TWO, by=installer)
    with pytest.raises(Invalid):
        actions.assign(worker=two, grid=TWO, by=installer, to_at=grids)
    with pytest.raises(NotFound):
        actions.assign(worker=two, grid=f"{COMMUNITY}099", by=installer)
    _, elsewhere = user_with("lead", ("grid_lead", "420502009"))
    with pytest.raises(Forbidden):
        actions.assign(worker=two, grid=TWO, by=elsewhere)
    with pytest.raises(Conflict):
        actions.add_worker(
            user=str(Worker.objects.get(uid=one).user.uid), name="x", phone="", kind="full_time",
            community=COMMUNITY, by=installer,
        )  # fmt: skip


def test_the_roster_stays_in_the_areas_and_masks_telephones(hire, installer, grids, user_with):
    worker, _ = hire("王秀兰")
    actions.assign(worker=worker, grid=ONE, by=installer)
    _, lead = user_with("lead", ("grid_lead", COMMUNITY))
    _, colleague = user_with("colleague", ("grid_worker", ONE))
    _, elsewhere = user_with("elsewhere", ("grid_lead", "420502002"))
    line = queries.roster(lead, queries.RosterFilters(search="秀")).items[0]
    assert line.worker.phone == "138****5678"
    assert line.grids == [ONE]
    assert queries.roster(colleague).total == 1
    assert queries.roster(elsewhere).total == 0
    assert queries.roster(elsewhere, queries.RosterFilters(search="秀")).total == 0
    assert [(g.grid, bool(g.worker)) for g in queries.cover(lead)] == [(ONE, True), (TWO, False)]
    assert [g.grid for g in queries.cover(lead, open_only=True)] == [TWO]
    assert queries.cover(elsewhere) == []
    assert queries.grids_on_duty(lead) == [ONE]
    assert queries.grids_on_duty(elsewhere) == []
    _, clerk = user_with("clerk", ("department_clerk", "", "water"))
    assert queries.grids_on_duty(clerk) == [ONE]


def test_a_resident_learns_surname_and_number_of_the_worker_on_duty(hire, installer, grids):
    worker, _ = hire("王秀兰")
    home = areas.place_at(lon=111.01, lat=30.05)
    assert queries.my_worker(home) is None
    actions.assign(worker=worker, grid=ONE, by=installer)
    mine = queries.my_worker(home)
    assert (mine.name, mine.grid, mine.phone) == ("王*", ONE, "13812345678")
    assert mine.hours["mon"]


def test_telephones_are_sealed_in_the_database(hire):
    from django.db import connection

    hire("王秀兰")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM workforce_worker")
        assert b"13812345678" not in bytes(cursor.fetchone()[0])
