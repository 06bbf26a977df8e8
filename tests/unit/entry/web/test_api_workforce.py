"""The roster over HTTP: a duty given by a grid lead reaches the worker's own list; others are refused."""

from __future__ import annotations

import pytest

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import DivisionRow, GridRow
from wangge.ground.workforce import actions, queries
from wangge.platform.access import actors
from wangge.platform.access.models import User

pytestmark = pytest.mark.django_db

COMMUNITY = "420502001001"
GRID = f"{COMMUNITY}001"


@pytest.fixture
def as_user(client, user_with, installer):
    areas.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "学院社区")], by=installer)
    areas.put_in_force(
        plan=areas.draft_plan(grids=[GridRow(GRID)], memberships={}, by=installer), by=installer
    )

    def sign_in(uid):
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def post(client, path, body, **headers):
    answer = client.post(f"/api/workforce{path}", body, content_type="application/json", **headers)
    return answer.status_code, answer.json()


def test_a_lead_hires_assigns_and_hands_over(as_user, user_with):
    lead, _ = user_with("lead", ("grid_lead", COMMUNITY))
    one, _ = user_with("one")
    two, _ = user_with("two")
    client = as_user(lead)
    workers = {}
    for uid in (one, two):
        body = {"user": uid, "name": "王秀兰", "phone": "13812345678", "community": COMMUNITY}
        status, made = post(client, "/workers", body)
        assert status == 200
        workers[uid] = made["uid"]
    once = {"HTTP_IDEMPOTENCY_KEY": "duty-1"}
    first = post(client, "/duties", {"worker": workers[one], "grid": GRID}, **once)
    assert first[0] == 200
    assert post(client, "/duties", {"worker": workers[one], "grid": GRID}, **once) == first
    assert post(client, "/duties", {"worker": workers[two], "grid": GRID})[0] == 409
    assert client.get("/api/workforce/cover").json()[0]["worker"]["uid"] == workers[one]
    assert as_user(one).get("/api/workforce/my-grids").json() == [GRID]
    assert post(as_user(lead), "/hand-over", {"grid": GRID, "worker": workers[two]})[0] == 200
    assert as_user(two).get("/api/workforce/my-grids").json() == [GRID]
    # Without a grant she is no member of staff any more.
    assert as_user(one).get("/api/workforce/my-grids").status_code == 403
    roster = as_user(lead).get("/api/workforce/roster").json()
    assert (roster["total"], roster["items"][0]["worker"]["phone"]) == (2, "138****5678")


def test_others_are_refused(as_user, user_with):
    worker, _ = user_with("worker", ("grid_worker", GRID))
    elsewhere, _ = user_with("elsewhere", ("grid_lead", "420502002"))
    body = {"user": worker, "name": "王", "community": COMMUNITY}
    assert post(as_user(worker), "/workers", body)[0] == 403
    assert post(as_user(elsewhere), "/workers", body)[0] == 403
    assert as_user(elsewhere).get("/api/workforce/roster").json()["total"] == 0


def test_nobody_signed_in_sees_no_roster(client):
    assert client.get("/api/workforce/roster").status_code == 401


def test_anybody_checks_who_stands_at_the_door(as_user, user_with, installer, client, settings, tmp_path):
    settings.WANGGE_HOME = tmp_path
    uid, _ = user_with("王秀兰")
    worker = actions.add_worker(
        user=uid, name="王秀兰", phone="", kind="full_time", community=COMMUNITY, by=installer
    )
    actions.assign(worker=worker, grid=GRID, by=installer)
    code = queries.my_codes(actors.of_id(f"user:{uid}"))[0].code
    answer = client.get(f"/api/workforce/visitors/{code}")
    assert (answer.status_code, answer.json()["name"]) == (200, "王*")
    assert "秀兰" not in answer.content.decode()
    answer = client.get(f"/api/workforce/visitors/{code[:-1]}?")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_visitor")
