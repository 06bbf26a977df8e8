"""The trail of an object over HTTP: who may read it, what it tells, that it is proved, and that no value is ever in it."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.db import transaction

from wangge.entry.jobs import sealer
from wangge.platform.access.models import User
from wangge.platform.audit import trail
from wangge.platform.audit.models import Entry, Look
from wangge.platform.clock import clock
from wangge.work.hub import actions as hub

pytestmark = pytest.mark.django_db
TODO = "01a221ce-a836-76b2-9483-1e0fffb561b7"


@pytest.fixture
def as_user(client, user_with, at_moment):
    def sign_in(*grants, name="somebody"):
        uid, actor = user_with(name, *grants)
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        return actor

    return sign_in


@pytest.fixture
def feed(user_with, at_moment):
    """A feed of civil affairs with a few entries of its own, and one of somebody else's feed."""
    officer = user_with("officer", ("data_officer",))[1]
    today = clock.today()
    for department in ("civil_affairs", "health"):
        agreement = hub.agree(
            department=department, direction="in", purpose="base_register", elements=["name", "phone"], document="协议",
            from_on=today, to_on=today + timedelta(days=9), by=officer,
        )  # fmt: skip
        hub.open_feed(
            code=department, agreement=agreement, name_zh=f"{department}名册", name_en=department, by=officer
        )
    hub.confirm_mapping(feed="civil_affairs", columns={"姓名": "name", "备注": ""}, by=officer)
    return agreement


def ask(client, expect=200, **query):
    sealer.seal_all()  # as it does within a second where an act doesn't seal its own entry
    answer = client.get("/api/audit/trail", query)
    assert answer.status_code == expect, answer.content.decode()
    return json.loads(answer.content)


def test_whoever_may_open_a_thing_reads_its_trail_newest_first(client, as_user, feed):
    as_user(("department_clerk", "", "civil_affairs"))
    found = ask(client, kind="feed", id="civil_affairs")
    assert [one["verb"] for one in found["items"]] == ["hub.confirm_mapping", "hub.open_feed"]
    assert (found["total"], found["name"], found["to"]) == (2, "civil_affairs名册", "/feeds/civil_affairs")
    assert {one["who"] for one in found["items"]} == {"数据专员"}
    assert [one["code"] for one in found["verbs"]] == ["hub.confirm_mapping", "hub.open_feed"]


@pytest.mark.parametrize(
    ("grants", "kind", "id_", "status"),
    [
        ([("department_clerk", "", "civil_affairs")], "feed", "health", 404),  # another department's
        ([("department_clerk", "", "civil_affairs")], "user", "officer", 403),
        ([("department_clerk", "", "civil_affairs")], "person", TODO, 403),
        ([("data_officer",)], "person", TODO, 403),
        ([("data_officer",)], "grid", "420502001001001", 403),  # no page of its own: an administrator's
        ([("leader",)], "feed", "civil_affairs", 403),
        ([("grid_worker", "420502001001001")], "case", TODO, 404),
        ([("grid_worker", "420502001001001")], "todo", TODO, 404),
        ([("leader",)], "pair", TODO, 403),
        ([("acceptor",)], "programme", "old_age_allowance", 403),
        ([], "feed", "civil_affairs", 403),
    ],
)  # fmt: skip
def test_nobody_reads_the_trail_of_what_they_may_not_open(client, as_user, feed, grants, kind, id_, status):
    as_user(*grants)
    ask(client, expect=status, kind=kind, id=id_)
    file = client.get("/api/audit/trail.xlsx", {"kind": kind, "id": id_})
    assert file.status_code == status


def test_nobody_who_is_not_signed_in_reads_anything(client, feed):
    ask(client, expect=401, kind="feed", id="civil_affairs")
    assert client.get("/api/audit/proof").status_code == 401


def test_an_administrator_reads_any_trail_also_of_what_is_gone(client, as_user, feed, user_with):
    as_user(("administrator",))
    assert ask(client, kind="feed", id="civil_affairs")["name"] == "civil_affairs名册"
    assert ask(client, kind="user", id="officer")["total"] == 2  # made, and granted
    assert ask(client, kind="grid", id="420502001001001")["total"] == 0
    gone = ask(client, kind="case", id=TODO)
    assert (gone["total"], gone["name"], gone["to"]) == (0, TODO, "")


def test_a_users_trail_tells_what_was_done_to_the_account_and_never_what_its_owner_did(client, as_user, feed):
    """Red line: no page gathers what a worker did, act after act."""
    as_user(("administrator",))
    verbs = {one["verb"] for one in ask(client, kind="user", id="officer")["items"]}
    assert verbs == {"access.add_user", "access.grant"}
    officer = User.objects.get(username="officer")
    assert Entry.objects.filter(actor=f"user:{officer.uid}").count() > 3


