"""The hub over HTTP: agreements, feeds, mappings, deliveries, pairs, return feeds."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import TypeAdapter, ValidationError

from wangge.entry.jobs import data_day
from wangge.entry.web.answers import Done, Made
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.platform.access.errors import Invalid
from wangge.work.hub import actions, exporting, queries
from wangge.work.hub.records import (
    AgreementRecord,
    DeliveryPage,
    FeedRecord,
    FileTried,
    MappedColumn,
    MappingProposal,
    PairOpened,
    PairPage,
    PairRecord,
    ReceiptRecord,
    ReturnPage,
    SecondPerson,
)

router = GuardedRouter(tags=["hub"])


class Agreeing(Schema):
    """An agreement to write down."""

    department: str
    direction: str
    purpose: str
    elements: list[str]
    document: str
    from_on: date
    to_on: date


class FeedOpening(Schema):
    """A feed to open."""

    code: str
    agreement: str
    name_zh: str
    name_en: str
    makes_persons: bool = False
    absent: dict[str, str] = {}


class MappingConfirmed(Schema):
    """Column → element; an empty element leaves the column out. ``second``: columns that speak of a row's second person."""

    columns: dict[str, str]
    values: dict[str, dict[str, str]] = {}
    second: SecondPerson | None = None


def _mapping(text: str) -> dict[str, str] | None:
    """A mapping that travels beside a file; raises ``Invalid`` for what is none."""
    if not text:
        return None
    try:
        return TypeAdapter(dict[str, str]).validate_json(text)
    except ValidationError as error:
        raise Invalid("invalid", _("What was sent can't be understood.")) from error


class PairAnswer(Schema):
    """``same``, ``different`` or ``at_the_door``."""

    answer: str


@router.get("/agreements", permission="hub.see", response=list[AgreementRecord])
def agreements(
    request: ActingRequest, department: str = "", direction: str = "", force: bool | None = None
) -> list[AgreementRecord]:
    """Agreements of the actor's departments."""
    return queries.agreements(request.actor, department=department, direction=direction, force=force)


@router.get("/agreements.xlsx", permission="hub.see", response={200: None})
def agreements_file(
    request: ActingRequest, department: str = "", direction: str = "", force: bool | None = None
) -> HttpResponse:
    """The same as a workbook."""
    content = exporting.agreements(request.actor, department=department, direction=direction, force=force)
    return xlsx(f"{_('Agreements')}.xlsx", content)


@router.post("/agreements", permission="hub.agree", response=Made)
def agree(request: ActingRequest, body: Agreeing) -> Made:
    """Write an agreement down."""
    return Made(uid=actions.agree(**body.dict(), by=request.actor))


@router.post("/agreements/{uid}/end", permission="hub.agree", response=Done)
def end_agreement(request: ActingRequest, uid: str) -> Done:
    """End an agreement now."""
    actions.end_agreement(agreement=uid, by=request.actor)
    return Done()


@router.get("/feeds", permission="hub.see", response=list[FeedRecord])
def feeds(request: ActingRequest) -> list[FeedRecord]:
    """Feeds with the age and quality of their last delivery."""
    return queries.feeds(request.actor)


@router.get("/feeds.xlsx", permission="hub.see", response={200: None})
def feeds_file(request: ActingRequest) -> HttpResponse:
    """The same as a workbook."""
    return xlsx(f"{_('Feeds')}.xlsx", exporting.feeds(request.actor))


@router.post("/feeds", permission="hub.agree", response=Done)
def open_feed(request: ActingRequest, body: FeedOpening) -> Done:
    """Open a feed."""
    actions.open_feed(**body.dict(), by=request.actor)
    return Done()


@router.get("/feeds/{feed}/mapping", permission="hub.see", response=list[MappedColumn])
def mapping(request: ActingRequest, feed: str) -> list[MappedColumn]:
    """The confirmed mapping."""
    return queries.mapping(request.actor, feed)


@router.post("/feeds/{feed}/mapping", permission="hub.map", response=Done)
def confirm_mapping(request: ActingRequest, feed: str, body: MappingConfirmed) -> Done:
    """Say what the columns hold."""
    actions.confirm_mapping(
        feed=feed, columns=body.columns, values=body.values, second=body.second, by=request.actor
    )
    return Done()


@router.post("/feeds/{feed}/propose", permission="hub.map", response=MappingProposal, once="nature")
def propose(request: ActingRequest, feed: str, file: UploadedFile = File(...)) -> MappingProposal:  # noqa: B008
    """What the columns of a sample file probably hold; nothing of it is kept."""
    return actions.propose_mapping(feed=feed, file=file, name=file.name or "file", by=request.actor)


