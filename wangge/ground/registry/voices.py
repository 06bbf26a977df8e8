"""With which voice somebody speaks of a person: under a task in hand, at a door of their own grid, or of themselves."""

from __future__ import annotations

from wangge.ground.areas import queries as areas
from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import identity
from wangge.ground.registry.models import Person
from wangge.ground.registry.statements import DOOR, SELF, TASK
from wangge.platform.access import policy, purposes
from wangge.platform.access.records import BoundPerson
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor

OBSERVE = "registry.observe"


def voice_of(by: Actor, uid: str, task: str) -> str | None:
    """With which voice this observer speaks of this person; None where it isn't theirs to say."""
    ids = identity.all_ids(uid)
    if any(BoundPerson(one) in by.holds for one in ids):
        return SELF
    if not policy.allows(by, OBSERVE):
        return None
    if task and any(
        purposes.in_hand(by, one, task=task, permission=OBSERVE, stands_at=areas.area_of_place) for one in ids
    ):
        return TASK
    return DOOR if in_areas(by, identity.key_of(uid)) else None


def in_areas(by: Actor, person: int) -> bool:
    """Whether a person's home lies where this actor may observe."""
    area = Person.objects.filter(pk=person).values_list(area_code("home__building__place"), flat=True).first()
    return scope(by, OBSERVE).covers(area or "")
