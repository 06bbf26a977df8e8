"""Codes that others give to what stands here, each dated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import editions
from wangge.ground.areas.loading import CHUNK, slices
from wangge.ground.areas.models import Building, OutsideCode
from wangge.ground.areas.records import OutsideCodeRow
from wangge.platform.access.errors import Conflict, NotFound
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock


def add_codes(*, rows: Iterable[OutsideCodeRow], by: Actor) -> int:
    """Add codes; what is there already is left as it is. Returns how many rows came.

    Raises ``Conflict`` where a scheme would give one code to two things of a kind at the same time.
    """
    count = 0
    for some in slices(rows, CHUNK):
        with transaction.atomic():
            held = list(OutsideCode.objects.filter(code__in=[row.code for row in some]))
            by_code: dict[tuple[str, str, str], list[OutsideCode]] = {}
            for one in held:
                by_code.setdefault((one.kind, one.scheme, one.code), []).append(one)
            fresh = []
            for row in some:
                others = by_code.setdefault((row.kind, row.scheme, row.code), [])
                if _is_new(row, others):
                    one = OutsideCode(**row._asdict())
                    others.append(one)
                    fresh.append(one)
            OutsideCode.objects.bulk_create(fresh)
            trail.record(
                by=by, verb="areas.add_codes", object_kind=some[0].kind, object_id=some[0].object,
                details={"rows": len(some), "new": len(fresh)},
            )  # fmt: skip
        count += len(some)
    return count


def _is_new(row: OutsideCodeRow, others: list[OutsideCode]) -> bool:
    if any(o.object == row.object and o.from_on == row.from_on for o in others):
        return False
    for other in others:
        if other.object != row.object and _overlap(row, other):
            raise Conflict(
                "code_taken",
                _("%(scheme)s code %(code)s belongs to something else at that time.")
                % {"scheme": row.scheme, "code": row.code},
                advice=_("End the other's code first, or correct the dates."),
            )
    return True


def _overlap(row: OutsideCodeRow, other: OutsideCode) -> bool:
    starts_before_end = row.to_on is None or other.from_on is None or other.from_on < row.to_on
    ends_after_start = other.to_on is None or row.from_on is None or row.from_on < other.to_on
    return starts_before_end and ends_after_start


@transaction.atomic
def renew_plate(*, place: str, plate: str, by: Actor, from_on: date | None = None) -> None:
    """Hang a new door plate on a building; the old one's code stays findable as an alias until that day."""
    building = Building.objects.select_related("place").filter(place__uid=place).first()
    if building is None:
        raise NotFound("no_such_building", _("There is no such building."))
    if Building.objects.filter(plate=plate).exclude(pk=building.pk).exists():
        raise Conflict("plate_taken", _("This plate hangs on another building."))
    day = from_on or clock.today()
    if building.plate:
        OutsideCode.objects.create(
            kind="building", object=place, scheme="plate", code=building.plate, alias=True, to_on=day
        )
    building.plate = plate
    building.save(update_fields=["plate"])
    editions.stamp("buildings")
    trail.record(
        by=by, verb="areas.renew_plate", object_kind="building", object_id=place, details={"plate": plate}
    )
