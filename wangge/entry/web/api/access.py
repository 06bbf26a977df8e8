"""Signing in is allauth's (``/_allauth/``); here an account sees itself, and administrators see accounts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema
from pydantic import AwareDatetime

from wangge.entry.web.answers import Made
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.platform.access import actions, exporting, queries
from wangge.platform.access.queries import UserFilters
from wangge.platform.access.records import DepartmentRecord, UserPage, UserRecord

router = GuardedRouter(tags=["access"])


class Visitor(Schema):
    """What a page needs before anybody signs in: a token, and whether somebody is (else asking ``me`` would be refused)."""

    csrf_token: str
    signed_in: bool


class PostIn(Schema):
    """A role in an area (a prefix of area codes; empty is the whole city) and, where it is held for one, for a department."""

    role: str
    area: str = Field("", max_length=24, pattern=r"^[0-9]*$")
    department: str = ""


class PostGiven(PostIn):
    """The same, until a moment if one is named."""

    to_at: AwareDatetime | None = None


@router.get("/visitor", permission="access.sign_in", response=Visitor)
def visitor(request: ActingRequest) -> Visitor:
    """A token for the forms of this session, and whether anybody is signed in."""
    return Visitor(csrf_token=get_token(request), signed_in=request.actor.kind != "public")


@router.get("/me", permission="access.me", response=UserRecord)
def me(request: ActingRequest) -> UserRecord:
    """The signed-in user with the grants in force."""
    return queries.me(request.actor)


@router.get("/departments", permission="access.departments.see", response=list[DepartmentRecord])
def departments(request: ActingRequest) -> list[DepartmentRecord]:
    """All departments."""
    return queries.departments(request.actor)


@router.get("/users", permission="access.users.see", response=UserPage)
def users(request: ActingRequest, filters: Query[UserFilters], limit: int = 50, offset: int = 0) -> UserPage:
    """Users with the grants in force."""
    return queries.users(request.actor, filters, limit=limit, offset=offset)


@router.get("/users.xlsx", permission="access.users.see", response={200: None})
def users_workbook(request: ActingRequest, filters: Query[UserFilters]) -> HttpResponse:
    """The same as a workbook."""
    return xlsx(f"{_('Users')}.xlsx", exporting.users(request.actor, filters))


@router.post("/users/{user}/posts", permission="access.users.manage", response=Made)
def give_post(request: ActingRequest, user: UUID, body: PostGiven) -> Made:
    """Give somebody a role, from now on."""
    actions.give_post(user=str(user), **body.dict(), by=request.actor)
    return Made(uid=str(user))


@router.post("/users/{user}/posts/end", permission="access.users.manage", response=Made)
def end_post(request: ActingRequest, user: UUID, body: PostIn) -> Made:
    """End a role that somebody holds, from now on."""
    actions.end_post(user=str(user), **body.dict(), by=request.actor)
    return Made(uid=str(user))
