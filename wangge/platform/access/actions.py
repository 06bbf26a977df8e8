"""Writing users, departments, grants and devices. Each act is one transaction with its audit row."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.access.models import Department, Device, Grant, User
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql


@transaction.atomic
def add_department(*, code: str, name_zh: str, name_en: str = "", by: Actor) -> None:
    """Add a department, or rename it."""
    Department.objects.update_or_create(code=code, defaults={"name_zh": name_zh, "name_en": name_en})
    trail.record(by=by, verb="access.add_department", object_kind="department", object_id=code)


@transaction.atomic
def add_user(*, username: str, name: str, password: str | None, by: Actor, language: str = "zh-hans") -> str:
    """Add a user; returns the uid. Raises ``Conflict`` when the name is taken."""
    postgresql.alone(f"access.username:{username}")
    if User.objects.filter(username=username).exists():
        raise Conflict("username_taken", _("This user name is taken."), advice=_("Choose another."))
    user = User.objects.create_user(username, password, name=name, language=language, created_at=clock.now())
    trail.record(by=by, verb="access.add_user", object_kind="user", object_id=str(user.uid))
    return str(user.uid)


@transaction.atomic
def grant(
    *,
    user: str,
    role: str,
    by: Actor,
    area: str = "",
    department: str = "",
    from_at: datetime | None = None,
    to_at: datetime | None = None,
    origin: str = "",
) -> None:
    """Give a user a role in an area (a prefix of area codes) and, for departments, for one department.

    Raises ``Invalid`` for an unknown role, ``Conflict`` where the city forbids one person to hold both roles.
    """
    if role not in policy.ROLES:
        raise Invalid("unknown_role", _("There is no role %(role)s.") % {"role": role})
    holder = _user(user)
    postgresql.alone(f"access.grants:{user}")  # both axes at a time would be one person's
    start = from_at or clock.now()
    together = set(city.value("roles_held_together"))
    held = set(
        Grant.objects.filter(Q(to_at=None) | Q(to_at__gt=start), user=holder).values_list("role", flat=True)
    )
    for axis, other in ((policy.SUPERVISION, policy.COMMAND), (policy.COMMAND, policy.SUPERVISION)):
        clash = sorted(held & other) if role in axis else []
        if clash and f"{role}+{clash[0]}" not in together and f"{clash[0]}+{role}" not in together:
            raise Conflict(
                "axes_apart",
                _("One person may not hold both %(a)s and %(b)s.") % {"a": role, "b": clash[0]},
                advice=_("End the other grant, or allow the pair in the city's settings."),
            )
    Grant.objects.create(
        user=holder, role=role, area=area, department=department, from_at=start, to_at=to_at, origin=origin
    )
    trail.record(
        by=by,
        verb="access.grant",
        object_kind="user",
        object_id=user,
        details={"role": role, "area": area, "department": department, "origin": origin},
    )


@transaction.atomic
def end_grants(
    *, by: Actor, origin: str = "", user: str = "", role: str = "", at: datetime | None = None
) -> int:
    """End the grants of an origin (a duty, for instance) or of a user's role; returns how many ended."""
    if not (origin or (user and role)):
        raise ValueError("end_grants needs an origin, or a user and a role")
    moment = at or clock.now()
    rows = Grant.objects.filter(Q(to_at=None) | Q(to_at__gt=moment))
    rows = rows.filter(origin=origin) if origin else rows.filter(user__uid=user, role=role)
    ended = (
        rows.filter(from_at__lte=moment).update(to_at=moment) + rows.filter(from_at__gt=moment).delete()[0]
    )
    trail.record(
        by=by,
        verb="access.end_grants",
        object_kind="grant",
        object_id=origin or user,
        details={"ended": ended, "role": role},
    )
    return ended


