"""Observations are stored before anything else is done with them; what can't be one is refused here."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.ground.registry.models import Observation
from wangge.ground.registry.records import ObservationIn
from wangge.ground.registry.values import sayable
from wangge.ground.registry.voices import OBSERVE
from wangge.platform.access import policy
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.access.records import BoundPerson
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import UnknownElement, element


def store(observations: Sequence[ObservationIn], by: Actor) -> tuple[list[Observation], set[str]]:
    """Store what came; returns the rows in order, and the ids of those that were there before.

    Raises ``Forbidden``, ``Invalid`` for an element or value that can't be, ``Conflict`` for an id that is another's.
    """
    _may_observe(observations, by)
    for one in observations:
        _readable(one)
    uids = [one.uid for one in observations]
    there = set(map(str, Observation.objects.filter(uid__in=uids).values_list("uid", flat=True)))
    received = clock.now()
    Observation.objects.bulk_create(
        [
            Observation(
                uid=one.uid, subject_kind=one.subject_kind, subject=one.subject, element=one.element, value=one.value,
                observed_at=one.observed_at, received_at=received, actor=by.id, task=one.task,
                base_version=one.base_version,
            )
            for one in observations
        ],
        ignore_conflicts=True,
        batch_size=60,
    )  # fmt: skip
    stored = {row.uid: row for row in Observation.objects.filter(uid__in=uids)}
    rows = [stored[UUID(one.uid)] for one in observations]
    for one, row in zip(observations, rows, strict=True):
        if (row.actor, row.subject, row.element) != (by.id, one.subject, one.element):
            raise Conflict(
                "uid_taken", _("The id %(uid)s belongs to another observation.") % {"uid": one.uid}
            )
    return rows, there


def _may_observe(observations: Sequence[ObservationIn], by: Actor) -> None:
    """The field observes; residents observe themselves."""
    if all(BoundPerson(one.subject) in by.holds for one in observations):
        return
    policy.require(by, OBSERVE)


def _readable(one: ObservationIn) -> None:
    try:
        if element(one.element).holder != one.subject_kind:
            raise Invalid(
                "other_holder", _("%(element)s is no element of a person.") % {"element": one.element}
            )
    except UnknownElement:
        raise Invalid(
            "unknown_element", _("%(element)s is no registered element.") % {"element": one.element}
        ) from None
    sayable(one.element, one.value)
    for uid in (one.uid, one.subject):
        try:
            UUID(uid)
        except ValueError:
            raise Invalid("no_id", _("%(uid)s is no id.") % {"uid": uid}) from None
    if one.observed_at.tzinfo is None:
        raise Invalid("no_time_zone", _("observed_at needs a time zone."))
