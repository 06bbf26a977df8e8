"""Making codes: by a worker at the door, or asked for by telephone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, policy, purposes
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid
from wangge.platform.stores import sealing
from wangge.work.residents import codes, limits, tasks
from wangge.work.residents.models import Invitation
from wangge.work.residents.records import CodeSent, Invited

INVITE = "residents.invite"
PHONE_MINUTES = 10
NUMBER = "residents_request.number"
_MOBILE = re.compile(r"1[3-9]\d{9}")


def invite(*, person: str, by: Actor, task: str = "") -> Invited:
    """A one-time code to give to a person at their door; an older one is good no more.

    Only under a task in hand that concerns them, or for somebody who lives in the actor's grid. Raises ``NotFound`` for others,
    ``TooMany`` beyond what a worker or a person may need in a day.
    """
    policy.require(by, INVITE)
    ids = registry.all_ids(person)
    if not _at_their_door(by, ids, task):
        raise NotFound("no_such_person", _("There is no such person in your area."))
    today, code = registry.current(person), codes.new_code()
    expires = clock.now() + timedelta(days=city.value("invitation_days"))
    with transaction.atomic():
        limits.count_invitation(by.id, today)
        live = Invitation.objects.filter(person__in=ids, way="worker", used_at=None, ended_at=None)
        live.update(ended_at=clock.now())
        row = Invitation.objects.create(
            way="worker", digest=codes.digest(code), person=today, made_by=by.id, post=policy.post_of(by, INVITE),
            task=task, recorded_at=clock.real_now(), expires_at=expires,
        )  # fmt: skip
        trail.record(
            by=by, verb="residents.invite", object_kind="person", object_id=today,
            details={"subjects": [today], "task": task},
        )  # fmt: skip
    return Invited(uid=str(row.uid), code=code, expires_at=expires)


def send_code(*, phone: str, by: Actor) -> CodeSent:
    """Ask for a code to a mobile number. It goes out only if the number is held, and only there.

    The answer, the work and the trail are the same whether or not the number is held: who it belongs to is looked up by a task
    afterwards. Raises ``Invalid`` for what is no mobile number, ``Conflict`` for an account that is bound, ``TooMany``.
    """
    must_be_unbound(by)
    number = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", phone))
    number = re.sub(r"^(\+|00)?86(?=1)", "", number)
    if not _MOBILE.fullmatch(number):
        raise Invalid("no_mobile", _("This is no mobile number."), advice=_("Enter its eleven digits."))
    uid = new_uid()
    with transaction.atomic():
        limits.count_request(by.id, sealing.blind_index(number, NUMBER))
        Invitation.objects.filter(account=by.id, way="phone", used_at=None, ended_at=None).update(
            ended_at=clock.now(), phone=None
        )
        Invitation.objects.create(
            uid=uid, way="phone", digest=codes.digest(codes.phone_codes(uid)[0], by.id), account=by.id, phone=number,
            made_by=by.id, recorded_at=clock.real_now(), expires_at=clock.real_now() + timedelta(minutes=PHONE_MINUTES),
        )  # fmt: skip
        tasks.send_code.enqueue(str(uid))
        trail.record(
            by=by, verb="residents.send_code", object_kind="user", object_id=by.id.removeprefix("user:")
        )
    return CodeSent(valid_minutes=PHONE_MINUTES)


def must_be_unbound(by: Actor) -> None:
    """Raise unless a signed-in account that is bound to nobody asks."""
    policy.require(by, "residents.bind")
    if not by.id.startswith("user:"):
        raise Forbidden("no_account", _("Only an account can be bound."))
    if actors.person_of(by) is not None:
        raise Conflict(
            "bound_already", _("This account is bound already."), advice=_("End the binding first.")
        )


def _at_their_door(by: Actor, ids: Sequence[str], task: str) -> bool:
    if task:
        return any(
            purposes.in_hand(by, one, task=task, permission=INVITE, stands_at=areas.area_of_place)
            for one in ids
        )
    place = registry.place_of_person(ids[0])
    return place is not None and scope(by, INVITE).covers(areas.area_of_place(place))
