"""Planning over HTTP: made by one person, approved by another, in force; refused to others."""

from __future__ import annotations

import pytest
import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import BuildingRow, DivisionRow
from wangge.platform.access.models import User

pytestmark = pytest.mark.django_db

COMMUNITY = "420502001001"
ADDRESS = "/api/planning/scenarios"


@pytest.fixture
def as_user(client, user_with, installer):
    ground = shapely.box(111.0, 30.0, 111.01, 30.01).wkb
    areas.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "学院社区", wkb=ground)], by=installer)
    areas.load_buildings(
        rows=[
            BuildingRow(111 + i * 1e-3, 30 + j * 1e-3, f"P{i}-{j}", households=20)
            for i in range(1, 9)
            for j in range(1, 9)
        ],
        by=installer,
    )

    def sign_in(name, *grants):
        user = User.objects.filter(username=name).first()
        uid = str(user.uid) if user else user_with(name, *grants)[0]
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def post(client, path, body=None):
    answer = client.post(ADDRESS + path, body or {}, content_type="application/json")
    return answer.status_code, answer.json()


def test_from_buildings_to_grids_in_force(as_user):
    maker = as_user("maker", ("planner",))
    status, made = post(
        maker, "", {"prefix": COMMUNITY, "name": "第一版", "settings": {"low": 300, "high": 500}}
    )
    assert status == 200
    assert (made["state"], made["report"]["households"], made["report"]["out_of_range"]) == (
        "draft",
        1280,
        [],
    )
    assert (
        post(maker, "", {"prefix": COMMUNITY, "name": "第一版", "settings": {"low": 300, "high": 500}})[1]
        == made
    )
    shown = maker.get(f"{ADDRESS}/{made['uid']}/map?bbox=110,29,112,31").json()
    assert len(shown["features"]) == made["report"]["grids"]
    assert post(maker, f"/{made['uid']}/approve")[0] == 403
    assert post(maker, f"/{made['uid']}/in-force")[0] == 409
    assert post(as_user("other", ("planner",)), f"/{made['uid']}/approve")[1]["state"] == "approved"
    status, held = post(as_user("maker"), f"/{made['uid']}/in-force")
    assert (status, held["scenario"]["state"], held["workers"]) == (200, "in_force", [])
    position = maker.get("/api/areas/at?lon=111.005&lat=30.005").json()
    assert position["grid"] in {g["code"] for g in maker.get(f"{ADDRESS}/{made['uid']}/grids").json()}


@pytest.mark.parametrize(
    "body",
    [
        {"prefix": "4205x", "name": "x"},
        {"prefix": f"{COMMUNITY}001", "name": "x"},
        {"prefix": "", "name": ""},
        {"prefix": "", "name": "x", "settings": {"low": 500, "high": 300}},
        {"prefix": "", "name": "x", "settings": {"low": 0, "high": 300}},
    ],
)
def test_what_makes_no_sense_is_refused(as_user, body):
    assert post(as_user("maker", ("planner",)), "", body)[0] == 422


def test_others_are_refused(as_user):
    body = {"prefix": COMMUNITY, "name": "x"}
    assert post(as_user("worker", ("grid_worker", f"{COMMUNITY}001")), "", body)[0] == 403
    assert post(as_user("elsewhere", ("planner", "420503")), "", body)[0] == 403
    assert as_user("elsewhere").get(ADDRESS).json() == {"total": 0, "items": []}
    assert as_user("worker").get(ADDRESS).status_code == 403
    assert as_user("elsewhere").get(f"{ADDRESS}/0198c0de-0000-7000-8000-000000000000").status_code == 404
    assert as_user("elsewhere").get(f"{ADDRESS}/nonsense").status_code == 422


def test_nobody_signed_in_sees_no_scenario(client):
    assert client.get(ADDRESS).status_code == 401
