"""The roster over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import AwareDatetime

from wangge.entry.web.answers import Made
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.workforce import actions, exporting, queries
from wangge.ground.workforce.queries import RosterFilters
from wangge.ground.workforce.records import GridOnDuty, Roster, VisitorRecord

router = GuardedRouter(tags=["workforce"])


class WorkerIn(Schema):
    """Somebody with an account who joins the roster."""

    user: UUID
    name: str
    phone: str = ""
    kind: str = "full_time"
    community: str


class DutyIn(Schema):
    """A worker looks after a grid from a moment until another."""

    worker: UUID
    grid: str
    kind: str = "main"
    from_at: AwareDatetime | None = None
    to_at: AwareDatetime | None = None


class HandOverIn(Schema):
    """From a moment on another worker is in charge of a grid."""

    grid: str
    worker: UUID
    at: AwareDatetime | None = None


class EndIn(Schema):
    """When something ends; now, if no moment is named."""

    at: AwareDatetime | None = None


@router.get("/roster", permission="workforce.see", response=Roster)
def roster(request: ActingRequest, filters: Query[RosterFilters], limit: int = 50, offset: int = 0) -> Roster:
    """Workers of the actor's areas with their duties."""
    return queries.roster(request.actor, filters, limit=limit, offset=offset)


@router.get("/roster.xlsx", permission="workforce.see", response={200: None})
def roster_workbook(request: ActingRequest, filters: Query[RosterFilters]) -> HttpResponse:
    """The same as a workbook."""
    return xlsx(f"{_('Roster')}.xlsx", exporting.roster(request.actor, filters))


@router.get("/cover", permission="workforce.see", response=list[GridOnDuty])
def cover(
    request: ActingRequest, prefix: str = "", open_only: bool = False, limit: int = 200, offset: int = 0
) -> list[GridOnDuty]:
    """Grids with whoever is on duty there, or those where nobody is."""
    return queries.cover(request.actor, prefix=prefix, open_only=open_only, limit=limit, offset=offset)


@router.get("/cover.xlsx", permission="workforce.see", response={200: None})
def cover_workbook(request: ActingRequest, prefix: str = "", open_only: bool = False) -> HttpResponse:
    """The same as a workbook."""
    return xlsx(f"{_('On duty')}.xlsx", exporting.cover(request.actor, prefix=prefix, open_only=open_only))


@router.get("/my-grids", permission="workforce.see", response=list[str])
def my_grids(request: ActingRequest) -> list[str]:
    """The grids that the signed-in worker has now."""
    return queries.grids_of(request.actor)


@router.get("/visitors/{code}", permission="workforce.visitor", response=VisitorRecord, misses="codes")
def visitor(request: ActingRequest, code: str) -> VisitorRecord:
    """Whom the code that somebody shows at a door names today. Anybody may ask; nothing is kept of it."""
    return queries.visitor(request.actor, code)


@router.post("/workers", permission="workforce.manage", response=Made)
def add_worker(request: ActingRequest, body: WorkerIn) -> Made:
    """Put somebody on the roster."""
    return Made(uid=actions.add_worker(**_plain(body), by=request.actor))


@router.post("/workers/{worker}/leave", permission="workforce.manage", response=Made)
def leave(request: ActingRequest, worker: UUID) -> Made:
    """A worker leaves the roster; her duties end."""
    actions.leave(worker=str(worker), by=request.actor)
    return Made(uid=str(worker))


@router.post("/duties", permission="workforce.manage", response=Made)
def assign(request: ActingRequest, body: DutyIn) -> Made:
    """Give a worker a duty, or a substitution."""
    return Made(uid=actions.assign(**_plain(body), by=request.actor))


@router.post("/duties/{duty}/end", permission="workforce.manage", response=Made)
def end_duty(request: ActingRequest, duty: UUID, body: EndIn) -> Made:
    """End a duty."""
    actions.end_duty(duty=str(duty), at=body.at, by=request.actor)
    return Made(uid=str(duty))


@router.post("/hand-over", permission="workforce.manage", response=Made)
def hand_over(request: ActingRequest, body: HandOverIn) -> Made:
    """Put another worker in charge of a grid."""
    return Made(uid=actions.hand_over(grid=body.grid, worker=str(body.worker), at=body.at, by=request.actor))


def _plain(body: Schema) -> dict[str, Any]:
    """What was sent, ids as texts."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in body.dict().items()}