@transaction.atomic
def give_post(
    *, user: str, role: str, by: Actor, area: str = "", department: str = "", to_at: datetime | None = None
) -> None:
    """An administrator gives somebody a role by hand, inside her own areas.

    Raises ``Forbidden`` outside them, ``Invalid`` for a role that is held for a department without one or for a day that is
    over, ``Conflict`` for what is held already, and whatever ``grant`` refuses.
    """
    _inside(by, area)
    postgresql.alone(f"access.grants:{user}")
    if role in policy.OF_DEPARTMENT:
        known_department(department)
    elif department:
        raise Invalid("no_department", _("This post isn't held for a department."))
    if to_at is not None and to_at <= clock.now():
        raise Invalid("ends_before", _("The day on which it ends is over."))
    if _held(user, role, area, department).exists():
        raise Conflict("already_held", _("This person holds this post already."))
    grant(user=user, role=role, area=area, department=department, to_at=to_at, by=by)


@transaction.atomic
def end_post(*, user: str, role: str, by: Actor, area: str = "", department: str = "") -> None:
    """An administrator ends, from now on, a role that somebody holds there.

    Raises ``NotFound`` where it isn't held, ``Conflict`` for what comes with a duty, and for one's own administration: a city
    must not be left without anybody who can give posts.
    """
    _inside(by, area)
    held = _held(user, role, area, department)
    if not held.exists():
        raise NotFound("not_held", _("This person doesn't hold this post."))
    if role == policy.ADMINISTRATOR and by.id == f"user:{user}":
        raise Conflict(
            "own_administration",
            _("You can't end your own administration."),
            advice=_("Ask another administrator to end it."),
        )
    if not held.filter(origin="").exists():
        raise Conflict(
            "of_a_duty",
            _("This post comes with a duty."),
            advice=_("End the duty on the roster; the post ends with it."),
        )
    held.filter(origin="").update(to_at=clock.now())
    trail.record(
        by=by,
        verb="access.end_post",
        object_kind="user",
        object_id=user,
        details={"role": role, "area": area, "department": department},
    )


def known_department(code: str) -> None:
    """Raise ``Invalid`` unless there is a department of this code."""
    if not Department.objects.filter(code=code).exists():
        raise Invalid("unknown_department", _("There is no department %(code)s.") % {"code": code})


@transaction.atomic
def enrol_device(*, user: str, label: str, by: Actor) -> str:
    """Enrol a phone; returns its token, which is shown only now."""
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        user=_user(user),
        label=label,
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        enrolled_at=clock.now(),
    )
    trail.record(by=by, verb="access.enrol_device", object_kind="device", object_id=str(device.uid))
    return token


@transaction.atomic
def revoke_device(*, device: str, by: Actor) -> None:
    """Take a phone of one's own out of use: its token opens nothing from now on. Raises ``NotFound`` for somebody else's."""
    row = Device.objects.filter(uid=device, user__uid=by.id.removeprefix("user:")).first()
    if row is None:
        raise NotFound("no_such_device", _("You have no such phone."))
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        trail.record(by=by, verb="access.revoke_device", object_kind="device", object_id=str(row.uid))


@transaction.atomic
def bind_person(*, user: str, person: str, by: Actor) -> None:
    """Bind an account to a resident. The residents room proves first that it is theirs."""
    account = _user(user)
    account.person = person
    account.save(update_fields=["person"])
    trail.record(
        by=by, verb="access.bind_person", object_kind="user", object_id=user, details={"subjects": [person]}
    )


def _held(user: str, role: str, area: str, department: str) -> QuerySet[Grant]:
    """What somebody holds now of just this role, place and department."""
    moment = clock.now()
    rows = Grant.objects.filter(Q(to_at=None) | Q(to_at__gt=moment), user=_user(user), from_at__lte=moment)
    return rows.filter(role=role, area=area, department=department)


def _inside(by: Actor, area: str) -> None:
    if not scope(by, "access.users.manage").covers(area):
        raise Forbidden("outside_your_areas", _("%(area)s lies outside your areas.") % {"area": area})


def _user(uid: str) -> User:
    user = User.objects.filter(uid=uid).first()
    if user is None:
        raise NotFound("no_such_user", _("There is no such user."))
    return user
