"""The trail over HTTP: what was done to one object, proved, in words, with its file. Values of people are never in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema

from wangge.entry.web.files import xlsx
from wangge.entry.web.reach import Reached, reach
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.platform.access import trails
from wangge.platform.access.records import TrailPage
from wangge.platform.audit import chain, trail
from wangge.platform.audit.queries import Narrow
from wangge.platform.clock import clock

router = GuardedRouter(tags=["audit"])


class TrailAsked(Schema):
    """Whose trail, and what of it. ``verb`` is a room (``hub``) or one act (``hub.try``); days are the city's, both included."""

    kind: str
    id: str
    verb: str = ""
    from_on: date | None = None
    to_on: date | None = None


class TrailOf(TrailPage):
    """A trail with the object that it is of; ``to`` is the object's page in the console."""

    kind: str
    id: str
    name: str
    to: str


class ChainProved(Schema):
    """What reading the whole trail from its start found; ``broken_at`` is the first place that isn't what was sealed."""

    proved: int
    broken_at: int | None
    unsealed: int


@router.get("/trail", permission="audit.history", response=TrailOf)
def of_object(request: ActingRequest, asked: Query[TrailAsked], limit: int = 50, offset: int = 0) -> TrailOf:
    """What was done to an object, the newest first; each line is proved against its neighbour in the chain."""
    found = _reached(request, asked)
    page = trails.trail_of(request.actor, found.about, _narrow(asked), limit=limit, offset=offset)
    return TrailOf(**dict(page), kind=found.kind, id=found.id, name=found.name, to=found.to)


@router.get("/trail.xlsx", permission="audit.history", response=None)
def of_object_file(request: ActingRequest, asked: Query[TrailAsked]) -> HttpResponse:
    """The same as a workbook; that it was taken is recorded."""
    found = _reached(request, asked)
    head = [
        _("Moment"), _("Who (post)"), _("What"), _("Object"), _("Why"), _("Task"), _("From where"), _("Details"),
        _("Place in the chain"), _("Seal"),
    ]  # fmt: skip
    name, content = trails.file_of(
        request.actor, found.about, _narrow(asked), kind=found.kind, object_id=found.id, head=head
    )
    return xlsx(name, content)


@router.get("/proof", permission="audit.see", response=ChainProved)
def proof(request: ActingRequest) -> ChainProved:
    """Read the whole trail from its start and prove it. Takes a second for every sixty thousand entries."""
    found = chain.prove()
    return ChainProved(proved=found.proved, broken_at=found.broken_at, unsealed=found.unsealed)


def _reached(request: ActingRequest, asked: TrailAsked) -> Reached:
    found = reach(request.actor, asked.kind, asked.id)
    if found.kind == "person":  # who reads what was done about a resident stands in it itself
        with transaction.atomic():
            trail.record(by=request.actor, verb="audit.trail", object_kind="person", object_id=found.id)
    return found


def _narrow(asked: TrailAsked) -> Narrow:
    return Narrow(
        verb=asked.verb,
        from_at=_begin(asked.from_on) if asked.from_on else None,
        until=_begin(asked.to_on + timedelta(days=1)) if asked.to_on else None,
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.city_zone())
