"""What the address book is made of: every dwelling behind its door. Says nothing about who lives there."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max

from wangge.ground.registry import identity
from wangge.ground.registry.models import Dwelling, Person


def every_door() -> Iterator[tuple[str, int, str, str]]:
    """Every dwelling: its id, its building's key, entrance and door, streamed."""
    rows = Dwelling.objects.order_by("building", "pk").values_list("uid", "building", "entrance", "door")
    for uid, building, entrance, door in rows.iterator(chunk_size=2000):
        yield str(uid), building, entrance, door


def dwellings_edition() -> tuple[int, int]:
    """Changes when a dwelling is added: what was made of all of them is then made anew."""
    found = Dwelling.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"] or 0


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


def homeless(uids: list[str]) -> set[str]:
    """Those of these persons whose dwelling nobody knows, living or registered."""
    keys = identity.keys_of(uids)
    without = set(Person.objects.filter(pk__in=keys.values(), home=None).values_list("pk", flat=True))
    return {uid for uid, key in keys.items() if key in without}
