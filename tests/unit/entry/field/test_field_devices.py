"""A phone that is lost is taken out of use by its owner, and by nobody else."""

from __future__ import annotations

import pytest

from wangge.platform.access.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone_of(client, user_with, at_moment, settings, tmp_path):
    """``phone_of("w")`` signs w in, enrols a phone and gives its token."""
    settings.WANGGE_HOME = tmp_path

    def enrol(name):
        uid, _ = user_with(name, ("grid_worker", "420502001001001"))
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post("/api/field/devices", {"label": f"{name}'s"}, content_type="application/json")
        return answer.json()["token"]

    return enrol


def test_a_revoked_phone_opens_nothing(client, phone_of):
    token = phone_of("w")
    (one,) = client.get("/api/field/devices").json()
    assert (one["label"], one["revoked_at"]) == ("w's", None)
    assert token not in str(one)
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/access/me", headers=bearer).status_code == 200
    assert client.post(f"/api/field/devices/{one['uid']}/revoke").status_code == 200
    assert client.get("/api/field/devices").json()[0]["revoked_at"]
    client.logout()
    assert client.get("/api/access/me", headers=bearer).status_code == 401


def test_nobody_sees_or_revokes_another_s(client, phone_of):
    phone_of("w")
    (one,) = client.get("/api/field/devices").json()
    phone_of("v")
    assert [d["label"] for d in client.get("/api/field/devices").json()] == ["v's"]
    assert client.post(f"/api/field/devices/{one['uid']}/revoke").status_code == 404