@router.post("/feeds/{feed}/try", permission="hub.map", response=FileTried, once="nature")
def try_file(
    request: ActingRequest,
    feed: str,
    file: UploadedFile = File(...),  # noqa: B008
    columns: str = Form(""),
) -> FileTried:
    """What delivering this file would do, by the confirmed mapping or by ``columns`` (JSON, column → element); nothing is kept."""
    return actions.try_file(
        feed=feed, file=file, name=file.name or "file", columns=_mapping(columns), by=request.actor
    )


@router.post("/feeds/{feed}/deliveries", permission="hub.deliver", response=ReceiptRecord, once="nature")
def deliver(request: ActingRequest, feed: str, file: UploadedFile = File(...)) -> ReceiptRecord:  # noqa: B008
    """Deliver a file. The same file again gets the first receipt."""
    return data_day.start(feed=feed, file=file, name=file.name or "file", by=request.actor)


@router.get("/deliveries", permission="hub.see", response=DeliveryPage)
def deliveries(request: ActingRequest, feed: str = "", limit: int = 50, offset: int = 0) -> DeliveryPage:
    """Deliveries, newest first."""
    return queries.deliveries(request.actor, feed=feed, limit=limit, offset=offset)


@router.get("/deliveries.xlsx", permission="hub.see", response={200: None})
def deliveries_file(request: ActingRequest, feed: str = "") -> HttpResponse:
    """The same as a workbook."""
    return xlsx(f"{_('Deliveries')}.xlsx", exporting.deliveries(request.actor, feed=feed))


@router.get("/deliveries/{uid}", permission="hub.see", response=ReceiptRecord)
def receipt(request: ActingRequest, uid: str) -> ReceiptRecord:
    """The receipt as it stands now."""
    return queries.receipt(request.actor, uid)


@router.get("/deliveries/{uid}/errors.xlsx", permission="hub.see", response=None)
def errors_file(request: ActingRequest, uid: str) -> HttpResponse:
    """The rows in error, as the department sent them, with what is wrong."""
    return xlsx(*queries.errors_file(request.actor, uid))


@router.get("/feeds/{feed}/links.xlsx", permission="hub.link", response=None)
def links_file(request: ActingRequest, feed: str) -> HttpResponse:
    """Which person each row means, by opaque ids."""
    return xlsx(*queries.links_file(request.actor, feed))


@router.get("/pairs", permission="hub.review", response=PairPage)
def pairs(
    request: ActingRequest, state: str = "open", feed: str = "", limit: int = 50, offset: int = 0
) -> PairPage:
    """Pairs that people decide."""
    return queries.unsure_pairs(request.actor, state=state, feed=feed, limit=limit, offset=offset)


@router.get("/pairs.xlsx", permission="hub.review", response={200: None})
def pairs_file(request: ActingRequest, state: str = "open", feed: str = "") -> HttpResponse:
    """The same as a workbook, by opaque ids."""
    return xlsx(f"{_('Unsure pairs')}.xlsx", exporting.pairs(request.actor, state=state, feed=feed))


@router.get("/pairs/{uid}", permission="hub.review", response=PairOpened)
def pair(request: ActingRequest, uid: str) -> PairOpened:
    """A pair with both sides; opening it is recorded."""
    return queries.pair(request.actor, uid)


@router.post("/pairs/{uid}", permission="hub.review", response=PairRecord)
def decide(request: ActingRequest, uid: str, body: PairAnswer) -> PairRecord:
    """Decide a pair; deciding otherwise later takes the first decision back."""
    return actions.decide_pair(pair=uid, answer=body.answer, by=request.actor)


@router.post("/pairs/{uid}/undo", permission="hub.review", response=PairRecord)
def undo(request: ActingRequest, uid: str) -> PairRecord:
    """Open a pair again that was decided, where nothing is lost by it."""
    return actions.undo_pair(pair=uid, by=request.actor)


@router.get("/return", permission="hub.return", response=ReturnPage)
def return_feed(
    request: ActingRequest, department: str = "", kind: str = "", limit: int = 50, offset: int = 0
) -> ReturnPage:
    """What goes back to the actor's departments."""
    return queries.return_feed(request.actor, department=department, kind=kind, limit=limit, offset=offset)


@router.get("/return.xlsx", permission="hub.return", response=None)
def return_file(request: ActingRequest, department: str = "", kind: str = "") -> HttpResponse:
    """The return feed as a file."""
    return xlsx(*queries.return_file(request.actor, department=department, kind=kind))
