"""The hand-over book of the centre's desks over HTTP: what waits, what this shift leaves to the next, and the earlier pages."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query, Schema

from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.work.cases import actions, queries, words
from wangge.work.cases.hand_over_records import BookFilters, BookPage, DeskRecord
from wangge.work.cases.handing_over import Named

router = GuardedRouter(tags=["cases"])


class NamingCase(Schema):
    """A case that is worth naming, with a short note or none."""

    case: str
    note: str = ""


class HandingOver(Schema):
    """What this shift leaves; ``axis`` and ``area`` only where somebody sits at several desks."""

    said: str = ""
    cases: list[NamingCase] = []
    axis: str = ""
    area: str | None = None


class HandedOver(Schema):
    """The page that was written, or taken over."""

    uid: str


@router.get("/", permission="cases.hand_over", response=BookPage)
def hand_overs(
    request: ActingRequest, filters: Query[BookFilters], limit: int = 20, offset: int = 0
) -> BookPage:
    """Pages of the book, the newest first: of one's own axis and area."""
    return queries.book(request.actor, filters, limit=limit, offset=offset)


@router.get("/desk", permission="cases.hand_over", response=DeskRecord)
def hand_over_desk(request: ActingRequest, axis: str = "", area: str | None = None) -> DeskRecord:
    """The queues of a desk at this moment, and the cases worth naming with the reason."""
    return queries.desk(request.actor, axis=axis, area=area)


@router.get("/handovers.xlsx", permission="cases.hand_over", response={200: None})
def hand_overs_workbook(request: ActingRequest, filters: Query[BookFilters]) -> HttpResponse:
    """The filtered book as a workbook."""
    return xlsx(f"{words.say('sheets', 'hand_overs')}.xlsx", queries.export_book(request.actor, filters))


@router.post("/", permission="cases.hand_over", response=HandedOver)
def hand_over(request: ActingRequest, body: HandingOver) -> HandedOver:
    """交班 to the next shift."""
    named = [Named(one.case, one.note) for one in body.cases]
    uid = actions.hand_over(said=body.said, cases=named, axis=body.axis, area=body.area, by=request.actor)
    return HandedOver(uid=uid)


@router.post("/{uid}/take", permission="cases.hand_over", response=HandedOver)
def take_over(request: ActingRequest, uid: str) -> HandedOver:
    """接班: read, and taken over."""
    actions.take_over(uid=uid, by=request.actor)
    return HandedOver(uid=uid)
