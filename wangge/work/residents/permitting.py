"""What a person permits: a department to have something of theirs (consent), a relative to act for them (mandate)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, allowances, policy
from wangge.platform.access.errors import Invalid, NotFound
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.residents import codes, consenting, limits
from wangge.work.residents.binding import use, wrong_code
from wangge.work.residents.models import Attempt, Consent, Invitation, Mandate
from wangge.work.services.records import MANDATE

ME = "residents.me"


@transaction.atomic
def give_consent(
    *, department: str, purpose: str, elements: Sequence[str], until: datetime, by: Actor
) -> str:
    """Allow a department to have elements of this person for a purpose until a day; returns the receipt's uid.

    Only what the city published may be asked for (``consenting.offers``), each element by itself, and not for longer. A
    consent to the same that holds today is withdrawn: the newer one says what is allowed. Raises ``Invalid``.
    """
    person = bound(by)
    offer = next((o for o in consenting.offers(by) if (o.department, o.code) == (department, purpose)), None)
    if offer is None:
        raise Invalid("no_such_purpose", _("No department may ask for a consent to this."))
    if not elements or set(elements) - {one.code for one in offer.elements}:
        raise Invalid("unknown_element", _("Choose from the data that this purpose needs."))
    if not clock.now() < until <= clock.now() + consenting.longest(offer):
        raise Invalid(
            "not_so_long", _("A consent to this lasts at most %(days)d days.") % {"days": offer.days}
        )
    for one in Consent.objects.filter(
        person__in=registry.all_ids(person),
        department=department,
        purpose=purpose,
        withdrawn_at=None,
        until__gt=clock.now(),
    ):
        _withdraw(one, by)
    row = Consent.objects.create(
        person=person, department=department, purpose=purpose, elements=sorted(set(elements)), given_at=clock.now(),
        until=until,
    )  # fmt: skip
    allowances.allow(
        kind="consent", reference=str(row.uid), holder=department, elements=row.elements, purpose=row.purpose,
        subject=person, from_at=row.given_at, until=until,
    )  # fmt: skip
    _record(by, "give_consent", "consent", str(row.uid), person)
    return str(row.uid)


@transaction.atomic
def withdraw_consent(*, consent: str, by: Actor) -> None:
    """Withdraw a consent: from now on nothing is allowed by it."""
    ids = registry.all_ids(bound(by))
    row = next((c for c in Consent.objects.filter(person__in=ids) if str(c.uid) == consent), None)
    if row is None:
        raise NotFound("no_such_consent", _("There is no such consent."))
    if row.withdrawn_at is None:
        _withdraw(row, by)


@transaction.atomic
def offer_mandate(*, label: str, until: datetime, by: Actor) -> tuple[str, str]:
    """Offer a relative to act for this person until a day; returns (uid, one-time code for the relative)."""
    person = bound(by)
    called = " ".join(label.split())[:40]
    if not called or until <= clock.now():
        raise Invalid("no_label", _("A mandate needs a name for whom it is and a day on which it ends."))
    row = Mandate.objects.create(person=person, label=called, offered_at=clock.now(), until=until)
    code = codes.new_code()
    Invitation.objects.create(
        way="mandate", digest=codes.digest(code), person=person, reference=str(row.uid), made_by=by.id,
        recorded_at=clock.real_now(), expires_at=until,
    )  # fmt: skip
    _record(by, "offer_mandate", "mandate", str(row.uid), person)
    return str(row.uid), code


def accept_mandate(*, code: str, by: Actor) -> str:
    """A relative enters the code: from now on this account may act for the person. Call it outside a transaction.

    Raises ``Invalid`` for a code that isn't good, ``TooMany`` while locked.
    """
    policy.require(by, "residents.bind")
    attempt = limits.count_attempt(by)
    with transaction.atomic():
        used = use(code, ("mandate",), by)
        live = Mandate.objects.filter(ended_at=None, until__gt=clock.now())
        row = live.filter(uid=used.reference).first() if used else None
        if row is not None:
            Attempt.objects.filter(pk=attempt).update(right=True)
            Mandate.objects.filter(pk=row.pk).update(account=by.id, accepted_at=clock.now())
            allowances.allow(
                kind="mandate", reference=str(row.uid), holder=by.id, elements=[MANDATE], purpose=MANDATE,
                subject=row.person, from_at=clock.now(), until=row.until,
            )  # fmt: skip
            _record(by, "accept_mandate", "mandate", str(row.uid), row.person)
            return str(row.uid)
    limits.count_wrong(by)
    raise wrong_code()


@transaction.atomic
def end_mandate(*, mandate: str, by: Actor) -> None:
    """Either side ends it, at any time."""
    row = next((m for m in mandates_of(by) if str(m.uid) == mandate), None)
    if row is None:
        raise NotFound("no_such_mandate", _("There is no such mandate."))
    if row.ended_at is None:
        Mandate.objects.filter(pk=row.pk).update(ended_at=clock.now())
        Invitation.objects.filter(reference=mandate, used_at=None).update(ended_at=clock.now())
        allowances.end(kind="mandate", reference=mandate)
        _record(by, "end_mandate", "mandate", mandate, row.person)


def mandates_of(actor: Actor) -> list[Mandate]:
    """The mandates that this account holds, and those that its person gave; newest first."""
    policy.require(actor, "residents.bind")
    person = actors.person_of(actor)
    own = registry.all_ids(person) if person else []
    return list(Mandate.objects.filter(Q(account=actor.id) | Q(person__in=own)).order_by("-offered_at"))


def bound(by: Actor) -> str:
    """The person whom this account is bound to, under today's id. Raises ``Forbidden`` where it is bound to nobody."""
    policy.require(by, ME)
    return registry.current(actors.person_of(by) or "")


def _withdraw(row: Consent, by: Actor) -> None:
    Consent.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    allowances.end(kind="consent", reference=str(row.uid))
    _record(by, "withdraw_consent", "consent", str(row.uid), row.person)


def _record(by: Actor, verb: str, kind: str, uid: str, person: str) -> None:
    trail.record(
        by=by, verb=f"residents.{verb}", object_kind=kind, object_id=uid, details={"subjects": [person]}
    )
