"""Two who are one, and one who are two: nobody else is rewritten, and nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.ground.registry import actions, queries
from wangge.ground.registry.models import ELEMENT_COLUMNS, Dissent, Link, Person, Residence
from wangge.ground.registry.records import ObservationIn
from wangge.ground.registry.sources import read
from wangge.platform.access.errors import Conflict, NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock

WEST1, WEST2 = "420502001001001", "420502001001002"


@pytest.fixture
def twice(feeds):
    """One person who was registered twice: each record knows something else."""
    keep, gone = feeds.add(["王秀兰", "王秀蘭"])
    feeds.say(keep, "health", on="2026-03-01", phone="13800000001")
    feeds.say(gone, "civil_affairs", on="2026-04-01", phone="13800000002", receiving_old_age_allowance=True)
    return keep, gone


def state(person):
    """Facts, dissents and sources of a person, but for what follows from dwellings (it is derived anew)."""
    row = Person.objects.get(uid=person)
    facts = {code: getattr(row, code) for code in ELEMENT_COLUMNS}
    dissents = sorted((d.element, d.voice, d.value) for d in Dissent.objects.filter(person=row))
    said = {
        c: frozenset((s.voice, s.token, s.last, s.ref) for s in ones) for c, ones in read(row.sources).items()
    }
    home = row.home_id
    return (
        facts,
        dissents,
        {c: ones for c, ones in said.items() if c not in ("lives_here", "registered_here", "lives_alone")},
        home,
    )


def test_one_stands_for_both(twice, installer, held):
    keep, gone = twice
    found = actions.merge(keep=keep, gone=gone, by=installer)
    assert queries.current(gone) == queries.current(keep) == keep
    assert queries.currents([gone, keep]) == {gone: keep, keep: keep}
    assert set(queries.all_ids(gone)) >= {keep, gone}
    assert held(keep, "receiving_old_age_allowance") is True
    assert [(c.element, c.kind, c.held) for c in found if c.element == "phone"] == [
        ("phone", "confirm", "13800000002")
    ]
    assert Entry.objects.get(verb="registry.merge").details["subjects"] == [keep, gone]


def test_what_is_said_of_either_goes_to_the_one_who_stands(twice, installer, feeds, held):
    keep, gone = twice
    actions.merge(keep=keep, gone=gone, by=installer)
    assert feeds.say(gone, "housing", tenure="owner", batch="h").changed == [keep]
    assert held(keep, "tenure") == "owner"
    assert {one.person for one in queries.links(installer, batch="h")} == {keep}
    assert {one.department for one in queries.links(installer, person=keep)} >= {
        "health",
        "civil_affairs",
        "housing",
    }
    actions.split(keep=keep, gone=gone, by=installer)
    assert (held(keep, "tenure"), held(gone, "tenure")) == (None, "owner")


def test_a_row_linked_before_the_merge_may_be_delivered_again(twice, installer, feeds):
    keep, gone = twice
    feeds.say(gone, "housing", tenure="owner", batch="h")
    actions.merge(keep=keep, gone=gone, by=installer)
    assert feeds.say(keep, "housing", tenure="owner", batch="h").changed == []
    assert Link.objects.filter(batch__batch="h").count() == 1


def test_only_one_is_counted(twice, installer, lives, town, user_with):
    keep, gone = twice
    for person in twice:
        lives(person, town[WEST1][0])
    _, worker = user_with("w", ("grid_worker", WEST1))
    assert queries.people(worker).total == 2
    actions.merge(keep=keep, gone=gone, by=installer)
    assert [p.uid for p in queries.people(worker).items] == [keep]
    assert queries.person(worker, gone).uid == keep
    assert Person.objects.get(uid=keep).lives_alone is True


def test_relations_go_with_the_person_and_come_back(twice, installer, lives, town):
    keep, gone = twice
    lives(keep, town[WEST1][0], from_on=date(2020, 1, 1))
    lives(gone, town[WEST1][0], from_on=date(2020, 1, 1))
    lives(gone, town[WEST2][0], "owner", from_on=date(2021, 1, 1))
    before = state(keep), state(gone)
    actions.merge(keep=keep, gone=gone, by=installer)
    assert Residence.objects.get(relation="owner").person.uid.hex == keep.replace("-", "")
    assert Residence.objects.filter(person__uid=keep, relation="living").count() == 1
    actions.split(keep=keep, gone=gone, by=installer)
    assert Residence.objects.get(relation="owner").person.uid.hex == gone.replace("-", "")
    assert (state(keep), state(gone)) == before


def test_a_split_gives_everybody_what_is_theirs(twice, installer, feeds, held):
    keep, gone = twice
    before = state(keep), state(gone)
    actions.merge(keep=keep, gone=gone, by=installer)
    actions.split(keep=keep, gone=gone, by=installer)
    assert (state(keep), state(gone)) == before
    assert queries.current(gone) == gone
    with pytest.raises(Conflict):
        actions.split(keep=keep, gone=gone, by=installer)


def test_what_came_in_meanwhile_stays_with_the_one_it_was_said_of(twice, installer, feeds, held):
    keep, gone = twice
    actions.merge(keep=keep, gone=gone, by=installer)
    feeds.say(keep, "housing", on="2026-05-01", tenure="owner", phone="13800000003")
    actions.split(keep=keep, gone=gone, by=installer)
    assert held(keep, "tenure", "phone") == ("owner", "13800000003")
    assert held(gone, "tenure", "phone") == (None, "13800000002")


def test_merges_split_in_any_order(feeds, installer):
    one, two, three = people = feeds.add(["甲", "乙", "丙"])
    for n, person in enumerate(people):
        feeds.say(person, f"department{n}", on="2026-03-01", phone=f"1380000000{n}")
    before = [state(p) for p in people]
    for first, second in ((two, three), (three, two)):
        for gone in (two, three):
            actions.merge(keep=one, gone=gone, by=installer)
        for gone in (first, second):
            actions.split(keep=one, gone=gone, by=installer)
        assert [state(p) for p in people] == before


def test_a_chain_of_merges_leads_to_its_end(feeds, installer):
    one, two, three = feeds.add(["甲", "乙", "丙"])
    actions.merge(keep=two, gone=three, by=installer)
    actions.merge(keep=one, gone=two, by=installer)
    assert queries.currents([one, two, three]) == {one: one, two: one, three: one}
    assert set(queries.all_ids(three)) >= {one, two, three}
    with pytest.raises(Conflict):
        actions.merge(keep=two, gone=three, by=installer)


def test_observations_of_either_are_of_the_one_who_stands(twice, installer, lives, town, user_with, held):
    keep, gone = twice
    lives(keep, town[WEST1][0])
    actions.merge(keep=keep, gone=gone, by=installer)
    _, worker = user_with("w", ("grid_worker", WEST1))
    seen = ObservationIn(
        uid=keep, subject=gone, element="phone", value="13800000009", observed_at=clock.now()
    )
    assert actions.observe(observations=[seen], by=worker)[0].state == "conflict"
    assert held(keep, "phone") == "13800000009"
    actions.split(keep=keep, gone=gone, by=installer)
    assert (held(keep, "phone"), held(gone, "phone")) == ("13800000001", "13800000009")


def test_a_split_below_another_merge_reaches_who_stands(feeds, installer, lives, town, held):
    one, two, three = people = feeds.add(["甲", "乙", "丙"])
    feeds.say(three, "health", on="2026-03-01", phone="13800000003")
    lives(three, town[WEST1][0], "owner", from_on=date(2020, 1, 1))
    before = [state(p) for p in people]
    actions.merge(keep=two, gone=three, by=installer)
    actions.merge(keep=one, gone=two, by=installer)
    assert held(one, "phone") == "13800000003"
    actions.split(keep=two, gone=three, by=installer)
    assert held(one, "phone") is None
    assert state(three) == before[2]
    actions.split(keep=one, gone=two, by=installer)
    assert [state(p) for p in people] == before


def test_nobody_unknown_is_merged(twice, installer):
    with pytest.raises(NotFound):
        actions.merge(keep=twice[0], gone="0198f2c0-0000-7000-8000-000000000000", by=installer)
    with pytest.raises(NotFound):
        actions.split(keep=twice[0], gone="0198f2c0-0000-7000-8000-000000000000", by=installer)


SAID = st.lists(
    st.tuples(
        st.sampled_from([0, 1]), st.sampled_from(["health", "civil", "police"]), st.integers(1, 9),
        st.sampled_from(["13800000001", "13800000002"]),
    ),
    max_size=5,
    unique_by=lambda one: one[:3],
)  # fmt: skip


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(SAID, SAID)
def test_merge_and_split_lose_nothing(feeds, installer, before, meanwhile):
    """As if the two had never been taken for one, except that what came in meanwhile was said of the one who stood."""
    pair, apart = feeds.add(["甲", "乙"]), feeds.add(["甲", "乙"])
    for who, department, day, phone in before:
        for people in (pair, apart):
            feeds.say(people[who], department, on=f"2026-03-0{day}", phone=phone)
    actions.merge(keep=pair[0], gone=pair[1], by=installer)
    for _, department, day, phone in meanwhile:
        for people in (pair, apart):
            feeds.say(people[0], department, on=f"2026-04-0{day}", phone=phone)
    actions.split(keep=pair[0], gone=pair[1], by=installer)
    for merged, never in zip(pair, apart, strict=True):
        assert Person.objects.get(uid=merged).phone == Person.objects.get(uid=never).phone
        differing = [
            sorted((d.voice, d.value) for d in Dissent.objects.filter(person__uid=uid, element="phone"))
            for uid in (merged, never)
        ]
        assert differing[0] == differing[1]
