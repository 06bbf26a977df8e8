"""Somebody new behind a door: nobody is made twice, nothing is overwritten, and a number of another name moves nobody."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from wangge.cores.linkage.identifiers import id_check_digit
from wangge.ground.registry import actions, queries
from wangge.ground.registry.models import Household, Observation, Person, Residence
from wangge.platform.access.errors import Forbidden, Invalid, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock

WEST1, EAST1 = "420502001001001", "420502001002001"
BODY = "42050219680312004"
NUMBER = BODY + id_check_digit(BODY)
CHILD = {"name": "王小宝", "sex": "1", "birth_date": "2026-01-02"}
TENANT = {
    "name": "赵海燕",
    "sex": "2",
    "birth_date": "1968-03-12",
    "id_kind": "resident_id",
    "id_number": NUMBER,
}


@pytest.fixture
def worker(town, user_with):
    return user_with("w", ("grid_worker", WEST1))[1]


@pytest.fixture
def door(town):
    return town[WEST1][0]


@pytest.fixture
def welcome(worker, door):
    def act(values=TENANT, how="moved_in", **more):
        said = {
            "uid": str(uuid4()),
            "dwelling": door,
            "on": clock.today(),
            "observed_at": clock.now(),
            "by": worker,
        }
        return actions.welcome(**{**said, "values": values, "how": how, **more})

    return act


def relations(person):
    rows = Residence.objects.filter(person__uid=person, to_on=None)
    return sorted(rows.values_list("relation", "dwelling__uid"))


def test_a_child_lives_behind_the_door_and_belongs_to_the_household(welcome, door, held):
    home = Household.objects.create(
        dwelling_id=Residence.dwelling.field.related_model.objects.get(uid=door).pk
    )
    done = welcome(CHILD, "born", on=date(2026, 1, 2))
    assert (done.known, done.contradicts, done.conflicts) == (False, False, [])
    assert held(done.person, "name", "sex", "lives_here", "id_number") == ("王小宝", "1", True, None)
    assert queries.household_of(done.person) == str(home.uid)
    assert {one.voice for one in Observation.objects.filter(subject=done.person)} == {"@door"}
    assert Entry.objects.get(verb="registry.welcome").details["known"] is False


def test_an_empty_door_gets_its_household_and_a_tenant_their_own(welcome, door):
    first = welcome(how="moved_in")
    other = welcome({**CHILD, "name": "租客"}, "let")
    assert queries.household_of(first.person) != queries.household_of(other.person)
    assert [one for one, _ in relations(other.person)] == ["living", "tenant"]


def test_told_twice_by_two_workers_it_is_one_child(welcome):
    first, again = welcome(CHILD, "born"), welcome(CHILD, "born")
    assert (again.person, again.known, Person.objects.count()) == (first.person, True, 1)
    assert len(relations(first.person)) == 1


def test_whoever_has_the_number_is_that_person_and_moves_here(welcome, feeds, lives, town, door, held):
    (uid,) = feeds.add(["赵海燕"], id_number=[NUMBER], phone=["13800000001"])
    lives(uid, town[EAST1][0])
    done = welcome({**TENANT, "phone": "13800000002"}, "let")
    assert (done.person, done.known) == (uid, True)
    assert {str(at) for _, at in relations(uid)} == {door}
    assert held(uid, "lives_here") is True
    assert Residence.objects.get(person__uid=uid, dwelling__uid=town[EAST1][0]).to_on == clock.today()


def test_a_number_of_another_name_moves_nobody_and_both_names_are_kept(welcome, feeds, lives, town, held):
    (uid,) = feeds.add(["周建国"], id_number=[NUMBER])
    lives(uid, town[EAST1][0])
    done = welcome({**TENANT, "phone": "13800000002"})
    assert (done.person, done.contradicts) == (uid, True)
    assert held(uid, "name", "phone") == ("周建国", None)
    assert [str(at) for _, at in relations(uid)] == [town[EAST1][0]]
    assert Person.objects.count() == 1
    (kept,) = Observation.objects.all()
    assert (kept.element, kept.value, kept.state) == ("name", "赵海燕", "routed")


def test_at_a_door_of_ones_own_it_is_a_conflict_for_the_lead(welcome, feeds, lives, town, user_with, held):
    (uid,) = feeds.add(["周建国"], id_number=[NUMBER])
    lives(uid, town[WEST1][1])
    done = welcome()
    assert (done.contradicts, done.conflicts) == (True, ["name"])
    lead = user_with("lead", ("grid_lead", "420502001001"))[1]
    assert [(one.person, one.element) for one in queries.contested(lead)] == [(uid, "name")]
    assert held(uid, "name") == "周建国"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({**TENANT, "id_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "not_a_value"),
        ({**TENANT, "birth_date": "1968-03-13"}, "other_birthday"),
        ({**TENANT, "lives_alone": "yes"}, "not_asked"),
        ({**TENANT, "religion": "x"}, "not_asked"),
        ({"name": "赵海燕"}, "incomplete"),
        ({**CHILD, "birth_date": "2999-01-01"}, "not_born"),
        ({**TENANT, "phone": "没有电话"}, "not_a_value"),
        ({**TENANT, "birth_date": "昨天"}, "not_a_value"),
    ],
)
def test_what_cannot_be_or_is_not_asked_makes_nobody(welcome, values, code):
    with pytest.raises(Invalid) as refused:
        welcome(values)
    assert refused.value.code == code
    assert (Person.objects.count(), Observation.objects.count()) == (0, 0)


def test_only_behind_ones_own_doors(welcome, town, user_with):
    with pytest.raises(NotFound):
        welcome(dwelling=town[EAST1][0])
    with pytest.raises(Forbidden):
        welcome(by=user_with("clerk", ("acceptor",))[1])


def test_not_on_a_day_to_come(welcome):
    with pytest.raises(Invalid) as refused:
        welcome(on=clock.today() + timedelta(days=1))
    assert refused.value.code == "not_yet"
