"""Up: what phones send, late, twice and out of order. Each envelope counts once, and none is ever lost."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from wangge.entry.field.models import Envelope
from wangge.entry.field.records import (
    ConfirmationBody,
    DepartureBody,
    EnvelopeIn,
    EnvelopeReceipt,
    LookBody,
    NewcomerBody,
    ObservationBody,
    ReportBody,
    ResidenceBody,
    SettleBody,
)
from wangge.ground.registry import actions as registry
from wangge.ground.registry.records import ObservationIn
from wangge.platform.access import policy
from wangge.platform.access.errors import Conflict, Invalid, Refusal
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid
from wangge.platform.elements.registry import elements
from wangge.work.cases import actions as cases
from wangge.work.todos import actions as todos

log = logging.getLogger(__name__)
MOST = 200
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
BROKEN = (ValueError, OverflowError, ValidationError, IntegrityError, DataError)
"""What values that no column holds end in. One envelope's; the others of its outbox must still come in."""


def receive(actor: Actor, envelopes: Sequence[EnvelopeIn]) -> list[EnvelopeReceipt]:
    """Take in what a phone sends; answers in the order of the envelopes.

    They are carried out in the phone's own order (``seq``), each in its own transaction: one that can't be carried out keeps
    its content and stops none of the others. What came before is answered as it was.
    """
    policy.require(actor, "field.send")
    if len(envelopes) > MOST:
        raise Invalid(
            "too_many",
            _("At most %(most)s envelopes at once.") % {"most": MOST},
            advice=_("Send them in several requests."),
        )
    receipts = {one.uid: _one(actor, one) for one in sorted(envelopes, key=lambda e: e.seq)}
    return [receipts[one.uid] for one in envelopes]


def _one(actor: Actor, envelope: EnvelopeIn) -> EnvelopeReceipt:
    known = Envelope.objects.filter(uid=envelope.uid).first()
    if known is not None:
        return _again(known, actor)
    # A phone whose clock runs ahead must not outvote everybody until its time comes.
    envelope = envelope.model_copy(update={"at": max(EARLIEST, min(envelope.at, clock.now()))})
    try:
        act = _prepared(actor, envelope)
        with transaction.atomic():
            row = _row(actor, envelope, "accepted")
            row.made = act()
            row.save(force_insert=True)
    except Refusal as refusal:
        return _not_done(actor, envelope, refusal)
    except BROKEN as error:
        known = Envelope.objects.filter(uid=envelope.uid).first()
        if known is not None:  # the same envelope over another connection
            return _again(known, actor)
        log.error("envelope %s could not be carried out: %s", envelope.uid, type(error).__name__)
        return _not_done(actor, envelope, Invalid("broken", _("This holds a value that can't be kept.")))
    return _receipt(row, duplicate=False)


def _not_done(actor: Actor, envelope: EnvelopeIn, refusal: Refusal) -> EnvelopeReceipt:
    """The answer to what could not be carried out; the same envelope over another connection may have been first here too."""
    try:
        return _receipt(_kept(actor, envelope, refusal), duplicate=False)
    except IntegrityError:
        known = Envelope.objects.filter(uid=envelope.uid).first()
        if known is None:
            raise
        return _again(known, actor)


def _again(known: Envelope, actor: Actor) -> EnvelopeReceipt:
    """The answer to an envelope that came before; somebody else's is not told."""
    if known.actor == actor.id:
        return _receipt(known, duplicate=True)
    return EnvelopeReceipt(
        uid=known.uid,
        state="refused",
        duplicate=False,
        code="uid_taken",
        why=_("Another phone used this uid."),
        made="",
    )


def _prepared(actor: Actor, envelope: EnvelopeIn) -> Callable[[], str]:
    """The act to be done inside the transaction; what takes long (decoding photos) is done before it."""
    body = envelope.body
    if isinstance(body, ReportBody):
        return _report(actor, envelope, body)
    if isinstance(body, SettleBody):
        return lambda: _settle(actor, envelope, body)
    if isinstance(body, ObservationBody):
        return lambda: _observe(actor, envelope, body)
    if isinstance(body, ConfirmationBody):
        return lambda: _confirm(actor, envelope, body)
    if isinstance(body, ResidenceBody | DepartureBody):
        return lambda: _moved(actor, envelope, body)
    if isinstance(body, NewcomerBody):
        return lambda: _welcome(actor, envelope, body)
    return lambda: _look(actor, envelope, body)


def _settle(actor: Actor, envelope: EnvelopeIn, body: SettleBody) -> str:
    todos.settle(
        todo=body.todo,
        outcome=body.outcome,
        values=body.values,
        minutes=body.minutes,
        note=body.note,
        at=envelope.at,
        invited=body.invited,
        by=actor,
    )
    return body.todo


def _observe(actor: Actor, envelope: EnvelopeIn, body: ObservationBody) -> str:
    seen = ObservationIn(
        uid=str(envelope.uid),
        subject=body.person,
        element=body.element,
        value=body.value,
        observed_at=envelope.at,
        base_version=body.base_version,
        task=body.task,
    )
    return registry.observe(observations=[seen], by=actor)[0].state


