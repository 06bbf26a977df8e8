"""Making actors. Everybody who acts is made here: users, residents, phones, the public, and named system actors."""

from __future__ import annotations

import hashlib

from django.db.models import Q

from wangge.platform.access import policy
from wangge.platform.access.models import Device, Grant, User
from wangge.platform.access.records import BoundPerson, Held
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

PUBLIC = Actor("public:", "public")


def of_user(user: User) -> Actor:
    """The actor that a signed-in user is at this moment, with the grants now in force."""
    moment = clock.now()
    rows = Grant.objects.filter(Q(to_at=None) | Q(to_at__gt=moment), user=user, from_at__lte=moment).order_by(
        "id"
    )
    holds: tuple[Held | BoundPerson, ...] = tuple(Held(g.role, g.area, g.department) for g in rows)
    if user.person:
        holds += (BoundPerson(user.person),)
    return Actor(f"user:{user.uid}", "resident" if user.person and len(holds) == 1 else "user", holds)


def of_signed_in(user: object) -> Actor:
    """The actor behind Django's ``request.user``; the public when nobody is signed in."""
    return of_user(user) if isinstance(user, User) and user.is_active else PUBLIC


def of_id(actor_id: str) -> Actor:
    """The actor behind an opaque id, with what it may do now: jobs act as the author who queued them, re-checked."""
    if actor_id.startswith("system:"):
        return system(actor_id.removeprefix("system:"))
    if actor_id.startswith("user:"):
        user = User.objects.filter(uid=actor_id.removeprefix("user:"), is_active=True).first()
        if user is not None:
            return of_user(user)
    return PUBLIC


def system(name: str) -> Actor:
    """A named system actor; the name must stand in ``policy.SYSTEM``."""
    if name not in policy.SYSTEM:
        raise KeyError(f"no system actor {name!r}: name it in access/policy.py with what it may do")
    return Actor(f"system:{name}", "system")


def of_device_token(token: str) -> Actor | None:
    """The user whose enrolled phone shows this token, or None."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    device = (
        Device.objects.select_related("user")
        .filter(token_digest=digest, revoked_at=None, user__is_active=True)
        .first()
    )
    return of_user(device.user) if device else None


def person_of(actor: Actor) -> str | None:
    """The opaque id of the resident that this actor is, or None."""
    return next((held.person for held in actor.holds if isinstance(held, BoundPerson)), None)


def departments_of(actor: Actor) -> tuple[str, ...]:
    """Codes of the departments that the actor acts for."""
    return tuple(sorted({h.department for h in actor.holds if isinstance(h, Held) and h.department}))
