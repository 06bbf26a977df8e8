"""Rows that stand for a module (`tests.rows`): each test finds them as they were written, and after the last they are gone.

To mend: write what a module's tests share in a fixture of the module, inside `with writing():`, and nothing outside it.
"""

import pytest

from tests import rows
from wangge.platform.access import actions
from wangge.platform.access.models import Department


def named() -> list[str]:
    return [one.name_zh for one in Department.objects.all()]


@pytest.fixture(scope="module")
def standing(writing, installer):
    with writing():
        actions.add_department(code="water", name_zh="水务", name_en="Water", by=installer)


@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_does_to_them_is_taken_back(standing, db, installer, time):
    assert named() == ["水务"]
    Department.objects.update(name_zh="别的")
    actions.add_department(code="health", name_zh="卫健", name_en="Health", by=installer)
    assert len(named()) == 2


def test_whoever_does_not_ask_for_the_database_does_not_get_it(standing):
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        named()


def test_after_the_last_test_they_are_gone(db, django_db_blocker, installer):
    before = named()
    with rows.standing(django_db_blocker) as writing, writing():
        actions.add_department(code="parks", name_zh="园林", name_en="Parks", by=installer)
        assert named() == [*before, "园林"]
    assert named() == before
