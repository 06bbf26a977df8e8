"""The hand-over book and the caller's other calls over HTTP: each post gets its own, in its language, and no more."""

import io
import sys
from pathlib import Path

import openpyxl
import pytest

from wangge.platform.access import actors
from wangge.platform.access.models import User
from wangge.work.cases import actions

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "cases"))

import case_town
from case_town import HERE, bring

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing(writing, moment):
    return case_town.standing(writing, moment)


@pytest.fixture
def town(standing, db, at_moment):
    return case_town.lent(standing)


@pytest.fixture
def call(client, town):
    """``call("chief", "get", "/x")`` gives (status, answer) as that person."""

    def send(who, method, path, body=None, **headers):
        user = User.objects.get(uid=town.by[who].removeprefix("user:"))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        kind = {} if method == "get" else {"content_type": "application/json"}
        answer = getattr(client, method)(f"/api{path}", body or {}, **kind, **headers)
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.status_code, answer.json() if is_json else answer.content

    return send


def test_a_shift_hands_over_and_the_next_takes_over(call, town):
    case = bring(town, "to_accept")
    status, desk = call("acceptor", "get", "/handovers/desk")
    assert (status, desk["figures"][0], [one["case"]["uid"] for one in desk["proposed"]]) == (
        200, {"name": "to_accept", "count": 1, "filter": {"state": "to_accept"}}, [case],
    )  # fmt: skip
    body = {"said": "盯一下", "cases": [{"case": case, "note": "等回电"}]}
    once = {"HTTP_IDEMPOTENCY_KEY": "hand-over-1"}
    status, wrote = call("acceptor", "post", "/handovers/", body, **once)
    assert status == 200
    assert call("acceptor", "post", "/handovers/", body, **once) == (200, wrote)  # sent twice, written once
    status, told = call("acceptor", "post", f"/handovers/{wrote['uid']}/take")
    assert (status, told["code"]) == (409, "your_own")
    assert call("chief", "get", "/handovers/", {"waiting": "true"})[1]["total"] == 1
    assert call("chief", "post", f"/handovers/{wrote['uid']}/take") == (200, wrote)
    status, told = call("other_chief", "post", f"/handovers/{wrote['uid']}/take")
    assert (status, told["code"]) == (409, "taken_already")
    page = call("acceptor", "get", "/handovers/", {"from_on": "2026-07-31", "to_on": "2026-07-31"})[1]
    assert (page["total"], page["items"][0]["taken_name"], page["items"][0]["cases"][0]["note"]) == (
        1,
        "某chief",
        "等回电",
    )


def test_the_book_goes_out_as_filtered(call):
    call("acceptor", "post", "/handovers/", {"said": "第一班"})
    status, content = call("chief", "get", "/handovers/handovers.xlsx", {"waiting": "true"})
    assert (status, openpyxl.load_workbook(io.BytesIO(content)).active.max_row) == (200, 3)
    _status, content = call("chief", "get", "/handovers/handovers.xlsx", {"waiting": "false"})
    assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 2


@pytest.mark.parametrize("who", ["clerk", "crew", "worker", "leader", "admin"])
def test_other_posts_have_no_book(call, who):
    for method, path in (
        ("get", "/handovers/"),
        ("get", "/handovers/desk"),
        ("get", "/handovers/handovers.xlsx"),
        ("post", "/handovers/"),
        ("post", "/handovers/x/take"),
    ):
        assert call(who, method, path)[0] == 403


def test_the_callers_other_calls_open_as_a_list_for_whoever_accepts(call, town):
    said = {"class_code": "E0101", "lon": HERE[0], "lat": HERE[1], "phone": "13800135521"}
    first, case = (actions.report(by=actors.PUBLIC, **said).uid for _ in range(2))
    calls = call("acceptor", "get", f"/cases/{case}")[1]["calls"]
    listed = call("acceptor", "get", "/cases/", {"caller_of": case})[1]
    assert (calls["total"], listed["total"], listed["items"][0]["uid"]) == (1, 1, first)
    assert "13800135521" not in str(calls)
    assert call("dispatcher", "get", f"/cases/{case}")[1]["calls"] is None
    assert call("dispatcher", "get", "/cases/", {"caller_of": case})[0] == 403
    for path in ("/cases/cases.xlsx", "/cases/counts", "/cases/points"):
        status, told = call("acceptor", "get", path, {"caller_of": case})
        assert (status, told["code"]) == (422, "calls_only_listed")
