"""Services over HTTP: programmes as one Excel file, who is entitled and not receiving, the clerk's list."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Schema
from ninja.files import UploadedFile

from wangge.entry.web.answers import Done
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.work.services import actions, queries
from wangge.work.services.records import (
    ConfirmPage,
    EntitlementOpened,
    EntitlementPage,
    ProgrammeCounts,
    ProgrammeRecord,
    ProgrammesLoaded,
    Reasons,
)

router = GuardedRouter(tags=["services"])


class Confirming(Schema):
    """Entitlements to confirm, at most 40 at once; all or none."""

    entitlements: list[str]


class Saying(Schema):
    """Why, in words that the person reads."""

    why: str


class Confirmed(Schema):
    """How many were confirmed."""

    confirmed: int


@router.get("/programmes", permission="register.see", response=list[ProgrammeRecord])
def programmes(request: ActingRequest) -> list[ProgrammeRecord]:
    """Programmes with their rules in words."""
    return queries.programmes(request.actor)


@router.get("/programmes.xlsx", permission="services.see", response={200: None})
def programmes_workbook(request: ActingRequest) -> HttpResponse:
    """The programmes as a workbook, with how many stand in each state."""
    return xlsx(f"{_('Programmes')}.xlsx", queries.export_programmes(request.actor))


@router.post("/programmes", permission="services.manage", response=ProgrammesLoaded, once="nature")
def load_programmes(request: ActingRequest, file: UploadedFile = File(...)) -> ProgrammesLoaded:  # noqa: B008
    """Add programmes or dated versions from one file. The same file again changes nothing."""
    return actions.load_programmes(file=file, name=file.name or "file", by=request.actor)


@router.get("/programmes/{code}", permission="register.see", response=ProgrammeRecord)
def programme(request: ActingRequest, code: str) -> ProgrammeRecord:
    """One programme."""
    return queries.programme(request.actor, code)


@router.get("/programmes/{code}/why", permission="services.offered", response=Reasons)
def why(request: ActingRequest, code: str) -> Reasons:
    """Why I am, or am not, entitled to it today."""
    return queries.explain(request.actor, code)


@router.get("/entitled", permission="services.see", response=EntitlementPage)
def entitled(
    request: ActingRequest,
    programme: str = "",
    state: str = "",
    area: str = "",
    limit: int = 50,
    offset: int = 0,
) -> EntitlementPage:
    """Who is entitled and not receiving, masked; or those in another state."""
    return queries.entitled_not_receiving(
        request.actor, programme, state=state, area=area, limit=limit, offset=offset
    )


@router.get("/counts", permission="services.see", response=list[ProgrammeCounts])
def counts(request: ActingRequest, programme: str = "", area: str = "") -> list[ProgrammeCounts]:
    """How many stand in each state; each figure is the length of that list."""
    return queries.counts(request.actor, programme=programme, area=area)


@router.get("/entitled.xlsx", permission="services.see", response=None)
def export(
    request: ActingRequest, programme: str = "", state: str = "", area: str = "", opened: bool = False
) -> HttpResponse:
    """The list as it is seen; ``opened`` with names whole and reasons, every person in it a recorded look."""
    return xlsx(*queries.export(request.actor, programme, state=state, area=area, opened=opened))


@router.get("/to-confirm", permission="services.confirm", response=ConfirmPage)
def to_confirm(request: ActingRequest, programme: str = "", limit: int = 20, offset: int = 0) -> ConfirmPage:
    """What waits for this clerk, opened to decide by."""
    return queries.to_confirm(request.actor, programme, limit=limit, offset=offset)


@router.post("/confirm", permission="services.confirm", response=Confirmed)
def confirm(request: ActingRequest, body: Confirming) -> Confirmed:
    """Confirm services that need no application; the persons are told and may decline."""
    return Confirmed(confirmed=actions.confirm(entitlements=body.entitlements, by=request.actor))


@router.get("/entitled/{uid}", permission="services.open", response=EntitlementOpened)
def entitlement(request: ActingRequest, uid: str) -> EntitlementOpened:
    """One entitlement, opened; a recorded look."""
    return queries.entitlement(request.actor, uid)


@router.post("/entitled/{uid}/refuse", permission="services.confirm", response=Done)
def refuse(request: ActingRequest, uid: str, body: Saying) -> Done:
    """Don't confirm it, and say why."""
    actions.refuse(entitlement=uid, why=body.why, by=request.actor)
    return Done()


@router.post("/entitled/{uid}/uphold", permission="services.confirm", response=Done)
def uphold(request: ActingRequest, uid: str) -> Done:
    """Settle a confirmed service although the rule no longer says so."""
    actions.uphold(entitlement=uid, by=request.actor)
    return Done()


@router.post("/entitled/{uid}/reopen", permission="services.confirm", response=Done)
def reopen(request: ActingRequest, uid: str, body: Saying) -> Done:
    """Offer it again. What the person declined, only the person reopens."""
    actions.reopen(entitlement=uid, why=body.why, by=request.actor)
    return Done()
