"""What departments are called: one place says it, also of a department that has no English name."""

import pytest
from django.utils import translation

from wangge.platform.access import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def named(installer, at_moment):
    actions.add_department(code="gas", name_zh="燃气公司", by=installer)
    actions.add_department(code="water", name_zh="水务局", name_en="Water Bureau", by=installer)


def test_a_department_without_an_english_name_is_called_by_its_chinese_one(installer):
    assert queries.department_names(installer) == {
        "gas": ("燃气公司", "燃气公司"),
        "water": ("水务局", "Water Bureau"),
    }


@pytest.mark.parametrize(("language", "water"), [("zh-hans", "水务局"), ("en", "Water Bureau")])
def test_the_names_in_the_language_of_whoever_is_served(installer, language, water):
    with translation.override(language):
        assert queries.department_words(installer) == {"gas": "燃气公司", "water": water}
