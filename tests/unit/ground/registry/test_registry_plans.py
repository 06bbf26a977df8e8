"""How the lists find their rows: by the actor's places, never by reading everybody of the city."""

from __future__ import annotations

import pytest

from wangge.ground.registry import queries
from wangge.ground.registry.models import Person

GRID, COMMUNITY = "420502001001001", "420502001001"


@pytest.fixture(
    params=[[("grid_worker", GRID)], [("grid_lead", COMMUNITY), ("grid_worker", "420502001002001")]]
)
def actor(request, town, user_with):
    return user_with("w", *request.param)[1]


def test_people_are_found_by_their_homes(actor, plan_of):
    plan = plan_of(lambda: queries.people(actor), "registry_person")
    assert all("registry_person_home" in line for line in plan)


def test_people_of_a_named_area_are_found_by_their_homes(town, user_with, plan_of):
    officer = user_with("o", ("data_officer",))[1]
    plan = plan_of(lambda: queries.people(officer, area=COMMUNITY), "registry_person")
    assert all("registry_person_home" in line for line in plan)


def test_open_observations_are_found_by_the_index_of_the_open_ones(actor, plan_of):
    for read in (queries.routed, queries.contested):
        plan = plan_of(lambda read=read: read(actor), "registry_observation")
        assert all("registry_observation_open" in line for line in plan)


def test_reading_everybody_shows_in_a_plan(plan_of):
    assert plan_of(lambda: list(Person.objects.all()), "registry_person") == ["SCAN registry_person"]
