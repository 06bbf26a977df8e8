"""A report becomes a case: where it is, what it is, who says so, and by which code its reporter follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.platform.access import actors, policy
from wangge.platform.access.errors import Invalid
from wangge.platform.access.records import Held
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores import rows
from wangge.work.cases import acting, attachments, near, numbers, positions, progress, standing
from wangge.work.cases.models import Case, ClassOfCase, Step
from wangge.work.cases.progress import Happening, Progress
from wangge.work.cases.records import Receipt
from wangge.work.cases.times import CityTimes

LONGEST = {"description": 1000, "address": 200}
_OF_CHINA = re.compile(r"^(\+|00)86(?=1\d{10}$)")
"""The country's code before a mobile number: the same number with it and without it is one caller's."""
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
    if not (of_class or said.description.strip() or photos):
        raise Invalid(
            "nothing_said",
            _("This report says nothing."),
            advice=_("Send a photo, some words, or what kind of case it is."),
        )
    columns = {**checked(said), **positions.position(said.lon, said.lat)}
    row, tracking = _create(
        columns, of_class=of_class, source=came_by, phone=telephone(said.phone), by=by, seen_at=seen_at
    )
    attachments.attach(row, photos, asked_only=came_by == "patrol", by=by)
    trail.record(
        by=by, verb="cases.report", object_kind="case", object_id=str(row.uid),
        details={"number": row.number, "class": said.class_code, "grid": row.grid, "source": came_by},
    )  # fmt: skip
    alike = near.near(row) if by.kind == "user" and policy.allows(by, "cases.see") else []
    return Receipt(uid=str(row.uid), number=row.number, tracking=tracking, grid=row.grid, near=alike)


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
    found = rows.get(ClassOfCase, "code", code)
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


def telephone(text: str) -> str | None:
    """The reporter's telephone number, or None; raises ``Invalid`` for what is none."""
    plain = _OF_CHINA.sub("", re.sub(r"[\s()（）-]", "", text))
    if plain and not _TELEPHONE.match(plain):
        raise Invalid(
            "no_telephone", _("This is no telephone number."), advice=_("Enter digits, or leave it empty.")
        )
    return plain or None


def _create(
    columns: dict[str, Any],
    *,
    of_class: ClassOfCase | None,
    source: str,
    phone: str | None,
    by: Actor,
    seen_at: datetime | None,
) -> tuple[Case, str]:
    at = standing.moment()
    step = Happening(verb="report", to="to_accept", clock="", at=at)
    begun = progress.after(Progress(), step, CityTimes())
    tracking, index = numbers.new_tracking_code()
    row = Case(
        number=numbers.reserve(clock.local(at).date())[0], tracking=index, of_class=of_class, source=source,
        reporter="" if by.kind == "public" else by.id, reporter_person=actors.person_of(by) or "", reporter_phone=phone,
        reported_at=at, open_since=at, **columns, **standing.columns_of(begun),
    )  # fmt: skip
    rows.insert(row)
    first = Step(
        case=row, n=1, verb="report", from_state="new", to_state=row.state, by=by.id, name=acting.name_of(by),
        post=acting.post_of(by, "cases.report"), at=at, seen_at=seen_at, stage_due_at=row.stage_due_at,
    )  # fmt: skip
    rows.insert(first)
    return row, tracking
