"""What workers and residents saw: stored first, folded second; late, twice, out of order, from outside."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pyarrow as pa
import pytest

from wangge.ground.areas import queries as areas
from wangge.ground.registry import actions, queries, rows
from wangge.ground.registry.models import Observation, Person
from wangge.ground.registry.records import ObservationIn
from wangge.platform.access import actions as access
from wangge.platform.access import actors, purposes
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock

WEST1, WEST2 = "420502001001001", "420502001001002"
OLD, NEW, THIRD = "13800000001", "13800000002", "13800000003"


@pytest.fixture
def worker(town, user_with):
    return user_with("w", ("grid_worker", WEST1))[1]


@pytest.fixture
def colleague(town, user_with):
    return user_with("c", ("grid_worker", WEST1))[1]


@pytest.fixture
def neighbour(town, user_with):
    return user_with("n", ("grid_worker", WEST2))[1]


@pytest.fixture
def resident(feeds, lives, town):
    (uid,) = feeds.add(["王秀兰"])
    lives(uid, town[WEST1][0])
    return uid


def seen(person, value=NEW, element="phone", **more):
    at = more.pop("at", None) or clock.now()
    uid = more.pop("uid", None) or str(uuid4())
    return ObservationIn(uid=uid, subject=person, element=element, value=value, observed_at=at, **more)


def observe(by, *observations):
    return actions.observe(observations=observations, by=by)


def task_for(person, task="todo:1"):
    purposes.give(
        holder=purposes.at_place(queries.place_of_person(person)), subjects=[person], task=task,
        purpose="base_register",
    )  # fmt: skip
    return task


# At the door


def test_what_was_seen_becomes_a_fact(resident, worker, held):
    (done,) = observe(worker, seen(resident))
    assert (done.state, done.duplicate, done.conflict) == ("folded", False, None)
    assert held(resident, "phone") == NEW
    row = Observation.objects.get()
    assert (row.value, row.actor, row.voice, row.folded_version) == (
        NEW,
        worker.id,
        "@door",
        held(resident, "version"),
    )
    assert Entry.objects.get(verb="registry.observe").details == {"elements": ["phone"], "states": ["folded"]}


def test_sent_twice_it_counts_once(resident, worker, held):
    one = seen(resident)
    first = observe(worker, one)
    version = held(resident, "version")
    (again,) = observe(worker, one)
    assert (again.uid, again.state, again.duplicate) == (first[0].uid, "folded", True)
    assert [o.duplicate for o in observe(worker, one, one)] == [True, True]
    assert Observation.objects.count() == 1
    assert held(resident, "version") == version


def test_different_elements_merge_whatever_their_base(resident, worker, colleague, held):
    base = held(resident, "version")
    observe(worker, seen(resident, base_version=base))
    (done,) = observe(colleague, seen(resident, "学院路9号", "living_address", base_version=base))
    assert done.state == "folded"
    assert held(resident, "phone", "living_address") == (NEW, "学院路9号")


def test_the_order_in_which_a_phone_delivers_does_not_matter(resident, worker, held):
    early = seen(resident, OLD, at=clock.now() - timedelta(days=2))
    observe(worker, seen(resident, NEW, at=clock.now() - timedelta(days=1)))
    observe(worker, early)
    assert held(resident, "phone") == NEW


def test_under_a_task_it_is_the_confirmation_and_corrects_the_department(resident, worker, feeds, held):
    feeds.say(resident, "police", batch="p", name="王秀蓝", on="2026-02-01")
    task = task_for(resident)
    (done,) = observe(worker, seen(resident, "王秀兰", "name", task=task))
    assert (done.state, done.conflict) == ("folded", None)
    (correction,) = done.corrections
    assert (correction.kind, correction.held, correction.offered) == ("correct", "王秀兰", "王秀蓝")
    assert (correction.offered_source.department, correction.offered_source.batch) == ("police", "p")
    assert held(resident, "name") == "王秀兰"
    feeds.say(resident, "police", name="王秀蓝", on="2026-08-01")
    assert held(resident, "name") == "王秀兰"


def test_without_a_task_the_authority_stands_until_the_next_visit(resident, worker, held):
    (done,) = observe(worker, seen(resident, "王秀蓝", "name"))
    assert (done.state, done.conflict.kind, done.conflict.held) == ("conflict", "next_visit", "王秀兰")
    assert held(resident, "name") == "王秀兰"


@pytest.mark.parametrize("task", ["todo:other", "todo:1"])
def test_a_task_that_is_not_in_hand_confirms_nothing(resident, worker, feeds, held, task):
    purposes.end(task=task_for(resident))
    (done,) = observe(worker, seen(resident, "王秀蓝", "name", task=task))
    assert done.conflict.kind == "next_visit"
    assert held(resident, "name") == "王秀兰"


def test_two_workers_who_did_not_see_each_other_are_for_the_supervisor(resident, worker, colleague, held):
    base = held(resident, "version")
    observe(worker, seen(resident, OLD, base_version=base, at=clock.now() - timedelta(hours=1)))
    (done,) = observe(colleague, seen(resident, NEW, base_version=base))
    assert (done.state, done.conflict.kind) == ("conflict", "supervisor")
    assert {done.conflict.held, done.conflict.offered} == {OLD, NEW}
    assert {o.value for o in Observation.objects.all()} == {OLD, NEW}
    assert held(resident, "phone") == NEW


def test_what_is_in_conflict_waits_until_somebody_looks_again(
    resident, worker, colleague, neighbour, user_with, held
):
    base = held(resident, "version")
    observe(worker, seen(resident, OLD, base_version=base, at=clock.now() - timedelta(hours=1)))
    observe(colleague, seen(resident, NEW, base_version=base))
    _, lead = user_with("lead", ("grid_lead", "420502001001"))
    (waiting,) = queries.contested(lead)
    assert (waiting.person, waiting.element, waiting.name) == (resident, "phone", "王*兰")
    assert queries.contested(neighbour) == []
    with clock.moved(clock.now() + timedelta(hours=1)):
        observe(lead, seen(resident, OLD, base_version=held(resident, "version")))
    assert queries.contested(lead) == []
    assert held(resident, "phone") == OLD


def test_a_worker_who_knew_of_the_other_just_renews(resident, worker, colleague, held):
    observe(worker, seen(resident, OLD, at=clock.now() - timedelta(hours=1)))
    (done,) = observe(colleague, seen(resident, NEW, base_version=held(resident, "version")))
    assert (done.state, done.conflict) == ("folded", None)


def test_that_there_is_none_can_be_seen(resident, worker, feeds, held):
    feeds.say(resident, "health", phone=OLD)
    (done,) = observe(worker, seen(resident, None, task=task_for(resident)))
    assert held(resident, "phone") is None
    assert (done.corrections[0].held, done.corrections[0].offered) == (None, OLD)


def test_a_phone_whose_clock_runs_ahead_wins_nothing(resident, worker, colleague, held):
    observe(worker, seen(resident, OLD, at=clock.now() + timedelta(days=4000)))
    with clock.moved(clock.now() + timedelta(days=1)):
        observe(colleague, seen(resident, NEW))
    assert held(resident, "phone") == NEW


# From outside, and before its time


def test_a_household_that_moved_away_is_routed_and_adopted(
    resident, worker, neighbour, town, installer, held
):
    actions.reside(person=resident, dwelling=town[WEST2][0], relation="living", by=installer)
    (done,) = observe(worker, seen(resident))
    assert done.state == "routed"
    assert held(resident, "phone") is None
    assert queries.routed(worker) == []
    (waiting,) = queries.routed(neighbour)
    assert (waiting.uid, waiting.person, waiting.element, waiting.name) == (
        done.uid,
        resident,
        "phone",
        "王*兰",
    )
    with pytest.raises(NotFound):
        actions.adopt(observation=done.uid, by=worker)
    assert actions.adopt(observation=done.uid, by=neighbour).state == "folded"
    assert held(resident, "phone") == NEW
    assert queries.routed(neighbour) == []
    assert observe(worker, seen(resident, uid=done.uid))[0].state == "folded"


def test_what_was_routed_follows_a_merge(resident, worker, neighbour, town, installer, feeds, lives):
    actions.reside(person=resident, dwelling=town[WEST2][0], relation="living", by=installer)
    (done,) = observe(worker, seen(resident))
    (keep,) = feeds.add(["王秀兰"])
    actions.merge(keep=keep, gone=resident, by=installer)
    assert [one.person for one in queries.routed(neighbour)] == [keep]
    assert actions.adopt(observation=done.uid, by=neighbour).state == "folded"


def test_a_task_goes_with_the_household(resident, worker, town, installer, held):
    """The to-do stands at the old door: whoever is on duty there may still say what was found."""
    task = task_for(resident)
    actions.reside(person=resident, dwelling=town[WEST2][0], relation="living", by=installer)
    (done,) = observe(worker, seen(resident, task=task))
    assert done.state == "folded"
    assert held(resident, "phone") == NEW


def test_a_child_before_its_parent_waits(town, worker, installer, feeds, held):
    uid = str(uuid4())
    (done,) = observe(worker, seen(uid))
    assert done.state == "waiting"
    actions.add_persons(
        feed="f", department="police", batch="b", rows=pa.table({"row": [2], "uid": [uid], "name": ["王小宝"]}),
        observed_at=clock.now(), by=installer,
    )  # fmt: skip
    # Nobody knows yet where the child lives: it is kept for whoever will.
    assert Observation.objects.get().state == "routed"
    assert held(uid, "name") == "王小宝"


def test_stored_comes_before_folded(resident, worker, monkeypatch, held):
    """Should the fold fail, what was seen is not lost; sent again it folds."""
    one = seen(resident)

    def fails(*_):
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(rows.Row, "hear", fails)
        observe(worker, one)
    assert Observation.objects.get().state == "stored"
    (done,) = observe(worker, one)
    assert (done.state, done.duplicate) == ("folded", True)
    assert held(resident, "phone") == NEW


# Who may, and what


def test_only_the_field_observes_and_residents_themselves(resident, user_with, town):
    _, officer = user_with("o", ("data_officer",))
    with pytest.raises(Forbidden):
        observe(officer, seen(resident))
    assert not Observation.objects.exists()


def test_a_resident_speaks_for_herself(resident, user_with, feeds, installer, held):
    uid, _ = user_with("r")
    access.bind_person(user=uid, person=resident, by=installer)
    her = actors.of_id(f"user:{uid}")
    (done,) = observe(her, seen(resident))
    assert done.state == "folded"
    (done,) = observe(her, seen(resident, "王秀蓝", "name"))
    assert done.conflict.kind == "next_visit"
    (other,) = feeds.add(["张伟"])
    with pytest.raises(Forbidden):
        observe(her, seen(resident), seen(other))


@pytest.mark.parametrize(
    "wrong",
    [
        {"element": "religion", "value": "x"},
        {"element": "birth_date", "value": "yesterday"},
        {"subject": "nobody"},
        {"uid": "1"},
        {"observed_at": clock.real_now().replace(tzinfo=None)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_can_not_be_is_refused_and_not_stored(resident, worker, wrong):
    one = seen(resident).model_copy(update=wrong)
    with pytest.raises(Invalid):
        observe(worker, one)
    assert not Observation.objects.exists()


def test_an_id_of_somebody_else_is_refused(resident, worker, colleague):
    one = seen(resident)
    observe(worker, one)
    with pytest.raises(Conflict):
        observe(colleague, one)
    with pytest.raises(Conflict):
        observe(worker, seen(resident, uid=one.uid, element="living_address", value="x"))


def test_values_are_not_in_logs(resident):
    assert NEW not in repr(seen(resident))
    assert areas.area_of_place(queries.place_of_person(resident)) == WEST1
    assert Person.objects.get(uid=resident).home is not None
