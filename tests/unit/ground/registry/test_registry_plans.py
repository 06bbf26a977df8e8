"""How the lists find their rows: by the actor's places, never by reading everybody of the city."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.ground.registry import queries
from wangge.ground.registry.models import Person

GRID, COMMUNITY = "420502001001001", "420502001001"


def plan_of(read, table):
    """How SQLite finds the rows of a table in every statement of a read that names it."""
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    with CaptureQueriesContext(connection) as asked:
        read()
    lines = []
    for one in asked.captured_queries:
        if f'FROM "{table}"' in one["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
                lines += [line for *_, line in cursor.fetchall()]
    return [line for line in lines if table in line]


@pytest.fixture(
    params=[[("grid_worker", GRID)], [("grid_lead", COMMUNITY), ("grid_worker", "420502001002001")]]
)
def actor(request, town, user_with):
    return user_with("w", *request.param)[1]


def test_people_are_found_by_their_homes(actor):
    plan = plan_of(lambda: queries.people(actor), "registry_person")
    assert plan
    assert all("registry_person_home" in line for line in plan)


def test_people_of_a_named_area_are_found_by_their_homes(town, user_with):
    officer = user_with("o", ("data_officer",))[1]
    plan = plan_of(lambda: queries.people(officer, area=COMMUNITY), "registry_person")
    assert plan
    assert all("registry_person_home" in line for line in plan)


def test_open_observations_are_found_by_the_index_of_the_open_ones(actor):
    for read in (queries.routed, queries.contested):
        plan = plan_of(lambda read=read: read(actor), "registry_observation")
        assert plan
        assert all("registry_observation_open" in line for line in plan)


def test_reading_everybody_shows_in_a_plan(db):
    assert any(
        line.startswith("SCAN") for line in plan_of(lambda: list(Person.objects.all()), "registry_person")
    )
