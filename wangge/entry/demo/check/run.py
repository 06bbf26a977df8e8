"""Ask every list of the API once as each role, and compare what the demo's ledger knows. Nothing here reads the database.

Expected figures come from the town's manifest and from what the player was answered while it played; an emptied table makes
the comparison fail. Lists whose length nobody counted must still answer.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

from django.test import Client

from wangge.entry.demo import accounts
from wangge.entry.demo.accounts import Account
from wangge.entry.demo.play.build import LEDGER
from wangge.entry.demo.play.ledger import Ledger

QUEUES = (
    "to_accept",
    "to_verify",
    "to_file",
    "to_dispatch",
    "to_sign",
    "handling",
    "to_forward",
    "to_check",
    "to_close",
    "closed",
)


def check(home: Path) -> list[str]:
    """Everything that is not as the demo knows it; empty where all is well."""
    # That a role may not see a list is an answer here, not news.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    ledger = Ledger.read(home / LEDGER)
    faults: list[str] = []
    for account in accounts.read(home):
        client = Client(SERVER_NAME="127.0.0.1")
        signed = client.post(
            "/_allauth/browser/v1/auth/login",
            json.dumps({"username": account.username, "password": account.password}),
            content_type="application/json",
        )
        if signed.status_code != 200:
            faults.append(f"{account.username} can't sign in: {signed.status_code}")
            continue
        for path, expected in (*_counted(account, ledger), *((path, None) for path in LISTS)):
            faults += _ask(client, account, path, expected)
    return faults


def _ask(client: Client, account: Account, path: str, expected: int | None) -> list[str]:
    """One list; 403 is an answer where nothing was expected: the role may not see it."""
    answer = client.get(f"/api/{path}")
    if answer.status_code == 403 and expected is None:
        return []
    if answer.status_code != 200:
        return [f"{account.username}: /api/{path} answers {answer.status_code}"]
    body = answer.json()
    found = len(body) if isinstance(body, list) else body.get("total")
    if expected is not None and found != expected:
        return [f"{account.username}: /api/{path} has {found}, the demo made {expected}"]
    return []


def _counted(account: Account, ledger: Ledger) -> Iterator[tuple[str, int]]:
    """Lists whose length the demo knows, for the roles that see the whole town, and for departments."""
    if account.role == "administrator":
        yield "areas/grids?limit=1", len(ledger.grids)
        yield "areas/buildings?limit=1", ledger.manifest["buildings"]
        yield "access/departments", ledger.figures["departments"]
        yield "workforce/cover?limit=200", len(ledger.grids)
    if account.role in ("leader", "duty_chief"):
        yield "cases/?limit=1", ledger.cases_in(account.area)
        for state in QUEUES:
            yield f"cases/?state={state}&limit=1", ledger.cases_in(account.area, states=(state,))
    if account.role == "data_officer":
        yield "hub/feeds", ledger.figures["feeds"]
        yield "hub/deliveries?limit=1", len(ledger.deliveries)
        yield "services/programmes", ledger.figures["programmes"]
    if account.role == "department_clerk":
        mine = account.department
        yield "hub/deliveries?limit=1", sum(one.feed == mine for one in ledger.deliveries.values())
        yield "cases/?limit=1", ledger.cases_in(department=mine)


LISTS = (
    "access/me", "access/users", "city/days", "areas/divisions", "areas/plans", "areas/counts", "planning/scenarios", "workforce/roster",
    "workforce/my-grids", "registry/people", "registry/organisations", "registry/parts",
    "registry/observations/routed", "todos/", "todos/inbox", "todos/counts", "todos/admissions", "todos/without-worker",
    "hub/agreements", "hub/pairs", "hub/return", "services/entitled", "services/counts", "services/to-confirm", "cases/classes",
    "cases/responsibilities", "cases/counts", "cases/mine", "cases/table", "assessment/formulas",
    "residents/me", "residents/data", "residents/looks", "residents/services", "residents/visits", "register/",
)  # fmt: skip
"""Lists that must answer, or say that the role may not see them."""
