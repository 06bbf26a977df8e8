"""Photos of a case: kept in ``stores`` first, named here then, and only where somebody asked for them or offered them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wangge.platform.access.errors import Invalid
from wangge.platform.audit.actor import Actor
from wangge.platform.stores import photos as store
from wangge.work.cases.models import Attachment, Case
from wangge.work.cases.standing import moment

MOST_PHOTOS = 5


def attach(row: Case, photos: Sequence[str], *, asked_only: bool, by: Actor) -> None:
    """Name photos that were kept before; these rows are their commit. A photo that is named twice counts once.

    Photos are taken only where a filing rule asks for one: a resident may offer some, a worker isn't made to take any.
    Raises ``Invalid``.
    """
    photos = list(dict.fromkeys(photos))
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
    at = moment()
    Attachment.objects.bulk_create(
        [Attachment(case=row, photo=one, state=row.state, by=by.id, at=at) for one in photos]
    )


def _is_kept(photo: str) -> bool:
    try:
        store.load(photo)
    except store.PhotoMissing:
        return False
    return True
