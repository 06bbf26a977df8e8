"""Following a person through merges: opaque ids in, opaque ids out, nothing about the person. So no actor is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.ground.registry.models import Person
from wangge.platform.access.errors import NotFound


def current(uid: str) -> str:
    """The id of the person who stands for this id today, after all merges. Raises ``NotFound``."""
    return currents([uid])[uid]


def currents(uids: Collection[str]) -> dict[str, str]:
    """``current`` of many at once. Raises ``NotFound`` if one is unknown."""
    keys = keys_of(uids)
    names = uids_of(keys.values())
    return {uid: names[key] for uid, key in keys.items()}


def all_ids(uid: str) -> list[str]:
    """Every id under which this person was ever known: to find looks by, for instance. Raises ``NotFound``."""
    return [
        str(one) for one in Person.objects.filter(pk__in=all_keys(key_of(uid))).values_list("uid", flat=True)
    ]


def changed_since(seq: int, limit: int) -> tuple[int, list[str]]:
    """Persons with a fact that changed after this place, in the order of change, and the place to go on from."""
    rows = Person.objects.filter(changed_seq__gt=seq, merged_into=None).order_by("changed_seq")
    found = list(rows.values_list("changed_seq", "uid")[:limit])
    return (found[-1][0] if found else seq), [str(uid) for _, uid in found]


def place_of_person(uid: str) -> str | None:
    """The id of the place where a person lives, else is registered; None where neither is known. Raises ``NotFound``."""
    place = Person.objects.filter(pk=key_of(uid)).values_list("home__building__place__uid", flat=True).first()
    return str(place) if place else None


def key_of(uid: str) -> int:
    """The key of the person who stands for this id today. Raises ``NotFound``."""
    return keys_of([uid])[uid]


def keys_of(uids: Collection[str]) -> dict[str, int]:
    """``key_of`` many at once: one query, and one more for each level of merges that is met."""
    asked = {uid: parsed(uid) for uid in uids}
    found = {
        u: (k, m)
        for u, k, m in Person.objects.filter(uid__in=asked.values()).values_list("uid", "pk", "merged_into")
    }
    if any(one not in found for one in asked.values()):
        raise no_such_person()
    keys = {uid: into or key for uid, (key, into) in ((uid, found[one]) for uid, one in asked.items())}
    gone = current_keys(key for uid, key in keys.items() if found[asked[uid]][1])
    return {uid: gone.get(key, key) for uid, key in keys.items()}


def current_keys(keys: Iterable[int]) -> dict[int, int]:
    """Key → key of who stands for that person today; one query for each level of merges."""
    today = {key: key for key in keys}
    while today:
        rows = Person.objects.filter(pk__in=set(today.values())).values_list("pk", "merged_into")
        if not (further := {key: into for key, into in rows if into is not None}):
            break
        today = {key: further.get(at, at) for key, at in today.items()}
    return today


def known(uids: Iterable[str]) -> set[str]:
    """Those of the ids that belong to somebody."""
    asked = {parsed(uid): uid for uid in uids}
    return {asked[uid] for uid in Person.objects.filter(uid__in=asked).values_list("uid", flat=True)}


def all_keys(key: int) -> set[int]:
    """The keys of a person and of all who were merged into them, at any depth."""
    found, more = {key}, {key}
    while more:
        more = set(Person.objects.filter(merged_into__in=more).values_list("pk", flat=True)) - found
        found |= more
    return found


def uids_of(keys: Iterable[int]) -> dict[int, str]:
    """Ids by key."""
    return {key: str(uid) for key, uid in Person.objects.filter(pk__in=set(keys)).values_list("pk", "uid")}


def parsed(uid: str) -> UUID:
    """The id as the database holds it; what is no id belongs to nobody."""
    try:
        return UUID(uid)
    except (ValueError, AttributeError, TypeError):
        raise no_such_person() from None


def no_such_person() -> NotFound:
    """The same answer for a person who isn't there and one whom the actor may not know of."""
    return NotFound("no_such_person", _("There is no such person in your area."))
