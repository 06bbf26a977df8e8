"""Areas over HTTP: what everybody sees, what stays in one's areas, and what is refused."""

from __future__ import annotations

import pytest
import shapely

from wangge.ground.areas import actions
from wangge.ground.areas.records import BaseRow, BuildingRow, DivisionRow, GridRow
from wangge.platform.access.models import User

pytestmark = pytest.mark.django_db

WEST, EAST = "420502001001", "420502001002"


def box(west, south, east, north):
    return shapely.to_wkb(shapely.box(west, south, east, north))


@pytest.fixture
def town(installer):
    actions.load_divisions(
        rows=[
            DivisionRow("420502", "district", "西陵区"),
            DivisionRow("420502001", "street", "西陵街道", parent="420502"),
            DivisionRow(WEST, "community", "西社区", parent="420502001", wkb=box(111.0, 30.0, 111.1, 30.1)),
            DivisionRow(EAST, "community", "东社区", parent="420502001", wkb=box(111.1, 30.0, 111.2, 30.1)),
        ],
        by=installer,
    )
    actions.load_base(
        kind="road",
        rows=[BaseRow("road", "夷陵大道", 1, shapely.LineString([(111, 30.05), (111.2, 30.05)]).wkb)],
        by=installer,
    )
    grids = [
        GridRow(f"{WEST}001", box(111.0, 30.0, 111.1, 30.1), households=1),
        GridRow(f"{EAST}001", box(111.1, 30.0, 111.2, 30.1)),
    ]
    actions.put_in_force(plan=actions.draft_plan(grids=grids, memberships={}, by=installer), by=installer)
    return actions.load_buildings(
        rows=[
            BuildingRow(
                111.05,
                30.05,
                "P1",
                address="学院路1号",
                households=1,
                wkb=box(111.0499, 30.0499, 111.0501, 30.0501),
            ),
            BuildingRow(111.15, 30.05, "P2", address="学院路2号", households=30),
        ],
        by=installer,
    )


@pytest.fixture
def as_user(client, user_with):
    def sign_in(name, *grants):
        uid, _ = user_with(name, *grants)
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def get(client, path):
    answer = client.get(f"/api/areas{path}")
    return answer.status_code, answer.json()


def test_everybody_sees_the_map_and_nothing_of_a_person(town, client):
    for layer, count in {"road": 1, "water": 0, "building": 2, "grid": 2, "community": 2}.items():
        status, found = get(client, f"/map/{layer}?bbox=110.9,29.9,111.3,30.2")
        assert status == 200
        assert found["type"] == "FeatureCollection"
        assert len(found["features"]) == count
    _, buildings = get(client, "/map/building?bbox=111.0,30.0,111.1,30.1")
    assert len(buildings["features"]) == 1
    assert set(buildings["features"][0]["properties"]) == {"plate", "address", "compound", "floors"}
    assert buildings["features"][0]["geometry"]["type"] == "Polygon"
    assert get(client, "/at?lon=111.05&lat=30.05")[1] == {"grid": f"{WEST}001", "community": WEST}


@pytest.mark.parametrize("query", ["bbox=1,2,3", "bbox=a,b,c,d", "bbox=112,30,111,31", "bbox=111,30,112,nan"])
def test_a_bad_box_is_refused_with_a_reason(town, client, query):
    status, problem = get(client, f"/map/road?{query}")
    assert (status, problem["code"]) == (422, "bad_box")
    assert get(client, "/map/secrets?bbox=111,30,112,31")[0] == 422


@pytest.mark.parametrize(
    "path",
    ["/divisions", "/grids", "/buildings", "/search?text=x", "/counts", "/plans", "/codes/1", "/plates/P1"],
)
def test_the_rest_is_for_staff(town, client, path):
    assert get(client, path)[0] == 401


def test_lists_counts_and_search_stay_in_the_areas(town, as_user):
    client = as_user("worker", ("grid_worker", f"{WEST}001"))
    assert [g["code"] for g in get(client, "/grids")[1]["items"]] == [f"{WEST}001"]
    assert get(client, f"/grids/{EAST}001")[0] == 404
    assert [d["code"] for d in get(client, "/divisions")[1]["items"]] == ["420502", "420502001", WEST]
    buildings = get(client, "/buildings")[1]
    assert (buildings["total"], [b["plate"] for b in buildings["items"]]) == (1, ["P1"])
    assert get(client, f"/buildings?area={EAST}")[1]["total"] == 0
    assert [f["label"] for f in get(client, "/search?text=学院路")[1]] == ["学院路1号"]
    assert get(client, "/counts")[1] == {"communities": 0, "grids": 1, "buildings": 1, "households": 1}
    assert get(client, f"/counts?area={EAST}")[1]["buildings"] == 0


def test_a_leader_of_the_whole_city_sees_all(town, as_user):
    client = as_user("leader", ("leader",))
    assert get(client, "/counts")[1] == {"communities": 2, "grids": 2, "buildings": 2, "households": 31}
    assert get(client, f"/buildings?area={EAST}001")[1]["items"][0]["grid"] == f"{EAST}001"
    assert [p["state"] for p in get(client, "/plans")[1]] == ["in_force"]


def test_only_administrators_write_and_a_plate_is_found_by_its_old_code(town, as_user):
    body = {"place": town[0].place, "plate": "P9"}
    client = as_user("worker", ("grid_worker", f"{WEST}001"))
    assert client.post("/api/areas/plates", body, content_type="application/json").status_code == 403
    client = as_user("administrator", ("administrator",))
    assert client.post("/api/areas/plates", body, content_type="application/json").status_code == 200
    assert get(client, "/plates/P9")[1]["place"] == get(client, "/plates/P1")[1]["place"] == town[0].place
    assert get(client, "/plates/P7")[0] == 404
    wrong = {"place": "no-uuid", "plate": "P9"}
    assert client.post("/api/areas/plates", wrong, content_type="application/json").status_code == 422


def test_everybody_finds_an_address_by_its_text_or_around_a_point(town, client):
    _, found = get(client, "/addresses?text=学院路")
    assert [one["text"] for one in found] == ["学院路1号", "学院路2号"]
    assert set(found[0]) == {"text", "lon", "lat", "metres"}
    _, near = get(client, "/addresses?lon=111.0501&lat=30.05")
    assert [(one["text"], one["metres"]) for one in near] == [("学院路1号", 10)]
    # A single character would give half the town; far from everything there is none.
    assert get(client, "/addresses?text=路") == (200, [])
    assert get(client, "/addresses?lon=112&lat=31") == (200, [])
    assert get(client, "/addresses?lon=500&lat=31")[0] == 422


def test_what_divisions_are_called_is_no_secret(town, client):
    status, found = get(client, f"/names?codes={WEST},420502,999999999999")
    assert status == 200
    assert [(one["code"], one["zh"]) for one in found] == [("420502", "西陵区"), (WEST, "西社区")]
    assert get(client, "/names?codes=") == (200, [])
