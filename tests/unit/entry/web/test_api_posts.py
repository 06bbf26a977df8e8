"""Posts given and ended by an administrator, and matters put on the published list, over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from wangge.platform.access import actions
from wangge.platform.access.models import User
from wangge.platform.audit.models import Entry
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db
DISTRICT = "420502"


@pytest.fixture
def as_user(client):
    def sign_in(uid):
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def departments(installer):
    actions.add_department(code="water", name_zh="水务局", by=installer)


def post(client, path, body):
    answer = client.post(f"/api{path}", body, content_type="application/json")
    return answer.status_code, answer.json()


def held(client, uid):
    found = next(one for one in client.get("/api/access/users").json()["items"] if one["uid"] == uid)
    return [(one["role"], one["area"], one["department"], one["with_duty"]) for one in found["grants"]]


class TestPosts:
    @pytest.fixture
    def administrator(self, as_user, user_with):
        uid, _ = user_with("administrator", ("administrator", DISTRICT))
        return as_user(uid), uid

    def test_given_seen_and_ended(self, administrator, user_with, departments):
        client, _ = administrator
        uid, _ = user_with("one")
        clerk = {"role": "department_clerk", "area": DISTRICT, "department": "water"}
        assert post(client, f"/access/users/{uid}/posts", clerk)[0] == 200
        assert held(client, uid) == [("department_clerk", DISTRICT, "water", False)]
        assert post(client, f"/access/users/{uid}/posts", clerk)[1]["code"] == "already_held"
        assert post(client, f"/access/users/{uid}/posts/end", clerk)[0] == 200
        assert held(client, uid) == []
        assert post(client, f"/access/users/{uid}/posts/end", clerk)[1]["code"] == "not_held"
        verbs = list(Entry.objects.filter(object_id=uid).order_by("pk").values_list("verb", flat=True))
        assert verbs[-2:] == ["access.grant", "access.end_post"]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"role": "acceptor", "area": "420503"}, "outside_your_areas"),
            ({"role": "acceptor"}, "outside_your_areas"),
            ({"role": "crew", "area": DISTRICT}, "unknown_department"),
            ({"role": "crew", "area": DISTRICT, "department": "nobody"}, "unknown_department"),
            ({"role": "acceptor", "area": DISTRICT, "department": "water"}, "no_department"),
            ({"role": "emperor", "area": DISTRICT}, "unknown_role"),
            ({"role": "acceptor", "area": DISTRICT, "to_at": "2020-01-01T00:00:00Z"}, "ends_before"),
        ],
    )
    def test_refused(self, administrator, user_with, departments, body, code):
        client, _ = administrator
        uid, _ = user_with("one")
        assert post(client, f"/access/users/{uid}/posts", body)[1]["code"] == code
        assert held(client, uid) == []

    def test_the_axes_stay_apart(self, administrator, user_with):
        client, _ = administrator
        uid, _ = user_with("one", ("acceptor", DISTRICT))
        assert (
            post(client, f"/access/users/{uid}/posts", {"role": "dispatcher", "area": DISTRICT})[1]["code"]
            == "axes_apart"
        )

    def test_ones_own_administration_and_a_duty_are_not_ended_here(self, administrator, user_with, installer):
        client, own = administrator
        admin = {"role": "administrator", "area": DISTRICT}
        assert post(client, f"/access/users/{own}/posts/end", admin)[1]["code"] == "own_administration"
        other, _ = user_with("other", ("administrator", DISTRICT))
        assert post(client, f"/access/users/{other}/posts/end", admin)[0] == 200
        actions.grant(user=other, role="grid_worker", area=DISTRICT, origin="duty:1", by=installer)
        worker = {"role": "grid_worker", "area": DISTRICT}
        assert post(client, f"/access/users/{other}/posts/end", worker)[1]["code"] == "of_a_duty"
        assert held(client, other) == [("grid_worker", DISTRICT, "", True)]

    def test_nobody_else_gives_posts(self, as_user, user_with):
        uid, _ = user_with("chief", ("duty_chief", DISTRICT))
        assert (
            post(as_user(uid), f"/access/users/{uid}/posts", {"role": "administrator", "area": DISTRICT})[0]
            == 403
        )

    def test_until_a_day(self, administrator, user_with):
        client, _ = administrator
        uid, _ = user_with("one")
        soon = clock.now() + timedelta(days=2)
        assert (
            post(
                client,
                f"/access/users/{uid}/posts",
                {"role": "leader", "area": DISTRICT, "to_at": soon.isoformat()},
            )[0]
            == 200
        )
        assert held(client, uid) == [("leader", DISTRICT, "", False)]
        with clock.moved(soon + timedelta(minutes=1)):
            assert held(client, uid) == []


class TestAdmissions:
    WHOLE = {
        "code": "gas_check", "kind": "visit", "department": "water", "name_zh": "燃气安全入户检查", "name_en": "Gas safety check",
        "basis": "宜府办〔2026〕21号", "minutes": 15, "from_on": "2026-07-01",
    }  # fmt: skip

    @pytest.fixture
    def organiser(self, as_user, user_with, departments):
        uid, _ = user_with("organiser", ("organiser",))
        return as_user(uid)

    def listed(self, client):
        return client.get("/api/todos/admissions").json()

    def test_put_on_the_list_and_changed(self, organiser):
        assert post(organiser, "/todos/admissions", self.WHOLE)[0] == 200
        assert post(organiser, "/todos/admissions", {**self.WHOLE, "minutes": 20})[0] == 200
        assert [(one["code"], one["minutes"]) for one in self.listed(organiser)] == [("gas_check", 20)]

    def test_a_programmes_own_matter_is_changed_as_any_other(self, organiser):
        whole = {**self.WHOLE, "code": "programme:alone_visit"}
        assert post(organiser, "/todos/admissions", whole)[0] == 200
        assert post(organiser, "/todos/admissions", {**whole, "minutes": 30})[0] == 200
        assert [(one["code"], one["minutes"]) for one in self.listed(organiser)] == [
            ("programme:alone_visit", 30)
        ]
        for code in ("else:alone_visit", "programme:"):
            assert post(organiser, "/todos/admissions", {**self.WHOLE, "code": code})[0] == 422

    @pytest.mark.parametrize(
        ("other", "code"),
        [
            ({"department": "nobody"}, "unknown_department"),
            ({"urgent": True}, "urgent_without_end"),
            ({"to_on": "2026-06-30"}, "ends_before"),
            ({"kind": "nothing"}, "unknown_kind"),
            ({"name_zh": "重点人员走访"}, "red_line"),
        ],
    )
    def test_refused(self, organiser, other, code):
        assert post(organiser, "/todos/admissions", {**self.WHOLE, **other})[1]["code"] == code
        assert self.listed(organiser) == []

    def test_what_has_no_sense_is_refused_by_its_shape(self, organiser):
        for other in ({"minutes": 0}, {"code": "Gas!"}, {"basis": ""}):
            assert post(organiser, "/todos/admissions", {**self.WHOLE, **other})[0] == 422

    def test_nobody_else_writes_on_it(self, as_user, user_with, departments):
        uid, _ = user_with("clerk", ("department_clerk", DISTRICT, "water"))
        assert post(as_user(uid), "/todos/admissions", self.WHOLE)[0] == 403
