"""Services, the resident's pages and the public register over HTTP: one file adds a programme, scope and permissions hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wangge.entry.jobs import worker
from wangge.platform.access.models import User

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "services"))
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing(writing, moment, tmp_path_factory):
    import service_town

    return service_town.standing(writing, tmp_path_factory.mktemp("home"), moment)


@pytest.fixture
def town(standing, db, at_moment, settings, tmp_path):
    import service_town

    return service_town.lent(standing, settings, tmp_path)


@pytest.fixture
def as_(client, town):
    """``as_("clerk")`` signs a post's account in; ``as_("")`` nobody."""

    def sign_in(name):
        client.logout()
        if name:
            user = User.objects.get(uid=town.by[name].removeprefix("user:"))
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def post(client, path, body=None, **headers):
    answer = client.post(f"/api{path}", body or {}, content_type="application/json", **headers)
    return answer.status_code, answer.json()


def get(client, path):
    answer = client.get(f"/api{path}")
    return answer.status_code, answer.json() if answer["Content-Type"].startswith(
        "application/json"
    ) else answer.content


def send(client, *programmes):
    from service_town import sheet

    file = SimpleUploadedFile("programmes.xlsx", sheet(*programmes))
    answer = client.post("/api/services/programmes", {"file": file})
    return answer.status_code, answer.json()


def test_one_file_adds_a_programme_and_changes_the_list(town, as_):
    from service_town import ALLOWANCE, CHECKUP, OLD

    town.person(**OLD | {"checkup_date": None})
    assert send(as_("officer"), ALLOWANCE)[0] == 200
    worker.drain()
    assert get(as_("officer"), "/services/entitled")[1]["total"] == 1
    status, loaded = send(as_("officer"), ALLOWANCE, CHECKUP)
    assert (status, [p["did"] for p in loaded["programmes"]]) == (200, ["unchanged", "added"])
    worker.drain()
    client = as_("health_clerk")
    assert get(client, "/services/entitled")[1]["total"] == 1
    assert get(client, "/services/counts")[1][0]["states"] == {"pushed": 1}
    assert get(client, "/services/entitled.xlsx?programme=elderly_checkup")[0] == 200


def test_a_bad_file_names_file_sheet_row_and_column(town, as_):
    from service_town import ALLOWANCE

    status, problem = send(
        as_("officer"), ALLOWANCE, ALLOWANCE | {"code": "second", "elements": "birth_date,score"}
    )
    assert (status, problem["code"]) == (422, "bad_file")
    assert problem["faults"][0]["where"] == "programmes.xlsx, sheet 'programmes', row 3, column 'elements'"
    assert get(as_(""), "/services/programmes")[1] == []


def test_the_clerk_confirms_the_resident_declines(town, as_):
    from service_town import ALLOWANCE, OLD, account

    person = town.person(**OLD)
    send(as_("officer"), ALLOWANCE)
    worker.drain()
    waiting = get(as_("clerk"), "/services/to-confirm")[1]
    uid = waiting["items"][0]["uid"]
    key = {"HTTP_IDEMPOTENCY_KEY": "confirm-1"}
    first = post(as_("clerk"), "/services/confirm", {"entitlements": [uid]}, **key)
    assert first == (200, {"confirmed": 1})
    assert post(as_("clerk"), "/services/confirm", {"entitlements": [uid]}, **key) == first
    assert post(as_("clerk"), "/services/confirm", {"entitlements": [uid]})[0] == 409
    account(town, "me", person)
    mine = get(as_("me"), "/residents/services")[1]
    assert (mine[0]["uid"], mine[0]["may_decline"]) == (uid, True)
    assert post(as_("me"), f"/residents/services/{uid}/decline") == (200, {"done": True})
    assert post(as_("me"), f"/residents/services/{uid}/decline")[0] == 409
    assert get(as_("me"), "/services/programmes/old_age_allowance/why")[1]["outcome"] == "entitled"


