"""Reading dated codes and mergers: what a code meant on a day."""

from __future__ import annotations

from datetime import date

from wangge.ground.areas.crosswalk import successors as _successors
from wangge.ground.areas.expressions import in_use
from wangge.ground.areas.models import OutsideCode
from wangge.ground.areas.records import OutsideCodeRecord, SuccessorRecord
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

SEE = "areas.see"


def by_code(actor: Actor, code: str, *, scheme: str = "", on: date | None = None) -> list[OutsideCodeRecord]:
    """What a code that others gave meant on a day (today, if none is named)."""
    scope(actor, SEE)
    rows = OutsideCode.objects.filter(in_use(on or clock.today()), code=code)
    return [
        _code_record(row) for row in (rows.filter(scheme=scheme) if scheme else rows).order_by("kind", "pk")
    ]


def codes_of(actor: Actor, kind: str, object_: str, *, on: date | None = None) -> list[OutsideCodeRecord]:
    """The codes that others give to one thing, all of them or those of a day."""
    scope(actor, SEE)
    rows = OutsideCode.objects.filter(kind=kind, object=object_)
    return [
        _code_record(row)
        for row in (rows.filter(in_use(on)) if on else rows).order_by("scheme", "from_on", "pk")
    ]


def successors(actor: Actor, code: str, *, on: date | None = None) -> list[SuccessorRecord]:
    """What a division's code means on a day: itself, or what it became by mergers and splits, with shares."""
    scope(actor, SEE)
    return _successors(code, on or clock.today())


def _code_record(one: OutsideCode) -> OutsideCodeRecord:
    return OutsideCodeRecord(
        kind=one.kind, object=one.object, scheme=one.scheme, code=one.code, alias=one.alias,
        from_on=one.from_on, to_on=one.to_on,
    )  # fmt: skip