def looked(actor, person="p1"):
    with transaction.atomic():
        trail.look(
            by=actor, subjects=[person], elements=["phone", "name"], purpose="elderly_service", post="grid_worker",
            task=f"todo:{TODO}",
        )  # fmt: skip


def test_a_look_is_told_with_its_purpose_task_and_elements_and_without_the_person(client, as_user, user_with):
    worker = user_with("w", ("grid_worker", "420502001001001"))[1]
    looked(worker)
    as_user(("administrator",))
    (line,) = ask(client, kind="todo", id=TODO)["items"] or [None]
    assert (line["what"], line["why"], line["task"], line["who"]) == (
        "查看个人信息", "为老服务", f"todo:{TODO}", "网格员",
    )  # fmt: skip
    assert {one["name"]: one["value"] for one in line["details"]} == {"数据元": "姓名、联系电话"}


def test_details_without_a_word_are_never_told(client, as_user, installer):
    with transaction.atomic():
        trail.record(
            by=installer, verb="hub.try", object_kind="thing", object_id="1",
            details={"rows": 3, "secret": "13812345521", "subjects": ["01a2"]},
        )  # fmt: skip
    as_user(("administrator",))
    said = ask(client, kind="thing", id="1")
    assert said["items"][0]["details"] == [{"name": "行数", "value": "3"}]
    assert "13812345521" not in json.dumps(said)


def test_the_filter_narrows_by_act_room_and_day(client, as_user, feed):
    as_user(("administrator",))
    today = clock.today()
    assert ask(client, kind="feed", id="civil_affairs", verb="hub.open_feed")["total"] == 1
    assert ask(client, kind="feed", id="civil_affairs", verb="hub")["total"] == 2
    assert ask(client, kind="feed", id="civil_affairs", verb="cases")["total"] == 0
    assert ask(client, kind="feed", id="civil_affairs", from_on=today, to_on=today)["total"] == 2
    assert ask(client, kind="feed", id="civil_affairs", to_on=today - timedelta(days=1))["total"] == 0
    assert len(ask(client, kind="feed", id="civil_affairs", limit=1, offset=1)["items"]) == 1


def test_lines_are_proved_and_a_change_shows(client, as_user, feed):
    as_user(("administrator",))
    found = ask(client, kind="feed", id="civil_affairs")
    assert found["unbroken"]
    assert [one["holds"] for one in found["items"]] == [True] * found["total"] != []
    assert found["chain"]["sealed"] == Entry.objects.count()
    assert json.loads(client.get("/api/audit/proof").content)["broken_at"] is None
    changed = Entry.objects.get(verb="hub.open_feed", object_id="civil_affairs")
    Entry.objects.filter(pk=changed.pk).update(details={"agreement": "another"})
    after = ask(client, kind="feed", id="civil_affairs")
    assert not after["unbroken"]
    assert [one["verb"] for one in after["items"] if one["holds"] is False] == ["hub.open_feed"]
    assert json.loads(client.get("/api/audit/proof").content)["broken_at"] == changed.sealed


def test_a_look_that_was_taken_out_shows_in_its_line(client, as_user, user_with):
    looked(user_with("w", ("grid_worker", "420502001001001"))[1])
    as_user(("administrator",))
    assert ask(client, kind="person", id="p1")["unbroken"]
    Look.objects.all().delete()
    assert not ask(client, kind="person", id="p1")["unbroken"]


def test_the_workbook_has_the_same_lines_and_is_recorded(client, as_user, feed):
    actor = as_user(("department_clerk", "", "civil_affairs"))
    answer = client.get(
        "/api/audit/trail.xlsx", {"kind": "feed", "id": "civil_affairs", "verb": "hub.open_feed"}
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][1:3] == ("数据专员", "开通来源")
    taken = Entry.objects.get(verb="audit.trail_file")
    assert (taken.actor, taken.object_kind, taken.object_id) == (actor.id, "feed", "civil_affairs")


def test_who_reads_the_trail_of_a_resident_stands_in_it(client, as_user):
    actor = as_user(("administrator",))
    ask(client, kind="person", id="p1")
    assert Entry.objects.get(verb="audit.trail").actor == actor.id


def test_from_where_an_act_came_is_told(client, as_user, feed):
    as_user(("administrator",))
    headers = {"Referer": "http://testserver/console/audit?kind=feed"}
    client.get("/api/audit/trail.xlsx", {"kind": "feed", "id": "health"}, headers=headers)
    client.get("/api/audit/trail.xlsx", {"kind": "feed", "id": "health"})
    lines = ask(client, kind="feed", id="health", verb="audit.trail_file")["items"]
    assert [one["via"] for one in lines] == ["接口", "工作台"]
