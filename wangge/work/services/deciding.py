"""What people decide: the department's clerk about services granted without application, the person about their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import queries as registry
from wangge.platform.access import allowances, policy
from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.access.records import BoundPerson
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.services import tasks
from wangge.work.services.declaring import TELLING
from wangge.work.services.models import Entitlement
from wangge.work.services.moving import held, move, no_such_entitlement, of_clerk
from wangge.work.services.records import MANDATE

AT_ONCE = 40


def confirm(*, entitlements: Sequence[str], by: Actor) -> int:
    """Confirm services that need no application: the persons are told and may decline until their day. Returns how many.

    All or none: raises ``NotFound`` for one outside the clerk's scope, ``Conflict`` for one that has moved on, ``Invalid`` for
    more than 40 at once.
    """
    policy.require(by, "services.confirm")
    chosen = list(dict.fromkeys(entitlements))
    if len(chosen) > AT_ONCE:
        raise Invalid("too_many", _("At most %(most)s can be confirmed at once.") % {"most": AT_ONCE})
    with transaction.atomic():
        for uid in chosen:
            row = of_clerk(uid, by)
            until = clock.today() + timedelta(days=row.version.decline_days)
            move(row, "confirm", by=by, decline_until=until)
            if TELLING in row.version.elements:
                tasks.tell.enqueue(uid)
    return len(chosen)


@transaction.atomic
def refuse(*, entitlement: str, why: str, by: Actor) -> None:
    """Don't confirm a service, and say why: the person reads it. Raises ``Invalid`` without a reason."""
    row = of_clerk(entitlement, by)
    move(row, "refuse", by=by, outcome="refused", note=_said(why))


@transaction.atomic
def uphold(*, entitlement: str, by: Actor) -> None:
    """Settle a confirmed service although the rule no longer says so."""
    move(of_clerk(entitlement, by), "uphold", by=by, outcome="settled")


@transaction.atomic
def reopen(*, entitlement: str, why: str, by: Actor) -> None:
    """Offer again what ended as not needed, refused or not as recorded. What a person declined only the person reopens."""
    move(of_clerk(entitlement, by), "reopen", by=by, note=_said(why))


@transaction.atomic
def decline(*, entitlement: str, by: Actor) -> None:
    """The person (or who has their mandate) doesn't want it. It is never offered again unless they ask."""
    move(_own(entitlement, by), "decline", by=by, outcome="declined")


@transaction.atomic
def ask_again(*, entitlement: str, by: Actor) -> None:
    """The person wants after all what they declined."""
    move(_own(entitlement, by), "ask_again", by=by)


def stands_for(actor: Actor, person: str) -> bool:
    """Whether the actor is this person, under any of their ids, or has their mandate."""
    ids = registry.all_ids(person)
    if any(BoundPerson(one) in actor.holds for one in ids):
        return True
    return any(
        MANDATE in allowances.allowed_elements(holder=actor.id, purpose=MANDATE, subject=one) for one in ids
    )


def _own(uid: str, by: Actor) -> Entitlement:
    if by.kind not in ("user", "resident"):
        raise Forbidden("not_bound", _("This account isn't bound to a person."))
    row = held(uid)
    if not stands_for(by, row.person):
        raise no_such_entitlement()
    return row


def _said(why: str) -> str:
    plain = " ".join(why.split())
    if not plain:
        raise Invalid("no_reason", _("This act needs a few words."), advice=_("The person reads them."))
    return plain[:400]
