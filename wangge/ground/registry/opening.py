"""Opening one person: unmasked for a task in hand, or one's own data. Every look leaves its row in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.registry import identity, shown
from wangge.ground.registry.models import ELEMENT_COLUMNS
from wangge.ground.registry.records import MyData, PersonOpened
from wangge.platform.access import actors, policy, purposes
from wangge.platform.access.errors import Forbidden, NotFound
from wangge.platform.access.records import BoundPerson
from wangge.platform.audit.actor import Actor
from wangge.platform.elements.registry import element


def open_person(actor: Actor, person: str, elements: Iterable[str], *, task: str = "") -> PersonOpened:
    """One person, unmasked, for a task in hand (the newest, if none is named); the look is recorded in the same transaction.

    Elements that the task's purpose doesn't need are withheld. Raises ``Forbidden`` where no task is in hand, and alike for an
    id that is nobody's: whoever tries ids must not learn which of them belong to somebody.
    """
    asked = set(elements) or set(ELEMENT_COLUMNS)
    ids = _known_ids(person)
    with transaction.atomic():
        subject, held, purpose = _in_hand(actor, ids, task)
        given = {
            code
            for code in asked & set(ELEMENT_COLUMNS)
            if purpose is None or code in shown.openable(purpose)
        }
        purposes.open_person(actor, subject, given, task=held, stands_at=areas.area_of_place)
        version, facts = shown.facts_of(actor, identity.key_of(person), given)
    return PersonOpened(
        uid=identity.current(person), version=version, task=held, facts=facts, withheld=sorted(asked - given)
    )


def my_data(actor: Actor) -> list[MyData]:
    """What is held about the resident whom this account is bound to, with source and date; that look is recorded too."""
    policy.require(actor, "residents.me")
    bound = actors.person_of(actor)
    if bound is None:
        raise Forbidden("not_bound", _("This account isn't bound to a person."))
    codes = {code for code in ELEMENT_COLUMNS if element(code).resident_sees}
    with transaction.atomic():
        purposes.open_person(actor, bound, codes)
        return shown.facts_of(actor, identity.key_of(bound), codes)[1]


def _known_ids(person: str) -> list[str]:
    try:
        return identity.all_ids(person)
    except NotFound:
        return []


def _in_hand(actor: Actor, ids: list[str], task: str) -> tuple[str, str, str | None]:
    """Under which id the actor has a task for this person, the task, and its purpose (None: it is the actor's own data)."""
    for one in ids:
        if BoundPerson(one) in actor.holds:
            return one, "", None
    policy.require(actor, "registry.unmask")
    for one in ids:
        held = purposes.in_hand(actor, one, task=task, stands_at=areas.area_of_place)
        if held is not None:
            return one, held.task, held.purpose
    raise Forbidden(
        "no_task_in_hand",
        _("You have no task that needs this person's data."),
        advice=_("Open the person from the to-do or case that concerns them."),
    )
