"""Who lives where, what follows from it, and what stands behind a door."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wangge.ground.areas import queries as areas
from wangge.ground.registry import actions, queries
from wangge.ground.registry.models import Dissent, Dwelling, Residence
from wangge.ground.registry.records import DwellingIn, HouseholdIn, KinIn, OrganisationIn, PartIn, ResidenceIn
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock

WEST1, WEST2, EAST1 = "420502001001001", "420502001001002", "420502001002001"


def test_what_follows_from_relations(feeds, town, lives, held):
    one, other, away = feeds.add(["王秀兰", "张伟", "李娜"])
    door = town[WEST1][0]
    derived = ("lives_here", "registered_here", "lives_alone")
    assert held(one, *derived) == (None, None, None)
    lives(one, door)
    assert held(one, *derived) == (True, False, True)
    lives(other, door)
    assert held(one, *derived) == (True, False, False)
    lives(away, door, "registered")
    assert held(away, *derived) == (False, True, None)
    assert held(one, "lives_alone") is False
    assert queries.place_of_person(away) == queries.place_of_person(one)


def test_where_one_lives_comes_before_where_one_is_registered(feeds, town, lives):
    (one,) = feeds.add()
    lives(one, town[WEST1][0], "registered")
    assert Dwelling.objects.get(people__uid=one).uid.hex == town[WEST1][0].replace("-", "")
    lives(one, town[EAST1][0])
    assert Dwelling.objects.get(people__uid=one).uid.hex == town[EAST1][0].replace("-", "")


def test_moving_ends_one_relation_and_begins_another(feeds, town, lives, installer, held):
    one, mate = feeds.add(["王秀兰", "张伟"])
    for person in (one, mate):
        lives(person, town[WEST1][0])
    actions.reside(person=mate, dwelling=town[WEST1][1], relation="living", by=installer)
    assert (held(one, "lives_alone"), held(mate, "lives_alone")) == (True, True)
    old, new = Residence.objects.filter(person__uid=mate, relation="living").order_by("pk")
    assert (old.to_on, new.from_on, new.to_on) == (clock.today(), clock.today(), None)
    actions.reside(person=mate, dwelling=town[WEST1][1], relation="living", by=installer)
    assert Residence.objects.filter(person__uid=mate).count() == 2
    assert actions.leave(person=mate, relation="living", by=installer) == 1
    assert held(mate, "lives_here") is False


def test_a_change_of_door_alone_is_a_change_too(feeds, town, lives, installer):
    (one,) = feeds.add()
    lives(one, town[WEST1][0])
    place, _ = queries.changed_since(0, 100)
    actions.reside(person=one, dwelling=town[WEST1][1], relation="living", by=installer)
    assert queries.changed_since(place, 100)[1] == [one]


def test_a_worker_changes_relations_in_her_own_grid_only(feeds, town, lives, user_with):
    _, worker = user_with("w", ("grid_worker", WEST1))
    here, there = feeds.add(["王秀兰", "张伟"])
    lives(here, town[WEST1][0])
    lives(there, town[WEST2][0])
    assert actions.leave(person=here, relation="living", by=worker) == 1
    with pytest.raises(NotFound):
        actions.leave(person=there, relation="living", by=worker)


def test_dates_pass_by_themselves(feeds, town, lives, installer, held, at_moment):
    """A tenancy that ends changes what holds without anybody writing a row."""
    one, mate = feeds.add(["王秀兰", "张伟"])
    end = clock.today() + timedelta(days=3)
    lives(one, town[WEST1][0])
    lives(mate, town[WEST1][0], to_on=end)
    assert held(one, "lives_alone") is False
    with clock.moved(at_moment + timedelta(days=3)):
        assert actions.turn_days(after=end - timedelta(days=1), upto=end, by=installer) == 2
        assert (held(one, "lives_alone"), held(mate, "lives_here")) == (True, False)


def test_a_worker_who_saw_otherwise_is_heard(feeds, town, lives, held):
    (one,) = feeds.add()
    lives(one, town[WEST1][0])
    feeds.say(one, "civil_affairs", on="2026-08-05", lives_alone=False)
    assert held(one, "lives_alone") is False
    assert Dissent.objects.get(element="lives_alone").voice == "@home"


def test_loads_can_be_repeated(feeds, town, installer, lives):
    one, other = feeds.add(["王秀兰", "张伟"])
    building = Dwelling.objects.get(uid=town[WEST1][0]).building_id
    again = actions.load_dwellings(rows=[DwellingIn(building, "101", "1", 1, None, "N1")], by=installer)
    assert again == [town[WEST1][0]]
    rows = [HouseholdIn(town[WEST1][0], (one, other), "H1")]
    first = actions.load_households(rows=rows, by=installer)
    assert actions.load_households(rows=rows, by=installer) == first
    assert queries.household_of(one) == queries.household_of(other) == first[0]
    for _ in range(2):
        lives(one, town[WEST1][0], from_on=date(2020, 1, 1))
        actions.load_kin(rows=[KinIn(one, other, "10")], by=installer)
    assert Residence.objects.count() == 1
    lives(one, town[WEST1][0], from_on=date(2020, 1, 1), to_on=date(2026, 1, 1))
    assert Residence.objects.get().to_on == date(2026, 1, 1)
    assert queries.dwellings_edition()[0] == len(list(queries.every_door())) == 16


@pytest.fixture
def household(feeds, town, installer, lives):
    """Three people behind a door: one lives and is registered there, one only lives, one is only registered."""
    here, moved_in, moved_out = people = feeds.add(
        ["王秀兰", "张小明", "王建国"], birth_date=[date(1944, 5, 12), date(2000, 1, 2), date(1970, 3, 4)]
    )
    door = town[WEST1][0]
    for person, relation in (
        (here, "living"), (here, "registered"), (moved_in, "living"), (moved_in, "tenant"), (moved_out, "registered"),
    ):  # fmt: skip
        lives(person, door, relation, from_on=date(2020, 1, 1))
    (uid,) = actions.load_households(rows=[HouseholdIn(door, (here, moved_out), "H1")], by=installer)
    return uid, door, people


def test_a_household_shows_who_is_here_and_who_is_not(household, user_with):
    uid, door, (here, moved_in, moved_out) = household
    _, worker = user_with("w", ("grid_worker", WEST1))
    card = queries.household(worker, household=uid)
    assert card.presence == {here: "here", moved_in: "moved_in", moved_out: "moved_out"}
    assert [p.name for p in card.people] == ["王*兰", "王*国", "张*明"]
    assert card.dwelling.area == WEST1
    assert {r.relation for r in card.relations if r.person == moved_in} == {"living", "tenant"}
    assert queries.household(worker, dwelling=door) == card
    assert queries.household_at_plate(worker, card.dwelling.plate).households == [card]


def test_a_building_plate_opens_all_its_doors(household, user_with, town):
    _, worker = user_with("w", ("grid_worker", WEST1))
    plate = queries.household_at_plate(worker, "B1001")
    assert (plate.kind, [h.dwelling.uid for h in plate.households]) == ("building", town[WEST1])


def test_a_door_in_another_grid_is_not_there(household, user_with):
    uid, door, _ = household
    _, neighbour = user_with("n", ("grid_worker", WEST2))
    for asked in ({"household": uid}, {"dwelling": door}):
        with pytest.raises(NotFound):
            queries.household(neighbour, **asked)
    for plate in ("B1001-1", "B1001", "unknown"):
        with pytest.raises(NotFound):
            queries.household_at_plate(neighbour, plate)


# A worker's phone


def test_a_bundle_holds_what_a_door_needs_and_no_more(
    household, user_with, feeds, django_assert_max_num_queries
):
    uid, _, (here, moved_in, moved_out) = household
    feeds.say(here, "health", on="2025-01-01", phone="13812345521", living_address="学院路1号")
    feeds.say(here, "disabled_federation", id_number="110105194912310021", disability_level=2, name="王秀兰")
    _, worker = user_with("w", ("grid_worker", WEST1))
    with django_assert_max_num_queries(10):
        bundle = queries.grid_bundle(worker, WEST1)
    assert [h.uid for h in bundle.households] == [uid]
    assert len(bundle.dwellings) == 4
    people = {p.uid: p for p in bundle.people}
    assert people.keys() == {here, moved_in, moved_out}
    assert (people[here].name, people[here].birth_year, people[here].phone) == (
        "王秀兰",
        "1944",
        "138****5521",
    )
    whole = bundle.model_dump_json()
    assert not [
        v for v in ("13812345521", "110105194912310021", "1944-05-12", "disability", "H1") if v in whole
    ]


def test_what_is_held_and_fresh_is_not_asked_again(household, user_with, feeds):
    _, _, (here, moved_in, _) = household
    feeds.say([here, moved_in], "health", on="2026-07-01", phone=["13812345521", None])
    feeds.say(moved_in, "health", on="2025-06-01", phone="13812345522")
    _, worker = user_with("w", ("grid_worker", WEST1))
    ask = {p.uid: p.ask for p in queries.grid_bundle(worker, WEST1).people}
    assert "phone" not in ask[here]
    assert "phone" in ask[moved_in]
    assert "lives_here" not in ask[here]
    assert "living_address" in ask[here]
    assert not {"lives_alone", "name", "registered_here"} & {code for codes in ask.values() for code in codes}


def test_a_bundle_is_for_the_grid_on_duty(household, user_with):
    _, neighbour = user_with("n", ("grid_worker", WEST2))
    for grid in (WEST1, "420502001001", ""):
        with pytest.raises(NotFound):
            queries.grid_bundle(neighbour, grid)


# Organisations and parts


def test_organisations_and_parts_lie_in_areas(town, installer, user_with):
    place = areas.building_by_plate("B1001").place
    rows = [
        OrganisationIn("学苑超市", "91350100M000100Y43", "shop", "学院路1号", place),
        OrganisationIn("流动摊"),
    ]
    first = actions.load_organisations(rows=rows, by=installer)
    assert actions.load_organisations(rows=rows, by=installer) == first
    parts = [
        PartIn(f"42050201010000{n:02d}", "0101", 111.02 + n * 0.05, 30.06, "井盖", "water") for n in range(2)
    ]
    assert actions.load_parts(rows=parts, by=installer) == actions.load_parts(rows=parts, by=installer) == 2
    _, worker = user_with("w", ("grid_worker", WEST1))
    _, officer = user_with("o", ("data_officer",))
    assert [o.name for o in queries.organisations(worker).items] == ["学苑超市"]
    assert queries.organisations(officer).total == 2
    assert queries.organisations(officer, search="91350100M000100Y43").total == 1
    assert [p.code for p in queries.parts(worker).items] == ["4205020101000000"]
    assert queries.parts(officer).total == queries.parts(officer, class_code="0101").total == 2
    assert queries.parts(officer, area=WEST2).total == 1


def test_loads_leave_a_row_a_chunk(feeds, town, lives):
    (one,) = feeds.add()
    lives(one, town[WEST1][0])
    assert Entry.objects.filter(verb="registry.load_residence").count() == 1
    assert Entry.objects.filter(verb="registry.load_dwelling").count() == 1


def test_a_relation_to_nowhere_is_refused(feeds, installer, town):
    (one,) = feeds.add()
    for person, dwelling in ((one, one), (town[WEST1][0], town[WEST1][0])):
        with pytest.raises(NotFound):
            actions.load_residences(rows=[ResidenceIn(person, dwelling, "living")], by=installer)
