"""The one inbox: what may enter, who sees it, how it ends."""

import shutil
from datetime import date, timedelta

import pyarrow as pa
import pytest
import shapely
from django.test import override_settings

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import BuildingRow, DivisionRow, GridRow
from wangge.ground.registry import actions as registry
from wangge.ground.registry import queries as people
from wangge.ground.registry.records import DwellingIn, ResidenceIn
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.clock import clock
from wangge.work.todos import actions, origins, outcomes, queries
from wangge.work.todos.models import Attempt

COMMUNITY = "420502001001"
LEFT, RIGHT = COMMUNITY + "001", COMMUNITY + "002"


class Heard:
    def __init__(self):
        self.endings = []

    def settled(self, todo, *, outcome, values, at, by):
        self.endings.append((todo.origin_ref, outcome, dict(values), at))


@pytest.fixture
def heard(monkeypatch):
    one = Heard()
    monkeypatch.setitem(origins._origins, "services", one)
    return one


@pytest.fixture(scope="module")
def standing(writing, installer, moment, tmp_path_factory):
    """For all tests of a module: two grids, a door and somebody behind it in each, and a home with the keys."""
    home = tmp_path_factory.mktemp("home")
    with writing(), override_settings(WANGGE_HOME=home), clock.moved(moment):
        return home, build(installer)


@pytest.fixture
def town(standing, db, at_moment, settings, tmp_path):
    home, town = standing
    settings.WANGGE_HOME = shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    return town


def build(installer):
    ground = shapely.to_wkb(shapely.box(111.0, 30.0, 111.2, 30.1))
    areas.load_divisions(
        rows=[
            DivisionRow("420502", "district", "西陵区"),
            DivisionRow("420502001", "street", "西陵街道", parent="420502"),
            DivisionRow(COMMUNITY, "community", "社区", parent="420502001", wkb=ground),
        ],
        by=installer,
    )
    built = areas.load_buildings(
        rows=[BuildingRow(lon, 30.05, plate=f"B{lon}", households=4) for lon in (111.05, 111.15)],
        by=installer,
    )
    grids = [
        GridRow(LEFT, shapely.to_wkb(shapely.box(111.0, 30.0, 111.1, 30.1))),
        GridRow(RIGHT, shapely.to_wkb(shapely.box(111.1, 30.0, 111.2, 30.1))),
    ]
    areas.put_in_force(plan=areas.draft_plan(grids=grids, memberships={}, by=installer), by=installer)
    doors = registry.load_dwellings(
        rows=[DwellingIn(b.building, "101", entrance="1") for b in built], by=installer
    )
    rows = pa.table({"row": [1, 2], "name": ["王秀兰", "张伟"], "phone": ["13800000001", "13800000002"]})
    persons = registry.add_persons(
        feed="base",
        department="grid",
        batch="base",
        rows=rows,
        observed_at=clock.now() - timedelta(days=400),
        by=installer,
    )
    registry.load_residences(
        rows=[ResidenceIn(p, d, "living") for p, d in zip(persons, doors, strict=True)], by=installer
    )
    actions.admit(
        code="allowance",
        kind="service",
        department="civil_affairs",
        name_zh="高龄津贴",
        name_en="Allowance",
        basis="演示",
        minutes=15,
        from_on=date(2026, 1, 1),
        by=installer,
    )
    return {"places": [b.place for b in built], "persons": persons}


@pytest.fixture
def push(town, installer, heard):
    def one(who=0, ref="e1", **more):
        said = {
            "admission": "allowance",
            "place": town["places"][who],
            "subject_kind": "person",
            "subject": town["persons"][who],
            "persons": [town["persons"][who]],
            "household": f"h{who}",
            "origin": ("services", ref),
            "title": ("高龄津贴", "Allowance"),
            "reason": ("满80岁，未在发放名册", "Over 80"),
            "elements": ["phone"],
            "purpose": "elderly_service",
            "due_at": clock.now() + timedelta(days=5),
            "by": installer,
        }
        return actions.push(**{**said, **more})

    return one


@pytest.fixture
def workers(user_with, at_moment):
    return user_with("w1", ("grid_worker", LEFT))[1], user_with("w2", ("grid_worker", RIGHT))[1]


def test_a_to_do_reaches_the_worker_of_its_place_with_its_reason_and_nobody_else(push, workers):
    uid = push()
    here, there = workers
    found = queries.inbox(here).doors[0].todos[0]
    assert (found.uid, found.grid, found.reason_zh) == (uid, LEFT, "满80岁，未在发放名册")
    assert queries.inbox(there).total == 0
    assert queries.counts(there).open == 0
    assert queries.todos(there).total == 0
    with pytest.raises(NotFound):
        queries.todo(there, uid)
    with pytest.raises(NotFound):
        actions.settle(todo=uid, outcome="settled", by=there)


