"""The case that the first story follows: what the resident reported last, where it stands, and who has it on which page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wangge.entry.demo.accounts import Account
from wangge.ground.workforce import lookups as workforce
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor
from wangge.work.cases import queries as cases
from wangge.work.cases.records import CaseRecord
from wangge.work.todos import queries as inbox

STANDS_AT = {
    "to_accept": 2,
    "to_verify": 3,
    "to_file": 4,
    "to_dispatch": 5,
    "to_sign": 6,
    "handling": 6,
    "to_forward": 7,
    "to_check": 8,
    "to_close": 9,
    "closed": 10,
}  # fmt: skip
"""At which step of the story a case stands."""
ON_SITE = ("to_verify", "to_check")
"""States in which a worker must go and look."""
AT_THE_DEPARTMENT = ("to_sign", "handling")
"""States in which its department has the next act."""
POST = {
    "to_accept": "acceptor",
    "to_file": "duty_chief",
    "to_dispatch": "dispatcher",
    "to_forward": "dispatcher",
    "to_close": "duty_chief",
}  # fmt: skip
"""Whose act is the next one in every other state."""


@dataclass(frozen=True)
class Followed:
    """``at`` is the step at which it stands (0: at none, its course has ended otherwise). ``account`` has the next act, on the
    page ``path``; None where that is nobody who can sign in to this demo.
    """

    at: int
    zh: str
    en: str
    account: Account | None = None
    path: str = ""


def followed(known: Sequence[Account]) -> Followed | None:
    """The newest report of the demo's resident; None before the first."""
    resident = _of(known, "resident")
    mine = cases.my_reports(_actor(resident), limit=1) if resident else []
    if not mine:
        return None
    one, at = mine[0], STANDS_AT.get(mine[0].state, 0)
    found = Followed(at, one.class_zh, one.class_en)
    if one.state == "closed":
        return Followed(at, found.zh, found.en, resident, f"/portal/reports/{one.uid}")
    chief = _of(known, "duty_chief")
    if not at or chief is None:
        return found
    account, path = _next(known, cases.case(_actor(chief), one.uid))
    return Followed(at, found.zh, found.en, account, path)


def _next(known: Sequence[Account], case: CaseRecord) -> tuple[Account | None, str]:
    """Who has the next act, and the page on which it stands for them."""
    if case.state in ON_SITE:
        worker = workforce.on_duty(case.grid)
        account = next((one for one in known if worker and one.worker == worker.uid), None)
        waits = (
            inbox.todos(_actor(account), inbox.Filters(state="open", subject=case.uid)).items
            if account
            else []
        )
        return (account, f"/phone/doors/{waits[0].place}") if waits else (None, "")
    if case.state in AT_THE_DEPARTMENT:
        account = _of(known, "department_clerk", case.department)
    else:
        account = _of(known, POST[case.state])
    return account, f"/console/cases/{case.uid}" if account else ""


def _of(known: Sequence[Account], role: str, department: str = "") -> Account | None:
    return next((one for one in known if one.role == role and department in ("", one.department)), None)


def _actor(account: Account) -> Actor:
    return actors.of_id(f"user:{account.user}")
