"""Of allauth's addresses only those that this house's accounts need are open."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import URLPattern, URLResolver, get_resolver

from wangge.entry.web.sign_in import PREFIX, SHUT
from wangge.platform.access.models import User
from wangge.platform.clock import clock

OPEN = {
    "config",
    "auth/login",
    "auth/signup",
    "auth/session",
    "auth/reauthenticate",
    "auth/2fa/authenticate",
    "auth/2fa/reauthenticate",
    "account/password/change",
    "account/authenticators",
    "account/authenticators/totp",
    "account/authenticators/recovery-codes",
}


@pytest.mark.parametrize("address", ["auth/password/request", "account/email", "account/phone"])
def test_addresses_for_mail_and_numbers_are_shut(client, db, address):
    """No account has either: asked there, the house would keep what was sent and answer with an error of its own."""
    if address.startswith("account/"):
        client.force_login(User.objects.create(username="resident", created_at=clock.now()))
    asked = client.post(
        f"/{PREFIX}{address}", {"email": "somebody@example.cn", "phone": "+8613800000000"}, "application/json"
    )
    assert asked.status_code == 404
    assert mail.outbox == []
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        '{"username":"' + "a" * 60_000 + '","password":"x"}',
        "[" * 5000,
        '{"username":"' + "a" * 200 + '","password":"x"}',
    ],
    ids=["a name longer than SQLite compares", "lists in lists", "a long name"],
)
def test_signing_in_with_nonsense_is_answered_in_words(client, db, body):
    asked = client.post(f"/{PREFIX}auth/login", body, "application/json")
    assert asked.status_code == 400
    assert asked.json()["errors"][0]["message"]


def test_what_allauth_adds_some_day_is_looked_at_before_it_is_open():
    served = {
        route.removeprefix(PREFIX) for route in _routes(get_resolver()) if route.startswith("_allauth/")
    }
    assert served == OPEN | set(SHUT)


def _routes(resolver: URLResolver, before: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        route = f"{before}{one.pattern}"
        found += [route] if isinstance(one, URLPattern) else _routes(one, route)
    return found
