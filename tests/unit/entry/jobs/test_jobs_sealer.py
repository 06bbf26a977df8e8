"""The trail's tail is sealed within a second, while tasks run; where an act seals its own entry no thread stands about."""

import threading
import time

import pytest
from django.db import DatabaseError, transaction

from wangge.entry.jobs import sealer
from wangge.platform.audit import chain, trail
from wangge.platform.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def act(installer, number=0):
    with transaction.atomic():
        trail.record(by=installer, verb="test.act", object_kind="thing", object_id=str(number))


def sealed_within(seconds):
    """Seconds until nothing waits."""
    began = time.monotonic()
    while Entry.objects.filter(sealed=None).exists():
        assert time.monotonic() - began < seconds, "the tail still waits"
        time.sleep(0.02)
    return time.monotonic() - began


def sealers():
    return [one for one in threading.enumerate() if one.name == "sealer"]


def test_what_is_written_is_sealed_while_a_task_is_in_hand(installer):
    act(installer)
    with sealer.sealing():
        assert len(sealers()) == (0 if chain.writers_are_serial() else 1)
        for number in range(3):
            act(installer, number)
            sealed_within(5)
    assert sealers() == []
    assert chain.prove() == chain.Proof(proved=4, broken_at=None, unsealed=0)


def test_a_database_that_is_away_for_a_moment_ends_no_sealer(installer, monkeypatch):
    if chain.writers_are_serial():
        pytest.skip("nothing waits on SQLite")
    whole, faults = chain.seal, [DatabaseError("gone"), DatabaseError("still gone")]

    def failing(limit):
        if faults:
            raise faults.pop()
        return whole(limit)

    monkeypatch.setattr(chain, "seal", failing)
    act(installer)
    with sealer.sealing():
        sealed_within(8)
    assert faults == []
