import pytest

from wangge.platform.audit.models import Entry
from wangge.platform.city import settings as city


def test_a_city_changes_a_value_and_leaves_a_row(db, installer):
    assert city.value("knocks_per_month") == 1
    city.change(key="knocks_per_month", to=2, by=installer)
    assert city.value("knocks_per_month") == 2
    assert Entry.objects.get().verb == "city.change_setting"


def test_an_unknown_key_and_another_shape_are_refused(db, installer):
    with pytest.raises(KeyError):
        city.value("no_such_key")
    with pytest.raises(TypeError, match="expected int"):
        city.change(key="knocks_per_month", to="two", by=installer)


def test_read_once_asks_once_and_sees_its_own_changes(db, installer, django_assert_num_queries):
    with city.read_once():
        city.value("knocks_per_month")
        with django_assert_num_queries(0):
            assert city.value("knocks_per_month") == 1
        city.change(key="knocks_per_month", to=2, by=installer)
        assert city.value("knocks_per_month") == 2
    with django_assert_num_queries(1):
        assert city.value("knocks_per_month") == 2
