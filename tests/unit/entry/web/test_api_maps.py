"""The map over HTTP: open to everybody, packed, kept for good under its edition, and asked for again after a change."""

from __future__ import annotations

import gzip

import pytest
import shapely

from wangge.ground.areas import actions
from wangge.ground.areas.records import BaseRow

pytestmark = pytest.mark.django_db

TILE = "/api/areas/tiles/12/3314/1680"


@pytest.fixture
def road(installer):
    def load(name):
        line = shapely.LineString([(111.27, 30.68), (111.34, 30.73)])
        actions.load_base(kind="road", rows=[BaseRow("road", name, 1, line.wkb)], by=installer)

    load("夷陵大道")
    return load


def test_a_tile_with_its_edition_is_kept_for_good(client, road):
    version = client.get("/api/areas/map").json()["version"]
    answer = client.get(f"{TILE}?version={version}", headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "夷陵大道".encode() in gzip.decompress(answer.content)


def test_who_takes_no_gzip_gets_it_plain(client, road):
    answer = client.get(TILE)
    assert "Content-Encoding" not in answer.headers
    assert "夷陵大道".encode() in answer.content


def test_an_old_or_unnamed_edition_is_asked_about_again(client, road):
    old = client.get("/api/areas/map").json()["version"]
    answer = client.get(TILE)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(TILE, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    road("东山大道")
    changed = client.get(f"{TILE}?version={old}", headers={"If-None-Match": answer.headers["ETag"]})
    assert changed.status_code == 200
    assert "东山大道".encode() in changed.content
    assert changed.headers["Cache-Control"] == "no-cache"  # what an old address names isn't kept


def test_what_the_map_has_not_is_not_found_in_words(client):
    answer = client.get("/api/areas/tiles/3/1/1")
    assert answer.status_code == 404
    assert answer.json()["code"] == "no_such_tile"
    wide = client.get("/api/areas/sketch?bbox=111,30,112,31")
    assert wide.status_code == 422
    assert wide.json()["code"] == "box_too_large"


def test_points_want_somebody_who_may_see_the_list(client):
    assert client.get("/api/cases/points").status_code == 401
    assert client.get("/api/todos/points").status_code == 401


def test_me_says_what_i_may(client, user_with):
    from wangge.platform.access.models import User

    uid, _actor = user_with("chief", ("duty_chief", "420502"))
    client.force_login(User.objects.get(uid=uid.removeprefix("user:")))
    may = client.get("/api/access/me").json()["may"]
    assert "cases.see" in may
    assert "todos.see" not in may
    assert client.get("/api/cases/points").status_code == 200
    assert client.get("/api/todos/points").status_code == 403
