"""How often anything may be tried: all on real time, all committed whatever becomes of the act.

Guessing a code by telephone: five tries each, six codes a number and day: thirty in a hundred million.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from wangge.platform.access.errors import TooMany
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.residents.models import Attempt, CodeRequest, Invitation

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
WRONG = ((QUARTER, 5), (DAY, 20))
"""Wrong codes an account may type within a time; more, and it is locked for as long."""
PER_CODE = 5
"""Wrong codes after which a code by telephone is good for nothing."""
REQUESTS_OF_ACCOUNT = ((HOUR, 3), (DAY, 8))
REQUESTS_FOR_NUMBER = ((HOUR, 3), (DAY, 6))
INVITATIONS_OF_WORKER = ((DAY, 30),)
INVITATIONS_OF_PERSON = ((DAY, 3),)


def count_attempt(by: Actor) -> int:
    """Count a try before it is looked at; returns its key. Raises ``TooMany`` while the account is locked."""
    with transaction.atomic(durable=True):
        for within, most in WRONG:
            tried = Attempt.objects.filter(account=by.id, right=False, at__gt=_since(within))
            if tried.count() >= most:
                raise _locked(tried, within, most)
        return Attempt.objects.create(account=by.id, at=clock.real_now()).pk


def count_wrong(by: Actor) -> None:
    """A wrong code counts against every code by telephone that this account waits for."""
    with transaction.atomic(durable=True):
        waiting = Invitation.objects.filter(account=by.id, way="phone", used_at=None, ended_at=None)
        waiting.update(wrong=F("wrong") + 1)
        waiting.filter(wrong__gte=PER_CODE).update(ended_at=clock.now())


def count_request(account: str, number: str) -> None:
    """Count a request for a code. Raises ``TooMany``: for a number that isn't held just as for one that is."""
    for rows, bounds in (
        (CodeRequest.objects.filter(account=account), REQUESTS_OF_ACCOUNT),
        (CodeRequest.objects.filter(number=number), REQUESTS_FOR_NUMBER),
    ):
        for within, most in bounds:
            if rows.filter(at__gt=_since(within)).count() >= most:
                raise _too_many()
    CodeRequest.objects.create(account=account, number=number, at=clock.real_now())


def count_invitation(maker: str, person: str) -> None:
    """Raise ``TooMany`` where a worker, or anybody for one person, has made too many codes."""
    made = Invitation.objects.filter(way="worker")
    for rows, bounds in (
        (made.filter(made_by=maker), INVITATIONS_OF_WORKER),
        (made.filter(person=person), INVITATIONS_OF_PERSON),
    ):
        for within, most in bounds:
            if rows.filter(recorded_at__gt=_since(within)).count() >= most:
                raise _too_many()


def _since(within: timedelta) -> datetime:
    return clock.real_now() - within


def _locked(tried: QuerySet[Attempt], within: timedelta, most: int) -> TooMany:
    counted = tried.order_by("-at").values_list("at", flat=True)[most - 1]
    minutes = max(1, round((counted + within - clock.real_now()).total_seconds() / 60))
    return TooMany(
        "locked",
        _("Too many wrong codes."),
        advice=_("Try again in %(minutes)s min.") % {"minutes": minutes},
    )


def _too_many() -> TooMany:
    return TooMany("too_many", _("Too many codes were asked for."), advice=_("Try again later."))
