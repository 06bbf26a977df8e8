"""What visitors may do how often, whose key leads to whose answer, and what a stranger's id tells."""

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from wangge.entry.web import limits
from wangge.platform.access.models import User
from wangge.platform.audit.models import Receipt
from wangge.platform.clock import clock
from wangge.work.cases import numbers
from wangge.work.cases.models import Case

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "cases"))

import case_town

pytestmark = pytest.mark.django_db
SECRET = "a-browsers-secret-of-its-own"


@pytest.fixture(scope="module")
def standing(writing, moment):
    return case_town.standing(writing, moment)


@pytest.fixture
def town(standing, db, at_moment):
    return case_town.lent(standing)


def report(client=None, text="井盖破损", **headers):
    sent = json.dumps({"description": text, "address": "学院街 18 号"})
    return (client or Client()).post("/api/cases/report", sent, content_type="application/json", **headers)


def photo(**headers):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(buffer, "JPEG")
    return Client().post(
        "/api/cases/photos", {"file": SimpleUploadedFile("x.jpg", buffer.getvalue())}, **headers
    )


def track(code, **headers):
    return Client().get(f"/api/cases/track/{code}", **headers)


# How often


def test_reports_of_one_address_are_counted_and_told_in_words_when_to_come_again(town, settings):
    settings.WANGGE_LIMIT_REPORTS = "2/10m"
    assert [report().status_code for _ in range(3)] == [200, 200, 429]
    refused = report()
    assert 1 <= int(refused.headers["Retry-After"]) <= 600
    assert refused.json()["code"] == "too_often"
    assert refused.json()["advice"].startswith("Try again in ")
    assert Case.objects.count() == 2
    assert report(REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_limit_ends_with_its_time_which_is_real(town, settings, monkeypatch):
    settings.WANGGE_LIMIT_REPORTS = "1/10m"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(limits.clock, "real_now", lambda: at)
    assert [report().status_code for _ in range(2)] == [200, 429]
    with clock.moved(clock.now() + timedelta(days=2)):
        assert report().status_code == 429
    monkeypatch.setattr(limits.clock, "real_now", lambda: at + timedelta(minutes=10))
    assert report().status_code == 200


def test_photos_are_counted_before_they_are_decoded(town, settings):
    settings.WANGGE_LIMIT_PHOTOS = "1/1h"
    assert [photo().status_code, photo().status_code] == [200, 429]


def test_codes_that_lead_nowhere_are_counted_and_right_ones_are_not(town, settings):
    settings.WANGGE_LIMIT_CODES = "3/10m"
    good = report().json()["tracking"]
    assert {track(good).status_code for _ in range(6)} == {200}
    assert [track(f"AAAAA-AAAA{n}").status_code for n in range(4)] == [404, 404, 404, 429]
    # Whoever guesses can't go on by any door, nor see by a different answer that a code is right.
    assert track(good).status_code == 429
    body = json.dumps({"solved": True, "satisfied": 5})
    assert (
        Client().post(f"/api/cases/track/{good}/rate", body, content_type="application/json").status_code
        == 429
    )
    assert track(good, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_posts_are_not_counted_but_an_account_of_anybody_is(town, settings):
    settings.WANGGE_LIMIT_REPORTS = "1/10m"
    worker, anybody = Client(), Client()
    worker.force_login(
        User.objects.get(uid=town.by["worker"].removeprefix("user:")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    anybody.force_login(
        User.objects.create_user("anybody", None, name="", created_at=clock.now()),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert {report(worker).status_code for _ in range(4)} == {200}
    assert [report(anybody).status_code, report().status_code] == [200, 429]


def test_an_empty_limit_counts_nothing_and_a_wrong_one_is_named(town, settings):
    settings.WANGGE_LIMIT_REPORTS = ""
    assert {report().status_code for _ in range(4)} == {200}
    with pytest.raises(ImproperlyConfigured, match="thirty"):
        limits.bounds("thirty")
    assert limits.bounds("30/10m, 300/1d") == (limits.Bound(30, 600), limits.Bound(300, 86400))


def test_limits_leave_room_for_a_street_behind_one_router(settings):
    for text in (settings.WANGGE_LIMIT_REPORTS, settings.WANGGE_LIMIT_PHOTOS, settings.WANGGE_LIMIT_CODES):
        assert min(one.most for one in limits.bounds(text)) >= 30


def test_an_address_is_what_our_own_proxy_wrote_down(rf, settings):
    asked = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "6.6.6.6, 1.2.3.4"})
    assert limits.address_of(asked) == "127.0.0.1"
    settings.WANGGE_PROXIES = 1
    assert limits.address_of(asked) == "1.2.3.4"
    assert limits.address_of(rf.get("/", REMOTE_ADDR="9.9.9.9")) == "9.9.9.9"
    same = {limits.address_of(rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}")) for n in (1, 2)}
    assert same == {"2001:db8:1:2::/64"}


def test_wrong_passwords_are_counted_by_the_visitors_own_address(user_with, settings, client):
    """Behind our proxy all requests come from it: whoever tries passwords must not shut everybody else out."""
    settings.WANGGE_PROXIES = 1
    # How often is asked here, not how hard a guess is.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user_with("王秀兰")

    def tries(address):
        said = json.dumps({"username": "nobody", "password": "wrong-password"})
        return client.post(
            "/_allauth/browser/v1/auth/login", said, content_type="application/json", REMOTE_ADDR="127.0.0.1",
            headers={"X-Forwarded-For": f"6.6.6.6, {address}"},
        ).status_code  # fmt: skip

    assert 429 in {tries("1.2.3.4") for _ in range(40)}
    assert tries("5.6.7.8") != 429


# Whose key


def test_a_key_leads_to_the_answer_only_in_the_browser_that_used_it(town):
    key = {"HTTP_IDEMPOTENCY_KEY": "1", "HTTP_X_VISITOR": SECRET}
    first = report(**key)
    assert report(**key).json() == first.json()
    other = report(**{**key, "HTTP_X_VISITOR": "another-browsers-own-secret"})
    assert other.status_code == 200
    assert other.json()["tracking"] != first.json()["tracking"]
    # A key as plain as "1" is nobody's property: with other words it isn't refused because a stranger used it.
    assert (
        report(text="路灯不亮", **{**key, "HTTP_X_VISITOR": "a-third-browser-of-somebody"}).status_code == 200
    )
    assert Case.objects.count() == 3
    assert SECRET not in "".join(Receipt.objects.values_list("actor", flat=True))


@pytest.mark.parametrize("secret", [{}, {"HTTP_X_VISITOR": "short"}])
def test_a_key_without_a_secret_makes_nothing(town, secret):
    refused = report(HTTP_IDEMPOTENCY_KEY="1", **secret)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_visitor")
    assert Case.objects.count() == 0
    assert report().status_code == 200


# What can be guessed


def test_tracking_codes_are_fifty_random_bits():
    codes = {numbers.new_tracking_code()[0] for _ in range(2000)}
    assert len(codes) == 2000
    assert len(numbers.ALPHABET) ** numbers.LENGTH >= 2**50
    for place in (*range(5), *range(6, 11)):
        assert len({code[place] for code in codes}) == len(numbers.ALPHABET)
