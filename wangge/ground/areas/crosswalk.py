"""What became of divisions that merged or were split, dated, and the places that follow them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import editions
from wangge.ground.areas.loading import CHUNK
from wangge.ground.areas.models import Crosswalk, Division, Place
from wangge.ground.areas.points import communities_at
from wangge.ground.areas.records import SuccessorRecord
from wangge.platform.access.errors import Invalid, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock


@transaction.atomic
def record_crosswalk(*, old: str, into: Iterable[tuple[str, float]], from_on: date, by: Actor) -> None:
    """From a day on ``old`` is found in other divisions, with these shares (by households, adding up to 1); it ends.

    Raises ``Invalid`` for shares that don't add up, ``NotFound`` for divisions that aren't there.
    """
    parts = sorted(into)
    if abs(sum(share for _code, share in parts) - 1.0) > 1e-6 or any(share <= 0 for _code, share in parts):
        raise Invalid("bad_shares", _("The shares of what %(old)s became must add up to 1.") % {"old": old})
    known = set(
        Division.objects.filter(code__in=[old, *(code for code, _share in parts)]).values_list(
            "code", flat=True
        )
    )
    missing = sorted({old, *(code for code, _share in parts)} - known)
    if missing:
        raise NotFound(
            "no_such_division", _("There is no division %(codes)s.") % {"codes": ", ".join(missing)}
        )
    for code, share in parts:
        Crosswalk.objects.update_or_create(old=old, new=code, from_on=from_on, defaults={"share": share})
    Division.objects.filter(code=old).update(to_on=from_on)
    editions.stamp("divisions")
    trail.record(
        by=by, verb="areas.record_crosswalk", object_kind="division", object_id=old,
        details={"into": [code for code, _share in parts], "from": from_on.isoformat()},
    )  # fmt: skip


def successors(
    code: str, on: date, share: float = 1.0, seen: frozenset[str] = frozenset()
) -> list[SuccessorRecord]:
    """What a division's code means on a day: itself while it stands, else what it became, through all later changes."""
    steps = Crosswalk.objects.filter(old=code, from_on__lte=on).exclude(new__in=seen | {code})
    found: dict[str, float] = {}
    for step in steps:
        for end in successors(step.new, on, share * step.share, seen | {code}):
            found[end.code] = found.get(end.code, 0.0) + end.share
    if not found:
        return [SuccessorRecord(code=code, share=share)]
    return [SuccessorRecord(code=one, share=part) for one, part in sorted(found.items())]


def follow_crosswalk(*, by: Actor) -> int:
    """Give places of communities that have ended the code of the one that holds them now; returns how many moved.

    By the ground where a community was split, by the code alone where it went whole into another. In small
    transactions, to be repeated at will.
    """
    scope(by, "areas.manage")
    today, moved = clock.today(), 0
    for old in Division.objects.filter(level="community", to_on__lte=today).values_list("code", flat=True):
        heirs = [heir.code for heir in successors(old, today)]
        key = 0
        while some := list(Place.objects.filter(community=old, pk__gt=key).order_by("pk")[:CHUNK]):
            key = some[-1].pk
            moved += _inherit(some, heirs, old, by)
    return moved


def _inherit(some: list[Place], heirs: list[str], old: str, by: Actor) -> int:
    if len(heirs) == 1:
        found = heirs * len(some)
    else:
        found = communities_at([p.lon for p in some], [p.lat for p in some])
    changed = []
    for place, code in zip(some, found, strict=True):
        if code in heirs and code != old:
            place.community = code
            changed.append(place)
    with transaction.atomic():
        Place.objects.bulk_update(changed, ["community"], batch_size=200)
        trail.record(
            by=by,
            verb="areas.follow_crosswalk",
            object_kind="division",
            object_id=old,
            details={"places": len(changed)},
        )
    return len(changed)
