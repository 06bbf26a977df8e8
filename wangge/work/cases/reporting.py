"""A report becomes a case: where it is, what it is, who says so, and by which code its reporter follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.cores.geo.datums import convert
from wangge.ground.areas import queries as areas
from wangge.platform.access import actors, policy
from wangge.platform.access.errors import Invalid
from wangge.platform.access.records import Held
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores import photos as store
from wangge.work.cases import moving, near, numbers, progress
from wangge.work.cases.models import Attachment, Case, ClassOfCase, Step
from wangge.work.cases.progress import Happening, Progress
from wangge.work.cases.records import Receipt
from wangge.work.cases.times import CityTimes

DATUMS = ("CGCS2000", "WGS-84", "GCJ-02", "BD-09")
MOST_PHOTOS = 5
LONGEST = {"description": 1000, "address": 200}
_TELEPHONE = re.compile(r"^\+?\d{5,15}$")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a reporter says. Position in degrees, CGCS2000."""

    class_code: str = ""
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    description: str = ""
    phone: str = ""


@transaction.atomic
def report(
    said: Reported, *, by: Actor, source: str, photos: Sequence[str], seen_at: datetime | None
) -> Receipt:
    """Take a report in; see ``actions.report``."""
    came_by = source_of(by, source)
    of_class = class_called(said.class_code) if said.class_code else None
    columns = {**checked(said), **position(said.lon, said.lat)}
    row, tracking = _create(
        columns, of_class=of_class, source=came_by, phone=telephone(said.phone), by=by, seen_at=seen_at
    )
    attach(row, photos, asked_only=came_by == "patrol", by=by)
    trail.record(
        by=by, verb="cases.report", object_kind="case", object_id=str(row.uid),
        details={"number": row.number, "class": said.class_code, "grid": row.grid, "source": came_by},
    )  # fmt: skip
    alike = near.near(row) if by.kind == "user" and policy.allows(by, "cases.see") else []
    return Receipt(uid=str(row.uid), number=row.number, tracking=tracking, grid=row.grid, near=alike)


def attach(row: Case, photos: Sequence[str], *, asked_only: bool, by: Actor) -> None:
    """Name photos that were kept before; these rows are their commit.

    Photos are taken only where a filing rule asks for one: a resident may offer some, a worker isn't made to take any.
    Raises ``Invalid``.
    """
    if len(photos) > MOST_PHOTOS:
        raise Invalid("too_many_photos", _("No more than %(most)d photos.") % {"most": MOST_PHOTOS})
    if (
        photos
        and asked_only
        and not (row.of_class and row.of_class.rules.filter(photo_required=True).exists())
    ):
        raise Invalid(
            "photo_not_asked",
            _("The filing rule of this class asks for no photo."),
            advice=_("Send it without photos."),
        )
    if Attachment.objects.filter(photo__in=photos).exists() or not all(map(_is_kept, photos)):
        raise Invalid(
            "no_such_photo", _("There is no such photo to be named here."), advice=_("Send the photo again.")
        )
    at = moving.moment()
    Attachment.objects.bulk_create(
        [Attachment(case=row, photo=one, state=row.state, by=by.id, at=at) for one in photos]
    )


def source_of(by: Actor, wished: str) -> str:
    """A worker or grid lead on patrol, a telephone call taken down at the desk, or the public."""
    roles = {held.role for held in by.holds if isinstance(held, Held)}
    if wished == "hotline" and (roles & policy.SUPERVISION or by.kind == "system"):
        return "hotline"
    if wished == "patrol" and by.kind == "system":
        return "patrol"
    return "patrol" if roles & policy.FIELD and wished != "resident" else "resident"


def class_called(code: str) -> ClassOfCase:
    """The class of this code; raises ``Invalid``."""
    found = ClassOfCase.objects.filter(code=code).first()
    if found is None:
        raise Invalid(
            "no_such_class", _("There is no class %(code)s in the catalogue.") % {"code": code},
            advice=_("Choose one from the list."),
        )  # fmt: skip
    return found


def checked(said: Reported) -> dict[str, Any]:
    """Address and description, trimmed; raises ``Invalid`` for what is too long."""
    found = {name: " ".join(getattr(said, name).split()) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(found[name]) > most:
            raise Invalid(
                "too_long", _("%(field)s has more than %(most)d characters.") % {"field": name, "most": most}
            )
    return found


def in_our_datum(lon: float | None, lat: float | None, datum: str) -> tuple[float | None, float | None]:
    """A position in CGCS2000; raises ``Invalid`` for an unknown datum. Half a point stays half a point."""
    if datum not in DATUMS:
        raise Invalid(
            "unknown_datum",
            _("%(datum)s is no datum of positions.") % {"datum": datum},
            advice=", ".join(DATUMS),
        )
    if lon is None or lat is None:
        return lon, lat
    east, north = convert(lon, lat, datum)
    return float(east), float(north)


def position(lon: float | None, lat: float | None) -> dict[str, Any]:
    """Point, grid and area as columns. The grid is that of today: a case keeps the grid of its day."""
    if (lon is None) != (lat is None):
        raise Invalid("half_a_point", _("A position needs both longitude and latitude."))
    if lon is None or lat is None:
        return {"lon": None, "lat": None, "grid": "", "area": "", "place": ""}
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid(
            "not_on_earth", _("Longitude %(lon)s, latitude %(lat)s is no point.") % {"lon": lon, "lat": lat}
        )
    grid = areas.grid_at(lon, lat) or ""
    return {
        "lon": lon,
        "lat": lat,
        "grid": grid,
        "area": grid or areas.community_at(lon, lat) or "",
        "place": "",
    }


def telephone(text: str) -> str | None:
    """The reporter's telephone number, or None; raises ``Invalid`` for what is none."""
    plain = re.sub(r"[\s()（）-]", "", text)
    if plain and not _TELEPHONE.match(plain):
        raise Invalid(
            "no_telephone", _("This is no telephone number."), advice=_("Enter digits, or leave it empty.")
        )
    return plain or None


def _is_kept(photo: str) -> bool:
    try:
        store.load(photo)
    except store.PhotoMissing:
        return False
    return True


def _create(
    columns: dict[str, Any],
    *,
    of_class: ClassOfCase | None,
    source: str,
    phone: str | None,
    by: Actor,
    seen_at: datetime | None,
) -> tuple[Case, str]:
    at = moving.moment()
    step = Happening(verb="report", to="to_accept", clock="", at=at)
    begun = progress.after(Progress(), step, CityTimes())
    tracking, index = numbers.new_tracking_code()
    row = Case.objects.create(
        number=numbers.reserve(clock.local(at).date())[0], tracking=index, of_class=of_class, source=source,
        reporter="" if by.kind == "public" else by.id, reporter_person=actors.person_of(by) or "", reporter_phone=phone,
        reported_at=at, open_since=at, **columns, **moving.columns_of(begun),
    )  # fmt: skip
    Step.objects.create(
        case=row, n=1, verb="report", from_state="new", to_state=row.state, by=by.id, name=moving.name_of(by),
        post=moving.post_of(by, "cases.report"), at=at, seen_at=seen_at, stage_due_at=row.stage_due_at,
    )  # fmt: skip
    return row, tracking