def _confirm(actor: Actor, envelope: EnvelopeIn, body: ConfirmationBody) -> str:
    return registry.confirm(
        uid=str(envelope.uid),
        person=body.person,
        element=body.element,
        base_version=body.base_version,
        observed_at=envelope.at,
        task=body.task,
        by=actor,
    ).state


def _moved(actor: Actor, envelope: EnvelopeIn, body: ResidenceBody | DepartureBody) -> str:
    """Somebody moved in, or away: on the day that is named, else on the day on which it was seen."""
    seen = clock.local(envelope.at).date()
    if isinstance(body, ResidenceBody):
        registry.reside(
            person=body.person,
            dwelling=body.dwelling,
            relation=body.relation,
            from_on=body.from_on or seen,
            by=actor,
        )
    else:
        ended = registry.leave(person=body.person, relation=body.relation, on=body.on or seen, by=actor)
        if not ended:
            raise Conflict(
                "no_such_relation",
                _("The register holds no such relation of this person any more."),
                advice=_("Nothing is left to do: somebody else ended it."),
            )
    return body.person


def _welcome(actor: Actor, envelope: EnvelopeIn, body: NewcomerBody) -> str:
    """Somebody new; what became of it in a word: ``new``, ``known``, ``conflict`` (held otherwise, told) or ``contradicts``."""
    found = registry.welcome(
        uid=str(envelope.uid),
        dwelling=body.dwelling,
        how=body.how,
        values=body.values,
        on=body.on or clock.local(envelope.at).date(),
        observed_at=envelope.at,
        by=actor,
    )
    if found.contradicts:
        return "contradicts"
    if found.conflicts:
        return "conflict"
    return "known" if found.known else "new"


def _look(actor: Actor, envelope: EnvelopeIn, body: LookBody) -> str:
    """A look that took place is recorded, whatever stood behind it: the person reads it, and may ask.

    Only what can be a look is: the person reads the elements by their registered names, and nothing that a phone made up.
    """
    UUID(body.person)
    unknown = sorted(set(body.elements) - set(elements()))
    if unknown:
        raise Invalid(
            "unknown_element", _("%(element)s is no registered element.") % {"element": unknown[0][:40]}
        )
    trail.look(
        by=actor,
        subjects=[body.person],
        elements=body.elements,
        purpose="on_the_phone",
        post=policy.post_of(actor, "field.bundle"),
        task=body.task,
        at=envelope.at,
    )
    return body.person


def _report(actor: Actor, envelope: EnvelopeIn, body: ReportBody) -> Callable[[], str]:
    photos: list[str] = []
    refused: Refusal | None = None
    try:
        photos = [
            cases.keep_photo(data=base64.b64decode(one, validate=True), by=actor) for one in body.photos
        ]
    except ValueError:
        refused = Invalid("not_base64", _("A photo is not base64."), advice=_("Send the photo again."))
    except Refusal as found:
        refused = found

    def act() -> str:
        if refused is not None:
            raise refused
        made = cases.report(
            class_code=body.class_code,
            lon=body.lon,
            lat=body.lat,
            address=body.address,
            description=body.description,
            source="patrol",
            photos=photos,
            seen_at=envelope.at,
            by=actor,
        )
        return made.number

    return act


def _kept(actor: Actor, envelope: EnvelopeIn, refusal: Refusal) -> Envelope:
    """What could not be carried out is kept, whole; what was found at a door whose to-do had ended becomes observations."""
    body = envelope.body
    ended = isinstance(body, SettleBody) and refusal.code == "already_ended"
    with transaction.atomic():
        superseded = ended and _observed_late(actor, envelope, cast(SettleBody, body))
        row = _row(actor, envelope, "superseded" if superseded else "refused")
        row.code, row.why = refusal.code, f"{refusal.message} {refusal.advice}".strip()[:400]
        row.body = json.dumps(body.model_dump(), default=str)  # in ASCII: half a character is kept as it came
        row.save(force_insert=True)
        trail.record(
            by=actor,
            verb=f"field.{row.state}",
            object_kind="envelope",
            object_id=str(envelope.uid),
            details={"kind": row.kind, "code": refusal.code},
        )
    return row


def _observed_late(actor: Actor, envelope: EnvelopeIn, body: SettleBody) -> bool:
    """Whether what was found could be taken over; if not, it stays with the envelope."""
    try:
        with transaction.atomic():
            _observe_late(actor, envelope, body)
    except (Refusal, *BROKEN):
        return False
    return True


def _observe_late(actor: Actor, envelope: EnvelopeIn, body: SettleBody) -> None:
    subject = todos.subject_of(body.todo)
    if subject is None or not body.values:
        return
    registry.observe(
        observations=[
            ObservationIn(
                uid=str(new_uid()), subject=subject, element=element, value=value, observed_at=envelope.at
            )
            for element, value in sorted(body.values.items())
        ],
        by=actor,
    )


def _row(actor: Actor, envelope: EnvelopeIn, state: str) -> Envelope:
    return Envelope(
        uid=envelope.uid,
        actor=actor.id,
        seq=envelope.seq,
        kind=envelope.body.kind,
        happened_at=envelope.at,
        received_at=clock.now(),
        state=state,
    )


def _receipt(row: Envelope, *, duplicate: bool) -> EnvelopeReceipt:
    return EnvelopeReceipt(
        uid=row.uid, state=row.state, duplicate=duplicate, code=row.code, why=row.why, made=row.made
    )
