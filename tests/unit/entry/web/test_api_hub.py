"""The hub over HTTP: what is refused in words."""

from __future__ import annotations

import pytest

from wangge.platform.access.models import User

pytestmark = pytest.mark.django_db

AREA = "420502001"
SENT = {"content_type": "application/json"}


@pytest.fixture
def officer(client, user_with):
    uid, _ = user_with("某人", ("data_officer", AREA))
    client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
    client.raise_request_exception = False
    return client


def test_an_agreement_about_what_is_no_element_is_refused_in_words(officer):
    sent = {
        "department": "health", "direction": "in", "purpose": "base_register", "elements": ["no_such_thing"],
        "document": "x", "from_on": "2026-01-01", "to_on": "2027-01-01",
    }  # fmt: skip
    answer = officer.post("/api/hub/agreements", sent, **SENT)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_element")
    assert "no_such_thing" in answer.json()["message"]
