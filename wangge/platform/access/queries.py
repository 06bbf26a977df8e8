"""Reading users and departments."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from wangge.platform.access import policy
from wangge.platform.access.models import Department, Device, Grant, User
from wangge.platform.access.records import DepartmentRecord, DeviceRecord, GrantRecord, PostHeld, UserRecord
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock


def departments(actor: Actor) -> list[DepartmentRecord]:
    """All departments; what they are called is no secret."""
    return [
        DepartmentRecord(code=d.code, name_zh=d.name_zh, name_en=d.name_en)
        for d in Department.objects.order_by("code")
    ]


def my_devices(actor: Actor) -> list[DeviceRecord]:
    """The phones that were enrolled for this account, the newest first."""
    rows = Device.objects.filter(user__uid=actor.id.removeprefix("user:")).order_by("-enrolled_at", "-pk")
    return [
        DeviceRecord(
            uid=str(one.uid), label=one.label, enrolled_at=one.enrolled_at, revoked_at=one.revoked_at
        )
        for one in rows
    ]


def users(actor: Actor, *, role: str = "") -> list[UserRecord]:
    """Users with the grants in force (of one role, if named)."""
    policy.require(actor, "access.users.see")
    rows = User.objects.filter(is_active=True).order_by("username")
    if role:
        rows = rows.filter(grants__role=role).distinct()
    return [_record(user) for user in rows.prefetch_related("grants")]


def me(actor: Actor) -> UserRecord:
    """The signed-in user, and what she may do: a page offers and asks for nothing that would be refused."""
    policy.require(actor, "access.me")
    row = User.objects.prefetch_related("grants").get(uid=actor.id.removeprefix("user:"))
    may = [one for one in policy.PERMISSIONS if policy.allows(actor, one)]
    return _record(row).model_copy(update={"may": may})


def holders(actor: Actor, *, role: str, area: str = "", department: str = "") -> list[str]:
    """Ids of the actors (``user:…``) that hold a role over an area now. For rooms that address somebody."""
    moment = clock.now()
    rows = Grant.objects.filter(
        Q(to_at=None) | Q(to_at__gt=moment), role=role, from_at__lte=moment, user__is_active=True
    )
    if department:
        rows = rows.filter(department=department)
    return sorted({f"user:{g.user.uid}" for g in rows.select_related("user") if area.startswith(g.area)})


def posts_held(actor: Actor, staff: Iterable[str]) -> dict[str, list[PostHeld]]:
    """By the actor's id (``user:…``) the posts that somebody ever held, ended ones too: grants are dated, none is rewritten."""
    wanted = {one.removeprefix("user:") for one in staff if one.startswith("user:")}
    found: dict[str, list[PostHeld]] = {}
    for row in Grant.objects.filter(user__uid__in=wanted).select_related("user"):
        found.setdefault(f"user:{row.user.uid}", []).append(
            PostHeld(row.role, row.area, row.from_at, row.to_at)
        )
    return found


def names_of(actor: Actor, staff: Iterable[str]) -> dict[str, str]:
    """By the actor's id the names of members of staff, for members of staff."""
    policy.require(actor, "access.departments.see")
    wanted = {one.removeprefix("user:") for one in staff if one.startswith("user:")}
    return {
        f"user:{uid}": name for uid, name in User.objects.filter(uid__in=wanted).values_list("uid", "name")
    }


def _record(user: User) -> UserRecord:
    """The record of a user, with the grants in force."""
    moment = clock.now()
    grants = [
        GrantRecord(
            role=g.role,
            area=g.area,
            department=g.department,
            from_at=g.from_at,
            to_at=g.to_at,
            with_duty=bool(g.origin),
        )
        for g in user.grants.all()
        if g.from_at <= moment and (g.to_at is None or g.to_at > moment)
    ]
    return UserRecord(
        uid=str(user.uid), username=user.username, name=user.name, language=user.language, grants=grants
    )
