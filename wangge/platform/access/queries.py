"""Reading users and departments."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from pydantic import BaseModel, ConfigDict

from wangge.platform.access import policy, shown
from wangge.platform.access.labels import Pair, chosen
from wangge.platform.access.models import Department, Device, Grant, User
from wangge.platform.access.records import (
    DepartmentRecord,
    DeviceRecord,
    PostHeld,
    UserPage,
    UserRecord,
)
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid


def departments(actor: Actor) -> list[DepartmentRecord]:
    """All departments; what they are called is no secret."""
    return [
        DepartmentRecord(code=d.code, name_zh=d.name_zh, name_en=d.name_en)
        for d in Department.objects.order_by("code")
    ]


def department_names(actor: Actor) -> dict[str, Pair]:
    """Code → (Chinese, English) of every department; one without an English name has its Chinese in both places."""
    return {one.code: (one.name_zh, one.name_en or one.name_zh) for one in departments(actor)}


def department_words(actor: Actor) -> dict[str, str]:
    """Code → name of every department, in the reader's language."""
    return {code: chosen(*both) for code, both in department_names(actor).items()}


def my_devices(actor: Actor) -> list[DeviceRecord]:
    """The phones that were enrolled for this account, the newest first."""
    rows = Device.objects.filter(user__uid=actor.id.removeprefix("user:")).order_by("-enrolled_at", "-pk")
    return [
        DeviceRecord(
            uid=str(one.uid), label=one.label, enrolled_at=one.enrolled_at, revoked_at=one.revoked_at
        )
        for one in rows
    ]


class UserFilters(BaseModel):
    """Which users a list shows; what isn't given doesn't narrow. ``text`` is a part of a name or user name.

    ``role``, ``department`` and ``area`` (a code or its beginning) are those of one and the same grant in force.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str = ""
    role: str = ""
    department: str = ""
    area: str = ""

    def given(self) -> dict[str, str]:
        """The fields that narrow, as they stand in an address."""
        return {name: given for name, given in self.model_dump().items() if given}


def users(actor: Actor, filters: UserFilters | None = None, *, limit: int = 50, offset: int = 0) -> UserPage:
    """Users with the grants in force, by user name."""
    rows = listed_users(actor, filters or UserFilters())
    page = rows[offset : offset + min(limit, 200)]
    return UserPage(total=rows.count(), items=[shown.user_record(user) for user in page])


def user(actor: Actor, said: str) -> UserRecord | None:
    """The user of this id or user name, or None."""
    policy.require(actor, "access.users.see")
    named = Q(username=said) | (Q(uid=said) if is_uid(said) else Q())
    row = User.objects.filter(named, is_active=True).prefetch_related("grants").first()
    return shown.user_record(row) if row else None


def listed_users(actor: Actor, filters: UserFilters) -> QuerySet[User]:
    """The rows of the list in its order: its pages and its file are cut from these."""
    policy.require(actor, "access.users.see")
    rows = User.objects.filter(is_active=True).order_by("username").prefetch_related("grants")
    if filters.text:
        rows = rows.filter(Q(name__icontains=filters.text) | Q(username__icontains=filters.text))
    held = {"role": filters.role, "department": filters.department, "area__startswith": filters.area}
    if any(held.values()):
        moment = clock.now()
        grants = Grant.objects.filter(
            Q(to_at=None) | Q(to_at__gt=moment), user=OuterRef("pk"), from_at__lte=moment
        )
        rows = rows.filter(Exists(grants.filter(**{field: given for field, given in held.items() if given})))
    return rows


def me(actor: Actor) -> UserRecord:
    """The signed-in user, and what she may do: a page offers and asks for nothing that would be refused."""
    policy.require(actor, "access.me")
    row = User.objects.prefetch_related("grants").get(uid=actor.id.removeprefix("user:"))
    may = [one for one in policy.PERMISSIONS if policy.allows(actor, one)]
    return shown.user_record(row).model_copy(update={"may": may})


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
