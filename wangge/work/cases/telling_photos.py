"""Which photos of a case its reporter may see: their own, and those of a public place after it was handled.

Photos have no class of their own, and nobody searches them for faces. So the class of the case decides: where it may lie inside
a home, or speak of people (a quarrel), a reporter sees what they sent and nothing else.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access import actors
from wangge.platform.access.errors import NotFound
from wangge.platform.city import settings as city
from wangge.platform.stores import photos as store
from wangge.work.cases.models import Attachment, Case
from wangge.work.cases.records import TrackPhoto

REPORTED = "to_accept"
HANDLED = ("handling", "to_forward", "to_check", "to_close")
"""States in which somebody takes a photo of what was done: the department at the site, then whoever checks it."""


def photos(reported: Case, goes_on: Case) -> list[TrackPhoto]:
    """Oldest first. ``goes_on`` is the case itself, or the one that it was merged into: what others sent there isn't told."""
    reporter = reported.reporter or actors.PUBLIC.id
    sent = [one for one in _attached(reported) if one.state == REPORTED and one.by == reporter]
    done = [one for one in _attached(goes_on) if one.state in HANDLED] if in_public(goes_on) else []
    return [TrackPhoto(photo=one.photo, taken="before", at=one.at) for one in sent] + [
        TrackPhoto(photo=one.photo, taken="after", at=one.at) for one in done
    ]


def _attached(row: Case) -> list[Attachment]:
    return sorted(row.attachments.all(), key=lambda one: (one.at, one.pk))


def in_public(row: Case) -> bool:
    """Whether the class of a case lies in public places (setting ``classes_in_public``)."""
    return row.of_class is not None and row.of_class.code.startswith(tuple(city.value("classes_in_public")))


def photo(reported: Case, goes_on: Case, wanted: str) -> bytes:
    """The JPEG. ``NotFound`` for a photo that this reporter isn't told of, whether or not there is one."""
    if wanted in {one.photo for one in photos(reported, goes_on)}:
        try:
            return store.load(wanted)
        except store.PhotoMissing:
            pass
    raise NotFound("no_such_photo", _("This case has no such photo."))
