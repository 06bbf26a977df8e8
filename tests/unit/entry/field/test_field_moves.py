"""Somebody moved in or away while there was no network: sent late, it counts for the day on which it was seen."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest

from wangge.entry.field import outbox
from wangge.entry.field.models import Envelope
from wangge.entry.field.records import EnvelopeIn
from wangge.ground.registry.records import Welcomed
from wangge.platform.access.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db
PERSON, DOOR = str(uuid4()), str(uuid4())
SEEN = "2026-07-30T23:30:00+08:00"


@pytest.fixture
def worker(user_with, settings, tmp_path, at_moment):
    settings.WANGGE_HOME = tmp_path
    return user_with("w", ("grid_worker", "420502001001001"))[1]


@pytest.fixture
def done(monkeypatch):
    """What the registry was asked to do; it answers that one relation ended."""
    acts: list[dict] = []

    def act(**said):
        acts.append({**said, "by": said["by"].id})
        return 1

    monkeypatch.setattr(outbox.registry, "reside", act)
    monkeypatch.setattr(outbox.registry, "leave", act)
    return acts


def sent(worker, body, uid=None):
    one = {"uid": uid or str(uuid4()), "seq": 1, "at": SEEN, "body": body}
    return outbox.receive(worker, [EnvelopeIn.model_validate(one)])[0]


def test_it_counts_for_the_day_on_which_it_was_seen(worker, done):
    lives = {"kind": "residence", "person": PERSON, "dwelling": DOOR, "relation": "living"}
    assert sent(worker, lives).state == "accepted"
    assert sent(worker, {"kind": "departure", "person": PERSON, "relation": "living"}).state == "accepted"
    assert done == [
        {"person": PERSON, "dwelling": DOOR, "relation": "living", "from_on": date(2026, 7, 30), "by": worker.id},
        {"person": PERSON, "relation": "living", "on": date(2026, 7, 30), "by": worker.id},
    ]  # fmt: skip


def test_a_day_that_is_named_counts(worker, done):
    sent(worker, {"kind": "departure", "person": PERSON, "relation": "living", "on": "2026-07-01"})
    assert done[0]["on"] == date(2026, 7, 1)


def test_sent_twice_it_counts_once(worker, done):
    uid, body = str(uuid4()), {"kind": "departure", "person": PERSON, "relation": "living"}
    assert not sent(worker, body, uid).duplicate
    assert sent(worker, body, uid).duplicate
    assert len(done) == 1


def test_what_nobody_holds_any_more_is_said_and_kept(worker, monkeypatch):
    monkeypatch.setattr(outbox.registry, "leave", lambda **_: 0)
    one = sent(worker, {"kind": "departure", "person": PERSON, "relation": "living", "on": "2026-07-01"})
    assert (one.state, one.code) == ("refused", "no_such_relation")
    kept = json.loads(str(Envelope.objects.get(uid=one.uid).body))
    assert (kept["person"], kept["on"]) == (PERSON, "2026-07-01")


def test_a_person_outside_the_grid_is_refused(worker, monkeypatch):
    def reside(**_):
        raise NotFound("no_such_person", "…")

    monkeypatch.setattr(outbox.registry, "reside", reside)
    one = sent(worker, {"kind": "residence", "person": PERSON, "dwelling": DOOR, "relation": "living"})
    assert (one.state, one.code) == ("refused", "no_such_person")


def test_somebody_new_is_told_apart_from_somebody_known(worker, monkeypatch):
    born = {
        "kind": "newcomer",
        "dwelling": DOOR,
        "how": "born",
        "values": {"name": "王小宝", "birth_date": "2026-07-29"},
    }
    asked: list[dict] = []
    answers = iter([Welcomed(person=PERSON, known=False, contradicts=False, conflicts=[]),
                    Welcomed(person=PERSON, known=True, contradicts=False, conflicts=[]),
                    Welcomed(person=PERSON, known=True, contradicts=False, conflicts=["name"]),
                    Welcomed(person=PERSON, known=True, contradicts=True, conflicts=[])])  # fmt: skip
    monkeypatch.setattr(outbox.registry, "welcome", lambda **said: asked.append(said) or next(answers))
    uid = str(uuid4())
    assert [sent(worker, born, uid).made, *(sent(worker, born).made for _ in range(3))] == [
        "new", "known", "conflict", "contradicts",
    ]  # fmt: skip
    assert sent(worker, born, uid).duplicate
    assert len(asked) == 4
    assert (asked[0]["uid"], asked[0]["on"], asked[0]["how"]) == (uid, date(2026, 7, 30), "born")


def test_somebody_new_who_cannot_be_is_refused_in_words_and_kept(worker, monkeypatch):
    def welcome(**_):
        raise Invalid("other_birthday", "证件号码里的出生日期与所填的不一致。")

    monkeypatch.setattr(outbox.registry, "welcome", welcome)
    values = {"name": "赵海燕", "birth_date": "1968-03-13"}
    one = sent(worker, {"kind": "newcomer", "dwelling": DOOR, "how": "let", "values": values})
    assert (one.state, one.code, one.why) == (
        "refused",
        "other_birthday",
        "证件号码里的出生日期与所填的不一致。",
    )
    assert json.loads(str(Envelope.objects.get(uid=one.uid).body))["values"] == values
