"""Ask for every app's pages, and the API everything once as each account, and compare what the demo's ledger knows. Nothing
here reads the database.

Who may ask what is the policy's to say: an account that may must be answered, one that may not must be refused. What is
expected comes from the town's files and from what the player was answered while it played (``known``, ``facts``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client

from wangge.entry.demo import accounts
from wangge.entry.demo.accounts import Account
from wangge.entry.demo.check import pages
from wangge.entry.demo.check.asks import Ask, asks
from wangge.entry.demo.check.facts import facts
from wangge.entry.demo.check.known import Known
from wangge.entry.web.urls import api
from wangge.platform.access import policy

LOGIN = "/_allauth/browser/v1/auth/login"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def check(home: Path) -> list[str]:
    """Everything that is not as the demo knows it; empty where all is well."""
    return [*pages.faults(), *faults(home)]


def faults(
    home: Path, *, known: Known | None = None, only: frozenset[tuple[str, str]] | None = None, password: bool = True
) -> Iterator[str]:  # fmt: skip
    """The faults one by one. ``only``: accounts and keys of asks to be asked; without ``password`` nobody types theirs."""
    known = known or Known.read(home)
    questions = list(asks(api))
    with _quiet():
        for account in accounts.read(home):
            mine = [one for one in questions if only is None or (account.username, one.key) in only]
            if not mine:
                continue
            client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
            refused = _sign_in(client, account, password=password)
            if refused:
                yield refused
                continue
            for ask in mine:
                yield from one_ask(client, account, ask, known)


def one_ask(client: Client, account: Account, ask: Ask, known: Known) -> Iterator[str]:
    """One question of one account: refused where the policy refuses, else answered, and as the demo knows it."""
    where = f"{account.username}: /api{ask.key}"
    path, given = known.fill(ask, account)
    allowed = _may(account, ask.permission)
    if ask.opened and not (allowed and path):
        return
    answer = client.get(f"/api{path}", given)
    if answer.status_code != (200 if allowed else 403):
        yield f"{where} answers {answer.status_code}, not {200 if allowed else 403}"
    elif allowed:
        body = answer.json()
        known.hear(ask, body)
        for fact in facts(ask.key, known, account):
            found = fact.read(body)
            if found != fact.value:
                yield f"{where} has {found} for {fact.what}, the demo made {fact.value}"


def _sign_in(client: Client, account: Account, *, password: bool) -> str:
    """What is wrong; empty where the account is signed in."""
    if not password:
        user = get_user_model().objects.filter(username=account.username).first()
        if user is None:
            return f"{account.username}: there is no such account"
        client.force_login(user, backend=BACKEND)
        return ""
    said = json.dumps({"username": account.username, "password": account.password})
    answer = client.post(LOGIN, said, content_type="application/json")
    return "" if answer.status_code == 200 else f"{account.username} can't sign in: {answer.status_code}"


def _may(account: Account, permission: str) -> bool:
    who = policy.PERMISSIONS[permission]
    if isinstance(who, str):
        return who != policy.RESIDENT or account.role == policy.RESIDENT
    return account.role in who


@contextmanager
def _quiet() -> Iterator[None]:
    """That a role may not see a list is an answer here, not news."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
