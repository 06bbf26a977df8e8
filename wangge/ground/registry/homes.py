"""Where persons live, for rooms that bring something to a door: ids in, ids out. No actor is asked: whoever calls has a task
that leads there, and nothing that stands here is shown to anybody.
"""

from __future__ import annotations

from wangge.ground.registry import identity
from wangge.ground.registry.models import Person, Residence
from wangge.ground.registry.residences import holding
from wangge.platform.clock import clock


def household_of(uid: str) -> str | None:
    """The id of a person's household, or None. Raises ``NotFound``."""
    found = Person.objects.filter(pk=identity.key_of(uid)).values_list("household__uid", flat=True).first()
    return str(found) if found else None


def homes_of(uids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """Where many persons live, else are registered: person → (id of the place, id of the household), each None if unknown.

    Raises ``NotFound`` if one is unknown.
    """
    keys = identity.keys_of(uids)
    rows = Person.objects.filter(pk__in=keys.values())
    found = {
        key: (str(place) if place else None, str(household) if household else None)
        for key, place, household in rows.values_list("pk", "home__building__place__uid", "household__uid")
    }
    return {uid: found[key] for uid, key in keys.items()}


def related(uids: list[str]) -> set[tuple[str, str, str]]:
    """Relations of these persons to dwellings that hold today: (person as named, dwelling, relation)."""
    keys = identity.keys_of(uids)
    rows = Residence.objects.filter(holding(clock.today()), person__in=keys.values())
    held: dict[int, list[tuple[str, str]]] = {}
    for key, dwelling, relation in rows.values_list("person", "dwelling__uid", "relation"):
        held.setdefault(key, []).append((str(dwelling), relation))
    return {(uid, *one) for uid, key in keys.items() for one in held.get(key, ())}


def homeless(uids: list[str]) -> set[str]:
    """Those of these persons whose dwelling nobody knows, living or registered."""
    keys = identity.keys_of(uids)
    without = set(Person.objects.filter(pk__in=keys.values(), home=None).values_list("pk", flat=True))
    return {uid for uid, key in keys.items() if key in without}
