"""The people of the town: plausible, and their ties consistent."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from wangge.entry.demo.town.build import TODAY
from wangge.entry.demo.town.entitlements import entitled, lives_alone
from wangge.entry.demo.town.ground import ground_of
from wangge.entry.demo.town.id_numbers import is_valid
from wangge.entry.demo.town.people import MAN
from wangge.entry.demo.town.populate import populate

SEED, FIRST = 7, date(2026, 4, 16)


@pytest.fixture(scope="module")
def people(locality):
    return locality.population.people


@pytest.fixture(scope="module")
def residents(people):
    return [p for p in people if p.lives_here]


def test_ages_are_those_of_a_chinese_city(residents):
    ages = [p.age(TODAY) for p in residents]

    def share(low, high):
        return sum(low <= a < high for a in ages) / len(ages)

    assert 0.09 < share(0, 15) < 0.19
    assert 0.20 < share(60, 120) < 0.36
    assert 0.025 < share(80, 120) < 0.08
    assert max(ages) < 105
    assert min(ages) == 0
    assert 2.1 < len(residents) / 1000 < 2.9


def test_numbers_say_what_people_are(people):
    numbers = [p.id_number for p in people if p.id_number]
    assert len(set(numbers)) == len(numbers)
    for p in people:
        if p.id_kind == "resident_id":
            assert is_valid(p.id_number)
            assert p.id_number[6:14] == f"{p.birth:%Y%m%d}"
            assert (int(p.id_number[16]) % 2 == 1) == (p.sex == MAN)
        elif p.id_kind == "none":
            assert not p.id_number
            assert p.age(TODAY) == 0
    assert {p.id_kind for p in people} <= {"resident_id", "passport", "hk_macao_taiwan_permit", "none"}


def test_families_are_families(people):
    for child in people:
        if child.mother is not None:
            assert 15 < (child.birth - people[child.mother].birth).days / 365.25 < 50
        if child.spouse is not None:
            assert people[child.spouse].spouse == child.place
            assert people[child.spouse].sex != child.sex
    minors = [p for p in people if p.age(TODAY) < 18 and p.father is not None]
    same = sum(p.surname == people[p.father].surname for p in minors) / len(minors)
    assert 0.88 < same < 1.0


def test_no_child_lives_alone(locality, residents):
    for p in residents:
        if p.age(TODAY) < 16:
            assert any(other.age(TODAY) >= 18 for other in locality.population.living_with(p))


def test_twins_share_the_day_and_not_the_name(people):
    twins = [p for p in people if p.twin is not None]
    assert twins
    for p in twins:
        other = people[p.twin]
        assert other.twin == p.place
        assert (other.birth, other.father, other.mother) == (p.birth, p.father, p.mother)
        assert other.given != p.given
        assert other.given[0] == p.given[0]
        if p.id_kind == other.id_kind == "resident_id":
            assert p.id_number[:14] == other.id_number[:14]


def test_relations_are_dated_and_fit_the_people(locality, people):
    standing = Counter()
    for r in locality.population.relations:
        person = people[r.person]
        assert r.until is None or r.since <= r.until <= TODAY
        assert r.since <= TODAY
        if r.kind in ("living", "registered"):
            assert r.since >= person.birth
            if r.until is None:
                standing[r.kind, r.person] += 1
                assert r.dwelling == (person.home if r.kind == "living" else person.registered)
                assert person.alive
    assert set(standing.values()) == {1}
    assert {p for kind, p in standing if kind == "living"} == {p.place for p in people if p.lives_here}
    assert {p for kind, p in standing if kind == "registered"} == {
        p.place for p in people if p.alive and p.registered is not None
    }


def test_all_three_states_of_registration_are_there(people):
    here = sum(p.lives_here and p.registered == p.home for p in people)
    elsewhere = sum(p.lives_here and p.registered != p.home for p in people)
    away = sum(not p.lives_here and p.registered is not None for p in people)
    assert here > elsewhere > 0.1 * here
    assert away > 0.05 * here
    assert all(p.elsewhere for p in people if p.home is None)


def test_every_occupied_dwelling_has_one_household_and_mostly_an_owner(locality):
    dwellings = [f.dwelling for f in locality.population.families]
    assert len(set(dwellings)) == len(dwellings)
    owned = locality.standing("owner", TODAY)
    assert sum(d in owned for d in dwellings) / len(dwellings) > 0.97
    tenants = locality.standing("tenant", TODAY)
    assert 0.05 < len(tenants) / len(dwellings) < 0.45


def test_households_have_one_head(people):
    groups = Counter()
    heads = Counter()
    for p in people:
        if p.in_district:
            groups[p.household_number] += 1
            heads[p.household_number] += p.relation_to_head == "户主"
            assert len(p.household_number) == 9
    assert set(heads.values()) == {1}
    assert max(groups.values()) < 12


def test_something_happened_in_the_days_of_the_script(locality):
    kinds = Counter(c.kind for c in locality.population.changes)
    assert {"death", "move_in", "move_out", "move_within"} <= set(kinds)
    assert all(FIRST <= c.on <= TODAY for c in locality.population.changes)
    assert kinds["death"] < 20


def test_some_are_entitled_and_get_nothing(locality):
    found = Counter((programme, has) for programme, _, has in entitled(locality, TODAY))
    programmes = {programme for programme, _ in found}
    assert programmes == {
        "old_age_allowance", "care_subsidy", "medical_insurance", "school_place", "alone_visit", "elderly_checkup",
    }  # fmt: skip
    for programme in programmes - {"alone_visit"}:
        assert 0 < found[programme, False] < found[programme, True]
    alone = [p for _, p, _ in entitled(locality, TODAY) if lives_alone(locality, p)]
    assert alone


def test_telephones_are_shared_in_families(residents):
    numbers = Counter(p.phone for p in residents if p.phone)
    assert any(times > 1 for times in numbers.values())
    assert sum(bool(p.phone) for p in residents) / len(residents) > 0.9


def test_a_community_has_the_same_people_whatever_else_is_built(layout, locality):
    ground = ground_of(layout, locality.community, 1000, SEED)
    again = populate(ground, SEED, FIRST, TODAY)
    assert again.people == locality.population.people
    assert again.relations == locality.population.relations


def test_another_seed_makes_other_people(layout, locality):
    ground = ground_of(layout, locality.community, 1000, SEED)
    other = populate(ground, SEED + 1, FIRST, TODAY)
    mine = {p.id_number for p in locality.population.people}
    shared = mine & {p.id_number for p in other.people}
    assert len(shared) < 0.02 * len(mine)


@pytest.mark.parametrize("offset", range(4))
def test_every_kind_of_community_can_be_peopled(layout, offset):
    """Villages and new quarters too; what is rare (passports, twins with them) turns up somewhere."""
    for community in layout.district.communities[offset::8]:
        for seed in (SEED, SEED + 1):
            ground = ground_of(layout, community, 150, SEED)
            population = populate(ground, seed, FIRST, TODAY)
            numbers = [p.id_number for p in population.people if p.id_number]
            assert len(set(numbers)) == len(numbers)
            assert {r.kind for r in population.relations} == {"registered", "living", "owner", "tenant"}
