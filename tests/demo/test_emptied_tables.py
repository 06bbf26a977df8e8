"""`--check` notices an emptied table and names the list that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests import databases
from tests.standing import PRISTINE, said_in


class Unnoticed(NamedTuple):
    """Tables that may be emptied without a word, and why."""

    why: str
    tables: tuple[str, ...]


UNNOTICED = (
    Unnoticed(
        "Django's and the job worker's own; no list shows them",
        ("auth_permission", "django_content_type", "django_migrations", "django_session", "django_tasks_database_dbtaskresult", "jobs_cursor"),
    ),
    Unnoticed("numbers that were given out: only the next one asks", ("areas_edition", "cases_counter", "registry_counter")),
    Unnoticed("who may read what for which task: lists are masked without it", ("access_allowance", "access_purpose")),
    Unnoticed("the trail of acts: of it only looks are shown in a list", ("audit_entry",)),
    Unnoticed("further names of a building: searched, never listed", ("areas_address", "areas_entrance")),
    Unnoticed("seen when one case, one household or one to-do is opened", ("cases_application", "registry_residence", "todos_attempt")),
    Unnoticed("goes out in a file of one delivery or feed", ("hub_rowfault", "registry_link")),
    Unnoticed("remembers what was asked, so that it isn't asked twice", ("field_envelope", "hub_confirmation", "todos_knock")),
    Unnoticed("one-time codes that were used, and wrong ones", ("residents_attempt", "residents_invitation")),
    Unnoticed("what workers found, folded long since", ("registry_observation",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def emptied(built_demo, tmp_path_factory) -> dict[str, str]:
    # On a copy: tables are emptied under a writer's lock, and other workers read the demo that stands.
    home = tmp_path_factory.mktemp("emptied") / "home"
    databases.copied(built_demo / PRISTINE, home)
    return said_in(home, Path(__file__).with_name("emptied.py"))


def test_an_emptied_table_is_noticed_and_its_list_is_named(emptied):
    excused = {table for one in UNNOTICED for table in one.tables}
    silent = {table for table, fault in emptied.items() if not fault}
    assert silent == excused & set(emptied)
    assert all(": " in fault for fault in emptied.values() if fault)
    assert len(emptied) - len(silent) >= 35


@pytest.mark.parametrize(
    "table, route",
    [
        ("todos_todo", "/api/todos/"),
        ("services_entitlement", "/api/services/"),
        ("cases_case", "/api/cases/"),
        ("hub_returnrow", "/api/hub/return"),
        ("audit_look", "/api/residents/looks"),
    ],
)
def test_the_fault_names_the_list_that_shows_the_table(emptied, table, route):
    assert route in emptied[table]