def test_posts_without_the_permission_and_other_departments_get_nothing(town, as_):
    from service_town import ALLOWANCE, OLD

    town.person(**OLD)
    send(as_("officer"), ALLOWANCE)
    worker.drain()
    uid = get(as_("clerk"), "/services/entitled")[1]["items"][0]["uid"]
    for name, status in {"": 401, "worker": 403, "planner": 403}.items():
        for path in (
            "/services/entitled",
            "/services/counts",
            "/services/to-confirm",
            f"/services/entitled/{uid}",
        ):
            assert get(as_(name), path)[0] == status, (name, path)
        assert send(as_(name), ALLOWANCE)[0] == status
    assert get(as_("health_clerk"), "/services/entitled")[1] == {"total": 0, "items": []}
    assert get(as_("health_clerk"), f"/services/entitled/{uid}")[0] == 404
    assert post(as_("health_clerk"), f"/services/entitled/{uid}/refuse", {"why": "不"})[0] == 404
    assert send(as_("health_clerk"), ALLOWANCE | {"conditions": "age >= 1"})[0] == 422


def test_a_code_from_the_worker_opens_my_pages_and_nothing_before(town, as_):
    from service_town import OLD, account

    person = town.person(phone="13800000001", **OLD)
    account(town, "me")
    pages = (
        "data",
        "looks",
        "services",
        "visits",
        "worker",
        "bindings",
        "corrections",
        "consents",
        "questions",
        "export.xlsx",
    )
    assert [get(as_("me"), f"/residents/{page}")[0] for page in pages] == [403] * len(pages)
    assert [get(as_(""), f"/residents/{page}")[0] for page in pages] == [401] * len(pages)
    assert post(as_("me"), "/residents/invitations", {"person": person})[0] == 403
    status, invited = post(as_("worker"), "/residents/invitations", {"person": person})
    assert status == 200
    assert post(as_("east_worker"), "/residents/invitations", {"person": person})[0] == 404
    key = {"HTTP_IDEMPOTENCY_KEY": "bind-1"}
    assert post(as_("me"), "/residents/bind", {"code": "11010519491231002X"}, **key)[0] == 422
    assert post(as_("me"), "/residents/bind", {"code": invited["code"]}, **key)[0] == 200
    assert [get(as_("me"), f"/residents/{page}")[0] for page in pages] == [200] * len(pages)
    names = {d["element"]: d["value"] for d in get(as_("me"), "/residents/data")[1]}
    assert names["name"] == "王秀兰"


def test_wrong_codes_lock_even_under_an_idempotency_key(town, as_):
    from service_town import account

    account(town, "me")
    client = as_("me")
    tries = [
        post(client, "/residents/bind", {"code": "AAAAA-AAAAA"}, HTTP_IDEMPOTENCY_KEY="same")[0]
        for _ in range(6)
    ]
    assert tries == [422] * 5 + [429]


def test_asking_for_a_code_answers_alike(town, as_):
    from service_town import OLD, account

    town.person(phone="13800000001", **OLD)
    account(town, "me")
    client = as_("me")
    held = post(client, "/residents/codes", {"phone": "13800000001"})
    assert held == post(client, "/residents/codes", {"phone": "13900000009"}) == (200, {"valid_minutes": 10})
    assert post(as_(""), "/residents/codes", {"phone": "13800000001"})[0] == 401


def test_the_public_register_is_made_of_the_data_and_names_nobody(town, as_):
    from service_town import ALLOWANCE, CHECKUP, OLD

    town.person("王秀兰", phone="13800000001", **OLD)
    send(as_("officer"), ALLOWANCE, CHECKUP)
    worker.drain()
    status, register = get(as_(""), "/register/")
    assert status == 200
    assert [p["code"] for p in register["programmes"]] == ["elderly_checkup", "old_age_allowance"]
    assert register["programmes"][1]["rule_zh"][0] == "年满80周岁"
    elements = {e["code"]: e for e in register["elements"]}
    assert elements["birth_date"]["programmes"] == ["elderly_checkup", "old_age_allowance"]
    assert elements["checkup_date"]["basis"] == "基本公共卫生服务规范"
    assert {a["code"] for a in register["admissions"]} >= {"programme:elderly_checkup"}
    assert {"control_list"} <= {r["code"] for r in register["refusals"]}
    text = str(register)
    assert not any(word in text for word in ("王秀兰", "13800000001", "1940"))
    for part in ("programmes", "elements", "agreements", "admissions", "refusals"):
        assert get(as_(""), f"/register/{part}") == (200, register[part])
