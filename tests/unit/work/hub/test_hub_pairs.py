"""A decision about a pair is taken back whole: both are what they were, the pair waits again, and the trail says so."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pytest

from wangge.ground.registry import actions as registry
from wangge.ground.registry import columns
from wangge.ground.registry import queries as people
from wangge.ground.registry.models import Link, Person
from wangge.platform.access import actors
from wangge.platform.access.errors import Conflict, Forbidden, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock
from wangge.work.hub import actions, pairs
from wangge.work.hub.models import Feed, UnsurePair

pytestmark = pytest.mark.django_db
LI_QIANG = 6
"""The sheet's row of somebody whom nobody knew."""


@pytest.fixture
def pair(delivered, known):
    return UnsurePair.objects.create(
        delivery=delivered, row=LI_QIANG, person=known, probability=0.7, weights=[]
    )


@pytest.fixture
def stranger(feed, request, known):
    """The same pair where the feed makes nobody known: the row means nobody."""
    Feed.objects.filter(code=feed).update(makes_persons=False)
    delivered = request.getfixturevalue("delivered")
    assert not Link.objects.filter(row=LI_QIANG, batch__batch=str(delivered.uid)).exists()
    return UnsurePair.objects.create(
        delivery=delivered, row=LI_QIANG, person=known, probability=0.7, weights=[]
    )


def facts(by):
    elements = ["name", "id_number", "sex", "birth_date", "phone", "living_address"]
    return sorted(
        columns.columns(purpose="linking", elements=elements, by=by).to_pylist(),
        key=lambda one: one["person"],
    )


def decided(pair, answer, by):
    return actions.decide_pair(pair=str(pair.uid), answer=answer, by=by)


def undone(pair, by):
    return actions.undo_pair(pair=str(pair.uid), by=by)


@pytest.mark.parametrize("which", ["pair", "stranger"])
def test_one_person_become_two_again_with_what_was_theirs(which, request, officer, installer):
    pair = request.getfixturevalue(which)
    before, persons, links = facts(installer), Person.objects.count(), Link.objects.count()
    assert decided(pair, "same", officer).state == "same"
    assert facts(installer) != before or which == "stranger"
    assert undone(pair, officer).state == "open"
    assert facts(installer) == before
    assert (Person.objects.count(), Link.objects.count()) == (persons, links)
    pair.refresh_from_db()
    assert (pair.decided_by, pair.decided_at, pair.kept, pair.joined) == ("", None, "", "")
    last = Entry.objects.filter(verb="hub.undo_pair").get()
    assert (last.actor, last.object_id, last.details) == (officer.id, str(pair.uid), {"answer": "same"})
    assert decided(pair, "same", officer).state == "same"  # and it may be decided again


@pytest.mark.parametrize("which", ["pair", "stranger"])
def test_what_is_said_meanwhile_stays(which, request, officer, installer, known):
    pair = request.getfixturevalue(which)
    decided(pair, "same", officer)
    row = pa.table({"person": [known], "row": [3], "phone": ["13700000000"]})
    registry.fold_rows(
        feed="police", department="police", batch="b2", rows=row, observed_at=clock.now() + timedelta(minutes=5),
        by=installer,
    )  # fmt: skip
    undone(pair, officer)
    (hers,) = [one for one in facts(installer) if one["person"] == known]
    assert (hers["name"], hers["phone"]) == ("王秀兰", "13700000000")


def test_same_may_be_decided_otherwise(pair, officer, known):
    decided(pair, "same", officer)
    mine = UnsurePair.objects.get(pk=pair.pk).joined
    assert people.current(mine) == known
    assert decided(pair, "different", officer).state == "different"
    assert people.current(mine) == mine


def test_different_is_taken_back(pair, officer):
    decided(pair, "different", officer)
    assert undone(pair, officer).state == "open"


def test_a_question_at_the_door_is_withdrawn(pair, officer, monkeypatch):
    withdrawn = []
    monkeypatch.setattr(pairs, "_ask", lambda row, by: None)
    monkeypatch.setattr(pairs.todos, "withdraw", lambda **said: withdrawn.append(said["origin"]))
    decided(pair, "at_the_door", officer)
    assert undone(pair, officer).state == "open"
    assert withdrawn == [("hub", f"pair:{pair.uid}")]


def test_an_open_pair_stays_open_and_leaves_no_row(pair, officer):
    assert undone(pair, officer).state == "open"
    assert not Entry.objects.filter(verb="hub.undo_pair").exists()


def test_what_a_worker_found_at_the_door_is_not_taken_back_at_a_desk(pair, officer, user_with):
    worker = user_with("w", ("grid_worker", "420502001001001"))[1]
    monkey = UnsurePair.objects.filter(pk=pair.pk)
    monkey.update(state="at_the_door", decided_by=officer.id, decided_at=clock.now())
    pairs.settled_at_door(pair=str(pair.uid), outcome="confirmed", by=worker)
    with pytest.raises(Conflict, match="at the door"):
        undone(pair, officer)
    assert UnsurePair.objects.get(pk=pair.pk).state == "same"


def test_values_that_went_straight_into_the_facts_stay_and_so_does_the_decision(stranger, officer, known):
    """As rows were joined before: the row itself means the person."""
    row = pairs._standard_row(stranger).append_column("person", pa.array([known]))
    registry.fold_rows(
        feed="roster", department="civil_affairs", batch=str(stranger.delivery.uid), rows=row,
        observed_at=clock.now(), by=actors.system("data_day"),
    )  # fmt: skip
    UnsurePair.objects.filter(pk=stranger.pk).update(
        state="same", decided_by=officer.id, decided_at=clock.now()
    )
    with pytest.raises(Conflict, match="can't be told apart"):
        undone(stranger, officer)
    assert UnsurePair.objects.get(pk=stranger.pk).state == "same"


def test_whoever_may_not_review_may_not_undo(pair, officer, user_with):
    clerk = user_with("clerk", ("department_clerk", "", "civil_affairs"))[1]
    with pytest.raises(Forbidden):
        undone(pair, clerk)
    with pytest.raises(NotFound):
        actions.undo_pair(pair="01a2226b-f945-7e67-a7de-2e6dcbffb086", by=officer)
