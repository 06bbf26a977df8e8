"""What phones ask and send."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from wangge.entry.field import bundles, outbox
from wangge.entry.field.records import Bundle, EnvelopeIn, EnvelopeReceipt
from wangge.entry.web.routing import ActingRequest, GuardedRouter, is_a_phone
from wangge.platform.access import actions as access
from wangge.platform.access import queries as access_queries
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.records import DeviceRecord

router = GuardedRouter(tags=["field"])


class Outbox(Schema):
    """What the phone has to say."""

    envelopes: list[EnvelopeIn]


class Answers(Schema):
    """What became of each, in the same order."""

    receipts: list[EnvelopeReceipt]


class Enrolling(Schema):
    """The phone's name for its owner."""

    label: str


class Enrolled(Schema):
    """The phone's token, shown once."""

    token: str


class Revoked(Schema):
    """Its token opens nothing any more."""

    revoked: bool = True


@router.post("/devices", permission="field.send", response=Enrolled, once="nature")
def enrol(request: ActingRequest, body: Enrolling) -> Enrolled:
    """Enrol this phone for the signed-in worker. The token is never kept, not even as a receipt: asking again makes a new one."""
    if is_a_phone(request):  # whoever finds a phone can't make more of it: revoking that one is enough
        raise Forbidden(
            "no_account", _("Only a signed-in worker enrols a phone."), advice=_("Sign in and try again.")
        )
    user = request.actor.id.removeprefix("user:")
    return Enrolled(token=access.enrol_device(user=user, label=body.label, by=request.actor))


@router.get("/devices", permission="field.send", response=list[DeviceRecord])
def devices(request: ActingRequest) -> list[DeviceRecord]:
    """The phones enrolled for the signed-in worker."""
    return access_queries.my_devices(request.actor)


@router.post("/devices/{uid}/revoke", permission="field.send", response=Revoked, once="nature")
def revoke(request: ActingRequest, uid: UUID) -> Revoked:
    """Take one of one's own phones out of use: lost, or handed on."""
    access.revoke_device(device=str(uid), by=request.actor)
    return Revoked()


@router.get("/bundle/{grid}", permission="field.bundle", response=Bundle)
def bundle(request: ActingRequest, grid: str) -> Bundle:
    """The bundle of a grid in which the actor is on duty."""
    return bundles.bundle(request.actor, grid)


@router.post("/outbox", permission="field.send", response=Answers, once="nature")
def send(request: ActingRequest, body: Outbox) -> Answers:
    """Take in an outbox; each envelope counts once by its own uid."""
    return Answers(receipts=outbox.receive(request.actor, body.envelopes))
