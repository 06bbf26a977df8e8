"""What is stored about a person is registered: no column without an element, no free bag, no red line.

To mend: register the column in `platform/elements/elements.yaml` with purpose, basis and retention, and make the migration. What the
red-line lint refuses isn't kept.
"""

import pytest
from django.db import models

from wangge.ground.registry.models import INDEX_COLUMNS, STRUCTURE, Household, Person
from wangge.platform.elements import lint, registry

# Columns of a household that hold the row together and say nothing about anybody.
HOUSEHOLD_STRUCTURE = {"id", "uid", "number", "dwelling"}


def unregistered(columns, structure):
    known = set(registry.elements())
    return sorted(set(columns) - set(structure) - set(INDEX_COLUMNS.values()) - known)


def columns_of(model):
    return [field.name for field in model._meta.get_fields() if getattr(field, "concrete", False)]


def test_every_column_of_a_person_is_a_registered_element():
    assert unregistered(columns_of(Person), STRUCTURE) == []
    assert unregistered(columns_of(Household), HOUSEHOLD_STRUCTURE) == []


def test_every_registered_element_of_a_person_has_a_column():
    assert {one.code for one in registry.of_holder("person")} <= set(columns_of(Person))


def test_the_rule_sees_an_unregistered_column():
    assert unregistered([*columns_of(Person), "shoe_size"], STRUCTURE) == ["shoe_size"]


def test_a_person_has_no_free_bag():
    bags = [f.name for f in Person._meta.get_fields() if isinstance(f, models.JSONField)]
    assert bags == []


@pytest.mark.parametrize("code", ["ethnic_group", "is_key_person", "credit_score", "religious_belief"])
def test_a_red_line_could_not_be_registered(code):
    assert lint.check(code) is not None
    assert code not in registry.elements()
