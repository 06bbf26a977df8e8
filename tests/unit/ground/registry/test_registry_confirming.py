"""A worker confirms what is held without seeing it whole."""

from __future__ import annotations

from uuid import uuid4

import pytest

from wangge.ground.registry import actions, queries
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.clock import clock

WEST1 = "420502001001001"


@pytest.fixture
def resident(town, feeds, lives, user_with):
    """Somebody with a telephone that a department said long ago, and the worker at her door."""
    (person,) = feeds.add(["王秀兰"])
    lives(person, town[WEST1][0], "living")
    feeds.say(person, "health", on="2024-01-01", phone="13812345521", disability_level=2)
    return person, user_with("w", ("grid_worker", WEST1))[1]


def carried(worker, person):
    return next(one for one in queries.grid_bundle(worker, WEST1).people if one.uid == person)


def confirm(worker, person, version, element="phone"):
    return actions.confirm(
        uid=str(uuid4()),
        person=person,
        element=element,
        base_version=version,
        observed_at=clock.now(),
        by=worker,
    )


def test_what_was_confirmed_is_fresh_and_stays_the_same(resident):
    person, worker = resident
    before = carried(worker, person)
    assert "phone" in before.ask
    assert confirm(worker, person, before.version).state == "folded"
    after = carried(worker, person)
    assert "phone" not in after.ask
    assert after.phone == before.phone == "138****5521"


def test_what_changed_meanwhile_is_not_confirmed(resident, feeds):
    person, worker = resident
    version = carried(worker, person).version
    feeds.say(person, "medical_insurance", on="2026-07-30", phone="13700000946")
    with pytest.raises(Conflict, match="changed"):
        confirm(worker, person, version)


@pytest.mark.parametrize("element", ["disability_level", "no_such_element"])
def test_what_is_sensitive_or_unknown_is_not_confirmed_unseen(resident, element):
    person, worker = resident
    with pytest.raises(Invalid, match="unseen"):
        confirm(worker, person, carried(worker, person).version, element)


def test_nothing_is_not_confirmed(resident):
    person, worker = resident
    with pytest.raises(Invalid, match="Nothing"):
        confirm(worker, person, carried(worker, person).version, "guardian_name")
