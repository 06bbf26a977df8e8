"""A resident's rights over HTTP: a question about a look and its answer, a consent and what it opens."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from wangge.cores.tables.reading import read_table
from wangge.ground.registry import queries as people
from wangge.platform.access import purposes
from wangge.platform.access.models import User
from wangge.platform.clock import clock

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "services"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(at_moment, installer, settings, tmp_path):
    import service_town

    settings.WANGGE_HOME = tmp_path
    with clock.moved(at_moment - timedelta(minutes=1)):
        town = service_town.build(installer)
        town.whom = town.person(phone="13800000001", **service_town.OLD)
        service_town.account(town, "me", town.whom)
        return town


@pytest.fixture
def ask(client, town):
    """``ask("me", "post", "/x", {...})`` gives (status, answer) as that person."""

    def send(who, method, path, body=None):
        client.logout()
        if who:
            user = User.objects.get(uid=town.by[who].removeprefix("user:"))
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        given = {"content_type": "application/json"} if method == "post" else {}
        answer = getattr(client, method)(f"/api{path}", body or {}, **given)
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.status_code, answer.json() if is_json else answer.content

    return send


def test_a_question_is_asked_answered_and_read(town, ask):
    place = purposes.at_place(people.place_of_person(town.whom))
    purposes.give(holder=place, subjects=[town.whom], task="todo:1", purpose="base_register")
    assert (
        ask(
            "worker", "post", f"/registry/people/{town.whom}/open", {"elements": ["phone"], "task": "todo:1"}
        )[0]
        == 200
    )
    look = ask("me", "get", "/residents/looks")[1][0]
    status, made = ask("me", "post", "/residents/questions", {"look": look["look"], "about": "为什么？"})
    assert status == 200
    assert ask("me", "get", "/residents/questions")[1][0]["uid"] == made["uid"]
    for who, expected in {"": 401, "worker": 403, "me": 403, "leader": 403}.items():
        assert ask(who, "get", "/questions/")[0] == expected
        assert (
            ask(who, "post", f"/questions/{made['uid']}/answer", {"finding": "needed", "answer": "x"})[0]
            == expected
        )
    assert ask("officer", "get", "/questions/counts")[1] == {"open": 1, "late": 0, "answered": 0}
    listed = ask("officer", "get", "/questions/?state=open")[1]
    assert (listed["total"], listed["items"][0]["who"], listed["items"][0]["mine"]) == (1, "某worker", True)
    assert (
        ask(
            "officer",
            "post",
            f"/questions/{made['uid']}/answer",
            {"finding": "needed", "answer": "核实电话。"},
        )[0]
        == 200
    )
    answered = ask("me", "get", "/residents/questions")[1][0]
    assert (answered["state"], answered["answer"], answered["answered_zh"]) == (
        "answered",
        "核实电话。",
        "数据专员",
    )
    assert len(read_table(ask("officer", "get", "/questions/questions.xlsx")[1], name="x.xlsx").rows) == 1


def test_a_consent_is_given_read_opened_and_withdrawn(town, ask):
    offered = ask("", "get", "/consents/offers")[1]
    offer = next(one for one in offered if one["code"] == "checkup_reminder")
    until = (clock.now() + timedelta(days=offer["days"])).isoformat()
    body = {"department": "health", "purpose": offer["code"], "elements": ["phone"], "until": until}
    status, made = ask("me", "post", "/residents/consents", body)
    assert status == 200
    assert ask("me", "get", "/residents/consents")[1][0]["number"].startswith("C2026-0731-")
    assert ask("health_clerk", "get", "/consents/")[1]["total"] == 1
    opened = ask("health_clerk", "post", f"/consents/{made['uid']}/open")[1]
    assert [(one["code"], one["value"]) for one in opened["values"]] == [("phone", "13800000001")]
    for who, expected in {"": 401, "officer": 403, "clerk": 404}.items():
        assert ask(who, "post", f"/consents/{made['uid']}/open")[0] == expected
    assert ask("me", "post", f"/residents/consents/{made['uid']}/withdraw")[0] == 200
    assert ask("health_clerk", "get", "/consents/")[1]["total"] == 0
    assert ask("health_clerk", "post", f"/consents/{made['uid']}/open")[0] == 404