def test_a_new_plan_takes_the_to_do_to_the_other_worker_and_moves_no_row(push, workers, installer):
    push()
    swapped = [
        GridRow(RIGHT, shapely.to_wkb(shapely.box(111.0, 30.0, 111.1, 30.1))),
        GridRow(LEFT, shapely.to_wkb(shapely.box(111.1, 30.0, 111.2, 30.1))),
    ]
    areas.put_in_force(
        plan=areas.draft_plan(grids=swapped, memberships={}, by=installer),
        by=installer,
        at=clock.now() + timedelta(minutes=1),
    )
    with clock.moved(clock.now() + timedelta(minutes=2)):
        here, there = workers
        assert queries.inbox(here).total == 0
        assert queries.inbox(there).total == 1


def test_what_is_not_on_the_published_list_today_does_not_enter(push, installer):
    with pytest.raises(Invalid, match="list"):
        push(admission="survey")
    actions.admit(
        code="flood",
        kind="service",
        department="water",
        name_zh="防汛",
        name_en="Flood",
        basis="急",
        minutes=5,
        urgent=True,
        from_on=date(2026, 7, 1),
        to_on=date(2026, 7, 30),
        by=installer,
    )
    with pytest.raises(Invalid, match="list"):
        push(admission="flood")


def test_an_urgent_matter_without_an_end_is_refused(town, installer):
    with pytest.raises(Invalid, match="ends"):
        actions.admit(
            code="flood",
            kind="service",
            department="water",
            name_zh="防汛",
            name_en="Flood",
            basis="急",
            minutes=5,
            urgent=True,
            from_on=date(2026, 7, 1),
            by=installer,
        )


def test_a_to_do_without_a_reason_is_refused(push):
    with pytest.raises(Invalid, match="reason"):
        push(reason=("", ""))


def test_the_same_origin_asks_once_while_it_is_open(push, workers):
    first = push()
    assert push() == first
    actions.settle(todo=first, outcome="not_needed", by=workers[0])
    assert push() != first


def test_settling_tells_the_origin_and_turns_what_was_found_into_a_fact(push, workers, heard, town):
    uid = push()
    actions.settle(todo=uid, outcome="settled", values={"phone": "13911112222"}, minutes=12, by=workers[0])
    assert heard.endings == [("e1", "settled", {"phone": "13911112222"}, clock.now())]
    assert people.person(workers[0], town["persons"][0]).phone == "139****2222"
    ended = queries.todo(workers[0], uid)
    assert (ended.state, ended.outcome, ended.minutes) == ("settled", "settled", 12)


def test_settled_twice_alike_it_stays_and_otherwise_the_second_is_told(push, workers, heard):
    uid = push()
    actions.settle(todo=uid, outcome="settled", by=workers[0])
    actions.settle(todo=uid, outcome="settled", by=workers[0])
    with pytest.raises(Conflict, match="settled"):
        actions.settle(todo=uid, outcome="not_needed", by=workers[0])
    assert len(heard.endings) == 1


def test_an_origin_that_fails_leaves_the_to_do_open(push, workers, monkeypatch):
    uid = push()

    class Broken:
        def settled(self, todo, **_):
            raise RuntimeError("no")

    monkeypatch.setitem(origins._origins, "services", Broken())
    with pytest.raises(RuntimeError):
        actions.settle(todo=uid, outcome="settled", values={"phone": "13911112222"}, by=workers[0])
    assert queries.todo(workers[0], uid).state == "open"
    assert not Attempt.objects.exists()


def test_nobody_at_home_keeps_it_open_for_another_day(push, workers, heard):
    uid = push()
    actions.settle(todo=uid, outcome="not_at_home", by=workers[0])
    assert heard.endings == []
    assert queries.inbox(workers[0]).total == 0
    with clock.moved(clock.now() + timedelta(days=3)):
        assert queries.inbox(workers[0]).total == 1


def test_only_what_was_asked_may_be_answered(push, workers):
    uid = push()
    with pytest.raises(Invalid, match="sex"):
        actions.settle(todo=uid, outcome="settled", values={"sex": "2"}, by=workers[0])
    with pytest.raises(Invalid, match="doesn't end"):
        actions.settle(todo=uid, outcome="passed", by=workers[0])


@pytest.mark.parametrize("minutes", [-5, 24 * 60 + 1, 10**30])
def test_no_visit_is_shorter_than_nothing_or_longer_than_a_day(push, workers, minutes):
    uid = push()
    with pytest.raises(Invalid, match="length of a visit"):
        actions.settle(todo=uid, outcome="settled", minutes=minutes, by=workers[0])
    assert queries.todo(workers[0], uid).state == "open"


def test_nothing_is_settled_before_its_time(push, workers, heard):
    later = clock.now() + timedelta(days=400)
    ended = actions.settle(todo=push(), outcome="settled", at=later, by=workers[0])
    assert ended.settled_at == heard.endings[0][3]
    assert ended.settled_at <= clock.now()


