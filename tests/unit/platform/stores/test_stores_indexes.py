"""Keys that few rows have are indexed for those rows alone: SQLite without statistics takes a full index for "has none"."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from wangge.ground.registry import residences
from wangge.ground.registry.models import Person
from wangge.platform.stores.indexes import rare

MOSTLY_EMPTY = {
    ("registry", "Person", "merged_into"), ("registry", "Person", "own"), ("registry", "Residence", "written_for"),
    ("registry", "Kin", "written_for"), ("cases", "Case", "merged_into"),
}  # fmt: skip


def test_an_index_of_a_rare_key_leaves_the_empty_ones_out() -> None:
    index = rare("merged_into", "some_name")
    assert index.fields == ["merged_into"]
    assert index.condition == models.Q(("merged_into__isnull", False))


@pytest.mark.parametrize(("room", "model", "key"), sorted(MOSTLY_EMPTY))
def test_keys_that_are_mostly_empty_have_such_an_index(room: str, model: str, key: str) -> None:
    found = apps.get_model(room, model)._meta
    field = found.get_field(key)
    assert not field.db_index  # type: ignore[union-attr]
    assert any(index.fields == [key] and index.condition is not None for index in found.indexes)


@pytest.mark.django_db
def test_neighbours_are_found_by_their_doors_and_not_by_reading_everybody() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    people = Person.objects.bulk_create([Person(), Person()])
    with CaptureQueriesContext(connection) as asked:
        residences.with_neighbours([one.pk for one in people])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
        plan = " ".join(line for *_, line in cursor.fetchall())
    assert "registry_residence_dwelling" in plan
    assert "merged" not in plan
