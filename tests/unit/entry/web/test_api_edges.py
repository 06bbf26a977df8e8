"""What anybody can send: acts from another site's page, numbers, dates and ids that no column holds. Never an error of the house."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from wangge.platform.access.models import Device, User
from wangge.platform.audit.models import Receipt

pytestmark = pytest.mark.django_db

AREA = "420502001"
NOBODY = "00000000-0000-4000-8000-000000000000"
LISTS = [
    "/todos/",
    "/cases/",
    "/hub/deliveries",
    "/hub/pairs",
    "/services/entitled",
    "/registry/people",
    "/areas/search?text=a",
]
SENT = {"content_type": "application/json"}


@pytest.fixture
def signed_in(user_with):
    """``signed_in(client, (role, area, department), …)`` signs a new user in."""

    def sign_in(client, *grants):
        uid, _ = user_with("某人", *grants)
        client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
        client.raise_request_exception = False
        return client

    return sign_in


@pytest.fixture
def officer(client, signed_in):
    return signed_in(
        client,
        ("data_officer", AREA),
        ("grid_lead", AREA),
        ("department_clerk", AREA, "health"),
        ("leader", AREA),
    )


# -- acts from another site's page


def test_an_act_by_a_session_needs_the_token_of_its_own_pages(signed_in):
    page = signed_in(Client(enforce_csrf_checks=True), ("grid_worker", AREA))
    refused = page.post("/api/field/devices", {"label": "x"}, **SENT)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_our_page")
    # The sender's own word for what it sends changes nothing.
    assert (
        page.post("/api/field/devices", json.dumps({"label": "x"}), content_type="text/plain").status_code
        == 403
    )
    assert not Device.objects.exists()
    visitor = page.get("/api/access/visitor").json()
    assert (visitor["signed_in"], Client().get("/api/access/visitor").json()["signed_in"]) == (True, False)
    token = visitor["csrf_token"]
    assert (
        page.post("/api/field/devices", {"label": "x"}, headers={"X-CSRFToken": token}, **SENT).status_code
        == 200
    )


def test_phones_and_the_public_need_no_token(signed_in):
    page = signed_in(Client(), ("grid_worker", AREA))
    phone = page.post("/api/field/devices", {"label": "x"}, **SENT).json()["token"]
    other = Client(enforce_csrf_checks=True)
    sent = other.post(
        "/api/field/outbox", {"envelopes": []}, headers={"Authorization": f"Bearer {phone}"}, **SENT
    )
    assert sent.status_code == 200
    assert other.post("/api/cases/report", {"description": "路灯不亮"}, **SENT).status_code == 200


def test_the_page_of_the_api_sends_the_token(client):
    page = client.get("/api/docs").content.decode()
    assert 'data-api-csrf="true"' in page
    assert 'data-csrf-token=""' not in page


def test_a_phone_enrols_no_other_phone(signed_in):
    page = signed_in(Client(), ("grid_worker", AREA))
    phone = page.post("/api/field/devices", {"label": "x"}, **SENT).json()["token"]
    asked = Client().post(
        "/api/field/devices", {"label": "y"}, headers={"Authorization": f"Bearer {phone}"}, **SENT
    )
    assert (asked.status_code, asked.json()["code"]) == (403, "no_account")
    assert Device.objects.count() == 1


# -- numbers, dates, ids


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize("said", ["limit=-1", "offset=-1", f"offset={10**20}", f"limit={10**20}"])
def test_a_page_that_can_not_be_is_refused_in_words(officer, where, said):
    answer = officer.get(f"/api{where}{'&' if '?' in where else '?'}{said}")
    if where.startswith("/areas/search") and "offset" in said:
        return  # it has none
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["faults"][0]["where"] == f"query.{said.split('=')[0]}"


@pytest.mark.parametrize(
    "where",
    [
        "/cases/?reported_from=0001-01-01",
        "/cases/counts?closed_to=9999-12-31",
        "/assessment/rates?from_on=0001-01-01&to_on=2026-01-01",
        "/assessment/rates?from_on=2026-01-01&to_on=9999-12-31",
    ],
)
def test_a_day_outside_all_calendars_is_refused_in_words(officer, where):
    answer = officer.get(f"/api{where}")
    if "0001-01-01" in where and connection.vendor == "postgresql":
        assert answer.status_code == 200  # which reckons with days before Christ, too
    else:
        assert (answer.status_code, answer.json()["code"]) == (422, "out_of_range")


@pytest.mark.parametrize("where", ["/hub/pairs/x", "/hub/deliveries/x", "/hub/deliveries/x/errors.xlsx"])
def test_what_is_no_id_names_nothing(officer, where):
    answer = officer.get(f"/api{where}")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_thing")


@pytest.mark.parametrize(
    ("where", "body", "field"),
    [
        (f"/access/users/{NOBODY}/posts", {"role": "acceptor", "area": AREA}, "to_at"),
        ("/workforce/duties", {"worker": NOBODY, "grid": f"{AREA}001001"}, "from_at"),
        ("/workforce/duties", {"worker": NOBODY, "grid": f"{AREA}001001"}, "to_at"),
        (f"/workforce/duties/{NOBODY}/end", {}, "at"),
        ("/workforce/hand-over", {"worker": NOBODY, "grid": f"{AREA}001001"}, "at"),
        (f"/planning/scenarios/{NOBODY}/in-force", {}, "at"),
    ],
)
def test_a_moment_without_its_zone_is_refused_in_words(client, signed_in, where, body, field):
    everybody = signed_in(client, ("administrator", AREA), ("planner", AREA))
    answer = everybody.post(f"/api{where}", body | {field: "2027-01-01T00:00:00"}, **SENT)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["faults"][0]["where"] == f"body.body.{field}"


def test_an_area_is_written_in_plain_digits(client, signed_in):
    administrator = signed_in(client, ("administrator", ""))
    body = {"role": "acceptor", "area": "４２０５０２"}
    answer = administrator.post(f"/api/access/users/{NOBODY}/posts", body, **SENT)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("sent", ["null", '"x"', "5", "true"])
def test_a_bare_value_is_refused_in_words(officer, sent):
    answer = officer.post("/api/cases/report", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_half_a_character_is_refused_in_words(officer):
    sent = '{"description": "\\ud800"}'
    answer = officer.post("/api/cases/report", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_long_key_is_refused_and_an_answer_is_kept_sealed(officer, user_with):
    body = {"description": "路灯不亮"}
    long = officer.post("/api/cases/report", body, headers={"Idempotency-Key": "k" * 81}, **SENT)
    assert (long.status_code, long.json()["code"]) == (422, "bad_key")
    key = {"Idempotency-Key": str(uuid4())}
    first = officer.post("/api/cases/report", body, headers=key, **SENT)
    assert officer.post("/api/cases/report", body, headers=key, **SENT).content == first.content
    # The tracking code is shown in this answer alone: whoever reads the database doesn't find it there.
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM audit_receipt")
        ((kept,),) = cursor.fetchall()
    assert str(Receipt.objects.get().body).encode() == first.content
    assert first.json()["tracking"].encode() not in bytes(kept)
    assert b"tracking" not in bytes(kept)


# -- bodies that are work


def test_faults_are_told_up_to_a_number_and_counted_beyond(client):
    said = client.post("/api/cases/report", {"photos": [1] * 5000}, **SENT)
    assert (said.status_code, said.json()["code"]) == (422, "invalid")
    assert (len(said.json()["faults"]), said.json()["total"]) == (100, 5000)


def test_a_body_of_more_values_than_any_page_sends_is_not_read(client):
    """Before it was known who asks, 400 KB of them took five seconds and an answer of 19 MB."""
    said = client.post("/api/cases/report", {"photos": [1] * 200_000}, **SENT)
    assert (said.status_code, said.json()["code"], len(said.content) < 1000) == (400, "unreadable", True)


@pytest.mark.parametrize("address", ["/api/areas/addresses?text=", "/api/cases/classes?search="])
def test_words_longer_than_the_database_compares_are_answered_in_words(client, address):
    assert client.get(f"{address}{'a' * 1000}").status_code == 200
    said = client.get(f"{address}{'a' * 60_000}")
    assert (said.status_code, said.json()["code"]) == (422, "unreadable")