def test_the_task_in_hand_opens_the_person_until_it_ends(push, workers, town):
    uid = push()
    person = town["persons"][0]
    opened = people.open_person(workers[0], person, ["phone", "name"], task=actions.task_of(uid))
    assert {f.element: f.value for f in opened.facts} == {"phone": "13800000001", "name": "王秀兰"}
    with pytest.raises(Forbidden):
        people.open_person(workers[1], person, ["phone"], task=actions.task_of(uid))
    actions.settle(todo=uid, outcome="settled", by=workers[0])
    with pytest.raises(Forbidden):
        people.open_person(workers[0], person, ["phone"], task=actions.task_of(uid))


def test_one_visit_may_bring_several_matters(push, workers):
    actions.settle(todo=push(), outcome="settled", by=workers[0])
    assert queries.todo(workers[0], push(ref="same-day")).not_before is None


def test_in_the_same_month_a_second_visit_waits_for_the_next(push, workers, at_moment):
    with clock.moved(at_moment + timedelta(days=3)):
        actions.settle(todo=push(), outcome="settled", by=workers[0])
    with clock.moved(at_moment + timedelta(days=10)):
        waits = queries.todo(workers[0], push(ref="e2"))
        assert clock.local(waits.not_before).isoformat() == "2026-09-01T09:00:00+08:00"
        assert queries.inbox(workers[0]).total == 0
        assert queries.counts(workers[0]).waiting == 1


def test_withdrawn_nobody_is_asked_any_more(push, workers, town):
    uid = push()
    actions.withdraw(origin=("services", "e1"), why="no longer entitled", by=workers[0])
    assert queries.inbox(workers[0]).total == 0
    with pytest.raises(Forbidden):
        people.open_person(workers[0], town["persons"][0], ["phone"], task=actions.task_of(uid))


def test_without_anybody_on_duty_it_waits_for_the_grid_lead(push, user_with):
    push()
    _, lead = user_with("lead", ("grid_lead", COMMUNITY))
    assert queries.without_worker(lead, [RIGHT]).total == 1
    assert queries.without_worker(lead, [LEFT, RIGHT]).total == 0


def test_every_outcome_has_words_in_both_languages():
    for kind, ones in outcomes.KINDS.items():
        assert len({one.code for one in ones}) == len(ones), kind
        for one in ones:
            assert one.zh
            assert one.en


def test_many_matters_enter_like_one_and_none_twice(push, town, installer, workers):
    first = push(ref="e1")
    matters = [
        actions.Matter(
            town["places"][who], "person", town["persons"][who], ("services", ref), ("津贴", "Allowance"),
            ("满80岁", "Over 80"), household=f"h{who}", persons=(town["persons"][who],), elements=("phone",),
        )
        for who, ref in ((0, "e1"), (0, "e2"), (1, "e3"))
    ]  # fmt: skip
    uids = actions.push_all(admission="allowance", matters=matters, purpose="elderly_service", by=installer)
    assert uids[0] == first
    assert len(set(uids)) == 3
    assert actions.push_all(admission="allowance", matters=matters, by=installer) == uids
    here, there = workers
    assert {todo.uid for todo in queries.todos(here).items} == set(uids[:2])
    assert {todo.uid for todo in queries.todos(there).items} == {uids[2]}
    for uid, who in zip(uids[1:], (0, 1), strict=True):
        people.open_person(workers[who], town["persons"][who], ["phone"], task=actions.task_of(uid))


def test_the_open_to_do_of_an_origin_is_found_by_whoever_sees_it(push, workers):
    uid = push(who=1, ref="e7")
    here, there = workers
    assert queries.waiting_for(there, origin=("services", "e7")).uid == uid
    assert queries.waiting_for(here, origin=("services", "e7")) is None
    actions.settle(todo=uid, outcome="settled", by=there)
    assert queries.waiting_for(there, origin=("services", "e7")) is None


def test_a_worker_reads_the_minutes_of_each_department_and_nobody_else_s(push, workers, installer):
    here, there = workers
    one, other, theirs = push(), push(ref="e2", department="health"), push(who=1, ref="e3")
    actions.settle(todo=one, outcome="not_at_home", minutes=5, by=here)
    actions.settle(todo=one, outcome="settled", minutes=15, by=here)
    actions.settle(todo=other, outcome="settled", by=here)
    actions.settle(todo=theirs, outcome="settled", minutes=40, by=there)
    today = clock.today()
    found = queries.my_minutes(here, from_on=today, to_on=today)
    assert [(line.department, line.visits, line.todos, line.minutes) for line in found] == [
        ("civil_affairs", 2, 1, 20),
        ("health", 1, 1, 0),
    ]
    yesterday = today - timedelta(days=1)
    assert queries.my_minutes(here, from_on=yesterday, to_on=yesterday) == []
