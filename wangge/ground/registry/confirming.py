"""A worker read the masked value to a person, and it is right: the value that is held is observed anew, without being shown."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from wangge.ground.registry import identity, shown
from wangge.ground.registry.models import Person
from wangge.ground.registry.records import ObservationIn
from wangge.ground.registry.values import to_text
from wangge.platform.access.errors import Conflict, Invalid


def as_held(
    *, uid: str, person: str, element: str, base_version: int, observed_at: datetime, task: str
) -> ObservationIn:
    """The observation that says what is held of an element. ``base_version`` is the version of the person that was on the phone.

    Raises ``Invalid`` for an element that is sensitive, unknown or not held, ``Conflict`` where the person changed since: what was
    confirmed isn't what is held any more.
    """
    if element not in shown.PLAIN:
        raise Invalid("not_confirmable", _("%(element)s can't be confirmed unseen.") % {"element": element})
    key = identity.key_of(person)
    version, value = Person.objects.values_list("version", element).get(pk=key)
    if version != base_version:
        raise Conflict(
            "changed_meanwhile",
            _("What is held about this person has changed since it came to your phone."),
            advice=_("Update the phone, look at it again and confirm then."),
        )
    if value is None:
        raise Invalid("nothing_held", _("Nothing is held that could be confirmed."))
    return ObservationIn(
        uid=uid, subject=identity.current(person), element=element, value=to_text(value), observed_at=observed_at,
        base_version=base_version, task=task,
    )  # fmt: skip
