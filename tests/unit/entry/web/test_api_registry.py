"""People over HTTP: masked lists by grid, a door by its plate, a person opened for a task, and nothing across a border."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pyarrow as pa
import pytest

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import BuildingRow, DivisionRow, GridRow
from wangge.ground.registry import actions, queries
from wangge.ground.registry.records import DwellingIn, HouseholdIn, ResidenceIn
from wangge.platform.access import purposes
from wangge.platform.access.models import User
from wangge.platform.audit.models import Look, Receipt
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db

COMMUNITY = "420502001001"
GRID, OTHER = f"{COMMUNITY}001", f"{COMMUNITY}002"
PHONE = "13812345521"
AT = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def resident(installer, settings, tmp_path):
    """One woman behind one door of one grid."""
    settings.WANGGE_HOME = tmp_path
    areas.load_divisions(rows=[DivisionRow(COMMUNITY, "community", "学院社区")], by=installer)
    (building,) = areas.load_buildings(
        rows=[BuildingRow(111.0, 30.0, plate="B1", address="学院路1号", community=COMMUNITY)], by=installer
    )
    plan = areas.draft_plan(
        grids=[GridRow(GRID), GridRow(OTHER)], memberships={building.building: GRID}, by=installer
    )
    areas.put_in_force(plan=plan, by=installer)
    (door,) = actions.load_dwellings(
        rows=[DwellingIn(building.building, "101", plate="B1-101")], by=installer
    )
    rows = pa.table({"row": [2], "name": ["王秀兰"], "phone": [PHONE]})
    (uid,) = actions.add_persons(
        feed="police", department="police", batch="b", rows=rows, observed_at=AT, by=installer
    )
    actions.load_residences(rows=[ResidenceIn(uid, door, "living")], by=installer)
    actions.load_households(rows=[HouseholdIn(door, (uid,), "H1")], by=installer)
    return uid


@pytest.fixture
def as_user(client, user_with):
    def sign_in(name, *grants):
        uid, _ = user_with(name, *grants)
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def get(client, path):
    answer = client.get(f"/api/registry{path}")
    return answer.status_code, answer.json()


def post(client, path, body, **headers):
    answer = client.post(f"/api/registry{path}", body, content_type="application/json", **headers)
    return answer.status_code, answer.json()


def test_a_worker_finds_people_and_doors_of_her_grid(as_user, resident):
    client = as_user("w", ("grid_worker", GRID))
    status, page = get(client, f"/people?area={GRID}")
    assert (status, page["total"], page["items"][0]["name"]) == (200, 1, "王*兰")
    assert PHONE not in str(page)
    assert get(client, f"/people?search={PHONE}")[1]["total"] == 1
    status, plate = get(client, "/plates/B1-101")
    assert (status, plate["households"][0]["people"][0]["uid"]) == (200, resident)
    household = plate["households"][0]["uid"]
    assert get(client, f"/households/{household}")[1]["presence"] == {resident: "moved_in"}


def test_a_neighbour_finds_nothing(as_user, resident):
    client = as_user("n", ("grid_worker", OTHER))
    assert get(client, "/people")[1]["total"] == 0
    assert get(client, f"/people?search={PHONE}")[1]["total"] == 0
    for path in (
        f"/people/{resident}",
        "/plates/B1-101",
        "/plates/B1",
        f"/households/{queries.household_of(resident)}",
    ):
        assert get(client, path)[0] == 404


def test_a_person_is_opened_for_a_task_and_never_kept_as_a_receipt(as_user, resident):
    client = as_user("w", ("grid_worker", GRID))
    path, body = f"/people/{resident}/open", {"elements": ["name", "phone"], "task": "todo:1"}
    status, refused = post(client, path, body)
    assert (status, refused["code"]) == (403, "no_task_in_hand")
    place = queries.place_of_person(resident)
    purposes.give(
        holder=purposes.at_place(place), subjects=[resident], task="todo:1", purpose="base_register"
    )
    for _ in range(2):
        status, opened = post(client, path, body, HTTP_IDEMPOTENCY_KEY="open-1")
        assert (status, {f["element"]: f["value"] for f in opened["facts"]}) == (
            200, {"name": "王秀兰", "phone": PHONE},
        )  # fmt: skip
    assert Look.objects.filter(subject=resident, task="todo:1").count() == 2
    assert not Receipt.objects.exists()


def test_whether_an_id_is_somebodys_is_told_to_nobody_without_a_task(as_user, resident):
    for client in (as_user("w", ("grid_worker", GRID)), as_user("n", ("grid_worker", OTHER))):
        answers = [post(client, f"/people/{uid}/open", {}) for uid in (resident, str(uuid4()), "nobody")]
        assert answers[0][0] == 403
        assert answers == answers[:1] * 3


def test_an_observation_counts_once_and_tells_nothing(as_user, resident):
    client = as_user("w", ("grid_worker", GRID))
    seen = {
        "uid": str(uuid4()), "subject": resident, "element": "name", "value": "王秀蓝",
        "observed_at": "2026-07-31T10:00:00+08:00",
    }  # fmt: skip
    status, (first,) = post(client, "/observations", [seen])
    assert (status, first["state"], first["settled_by"]) == (200, "conflict", "next_visit")
    assert "王秀兰" not in str(first)
    assert post(client, "/observations", [seen])[1][0]["duplicate"] is True
    assert post(client, "/observations", [{**seen, "uid": str(uuid4()), "element": "religion"}])[0] == 422


def test_merging_is_for_the_data_office(as_user, resident, installer):
    rows = pa.table({"row": [3], "name": ["王秀兰"], "phone": ["13800000009"]})
    (gone,) = actions.add_persons(
        feed="health", department="health", batch="b", rows=rows, observed_at=clock.now(), by=installer
    )
    client = as_user("w", ("grid_worker", GRID))
    pair = {"keep": resident, "gone": gone}
    assert post(client, "/merges", pair)[0] == 403
    assert get(client, "/disputes?area=4205")[0] == 403
    client = as_user("o", ("data_officer",))
    status, found = post(client, "/merges", pair, HTTP_IDEMPOTENCY_KEY="merge-1")
    assert (status, found) == (200, {"elements": {"phone": "confirm"}})
    assert [d["element"] for d in get(client, "/disputes?area=4205")[1]] == ["phone"]
    assert post(client, "/splits", pair)[0] == 200
    assert get(client, "/disputes?area=4205")[1] == []


def test_nobody_signed_in_sees_nothing(client, resident):
    for path in (
        "/people",
        f"/people/{resident}",
        "/plates/B1",
        "/observations/routed",
        "/parts",
        "/organisations",
    ):
        assert get(client, path)[0] == 401


def test_moving_away(as_user, resident):
    client = as_user("w", ("grid_worker", GRID))
    status, done = post(client, f"/people/{resident}/departures", {"relation": "living"})
    assert (status, done) == (200, {"done": True})
    assert get(client, "/people")[1]["total"] == 0
    assert post(client, f"/people/{resident}/departures", {"relation": "living"})[0] == 404
