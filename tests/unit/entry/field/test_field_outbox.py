"""One broken envelope stops none of the others: it is refused, kept, and answered."""

from __future__ import annotations

import base64
import json
from uuid import uuid4

import pytest
from django.db import IntegrityError

from wangge.entry.field import outbox
from wangge.entry.field.models import Envelope
from wangge.platform.access.errors import Conflict
from wangge.platform.access.models import User
from wangge.platform.audit.models import Look
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db

GRID = "420502001001001"
PERSON = str(uuid4())
GOOD = {"kind": "look", "person": PERSON, "elements": ["name"]}
SETTLE = {"kind": "settle", "todo": str(uuid4()), "outcome": "confirmed", "values": {"phone": "x"}}


@pytest.fixture
def send(client, user_with, settings, tmp_path):
    """``send(body, …)`` gives the receipts of one outbox with an envelope for each body."""
    settings.WANGGE_HOME = tmp_path
    uid, _ = user_with("王网格", ("grid_worker", GRID))
    client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")

    def act(*bodies, at="2026-01-05T09:00:00+08:00"):
        sent = [{"uid": str(uuid4()), "seq": n, "at": at, "body": body} for n, body in enumerate(bodies)]
        answer = client.post(
            "/api/field/outbox", json.dumps({"envelopes": sent}), content_type="application/json"
        )
        assert answer.status_code == 200, answer.content
        return answer.json()["receipts"]

    return act


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({**GOOD, "person": "x" * 5000}, "broken"),
        ({**GOOD, "elements": ["<b>made up</b>"]}, "unknown_element"),
        ({"kind": "observation", "person": PERSON, "element": "phone", "value": "13812345521", "base_version": 10**30}, "broken"),
        ({"kind": "report", "class_code": "x", "lon": 111, "lat": 30, "photos": ["é"]}, "not_base64"),
        ({"kind": "report", "class_code": "x", "lon": 111, "lat": 30,
          "photos": [base64.b64encode(b"<svg/>").decode()]}, "photo_refused"),
    ],
)  # fmt: skip
def test_a_broken_envelope_is_refused_and_the_next_one_comes_in(send, broken, code):
    first, second = send(broken, GOOD)
    assert (first["state"], first["code"]) == ("refused", code)
    assert second["state"] == "accepted"
    kept = Envelope.objects.get(uid=first["uid"])
    assert json.loads(str(kept.body))["kind"] == broken["kind"]
    assert Look.objects.count() == 1


def test_a_refused_envelope_that_came_over_two_connections_is_answered_once_more(send, monkeypatch):
    """Both look for the envelope before either has kept it: whoever comes second gets the first one's answer."""

    def meanwhile(actor, envelope):
        outbox._kept(actor, envelope, Conflict("first", "first"))
        raise Conflict("second", "second")

    monkeypatch.setattr(outbox, "_prepared", meanwhile)
    (receipt,) = send(SETTLE)
    assert (receipt["state"], receipt["code"], receipt["duplicate"]) == ("refused", "first", True)
    assert Envelope.objects.count() == 1


@pytest.mark.parametrize("error", [IntegrityError("CHECK"), ValueError("x"), OverflowError("x")])
def test_a_value_that_no_column_holds_stops_nobody_else(send, monkeypatch, error):
    def settle(**_):
        raise error

    monkeypatch.setattr(outbox.todos, "settle", settle)
    first, second = send(SETTLE, GOOD)
    assert (first["state"], first["code"], second["state"]) == ("refused", "broken", "accepted")


def test_what_was_found_too_late_and_can_not_be_read_stays_with_its_envelope(send, monkeypatch):
    def settle(**_):
        raise Conflict("already_ended", "…")

    monkeypatch.setattr(outbox.todos, "settle", settle)
    monkeypatch.setattr(outbox.todos, "subject_of", lambda todo: PERSON)
    first, second = send({**SETTLE, "values": {"no such element": "x"}}, GOOD)
    assert (first["state"], first["code"], second["state"]) == ("refused", "already_ended", "accepted")
    assert "no such element" in str(Envelope.objects.get(uid=first["uid"]).body)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_phone_s_clock_may_be_anywhere(send, at):
    (one,) = send(GOOD, at=at)
    assert one["state"] == "accepted"
    assert Look.objects.get().at <= clock.now()
