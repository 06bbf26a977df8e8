"""Dated relations of persons to dwellings: written once each, and whom a change of them touches (see ``deriving``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.ground.registry import identity, writing
from wangge.ground.registry.models import Dwelling, Residence
from wangge.ground.registry.records import ResidenceIn
from wangge.platform.access.errors import NotFound


def holding(on: date) -> Q:
    """The relations that hold on a day."""
    return (Q(from_on=None) | Q(from_on__lte=on)) & (Q(to_on=None) | Q(to_on__gt=on))


def put(rows: Sequence[ResidenceIn]) -> set[int]:
    """Write relations, once each; returns the keys of the persons for whom something may follow. Derives nothing yet."""
    people = identity.keys_of({row.person for row in rows})
    dwellings = dwelling_keys({row.dwelling for row in rows})
    known = Residence.objects.filter(person__in=people.values())
    there = {
        (person, dwelling, relation, from_on): (key, to_on)
        for key, person, dwelling, relation, from_on, to_on in known.values_list(
            "pk", "person", "dwelling", "relation", "from_on", "to_on"
        )
    }
    fresh: dict[tuple[Any, ...], list[Any]] = {}
    ended: list[tuple[int, dict[str, Any]]] = []
    for row in rows:
        one = (people[row.person], dwellings[row.dwelling], row.relation, row.from_on)
        if one not in there:
            fresh[one] = [*one, row.to_on, row.source]
        elif there[one][1] != row.to_on:
            ended.append((there[one][0], {"to_on": row.to_on, "source": row.source}))
    writing.insert(
        Residence, ["person", "dwelling", "relation", "from_on", "to_on", "source"], fresh.values()
    )
    writing.update(Residence, ended)
    return with_neighbours(people.values())


def end(person: int, relation: str, on: date, *, elsewhere_than: int | None = None) -> int:
    """End what holds on a day (of ``elsewhere_than`` only behind other doors); what began only that day never held."""
    rows = Residence.objects.filter(holding(on), person=person, relation=relation)
    return rows.exclude(dwelling=elsewhere_than).update(to_on=on)


def holds(person: int, dwelling: int, relation: str, on: date) -> bool:
    """Whether this relation holds on a day."""
    return Residence.objects.filter(holding(on), person=person, dwelling=dwelling, relation=relation).exists()


def with_neighbours(keys: Iterable[int]) -> set[int]:
    """These persons, and all who ever lived behind the same doors: whether these live alone depends on those."""
    own = set(keys)
    doors = Residence.objects.filter(person__in=own, relation="living").values("dwelling")
    beside = Residence.objects.filter(dwelling__in=doors, relation="living", person__merged_into=None)
    return own | set(beside.values_list("person_id", flat=True))


def touched_between(after: date, upto: date) -> set[int]:
    """Persons with a relation that began or ended after one day and up to another, and their neighbours."""
    began_or_ended = Q(from_on__gt=after, from_on__lte=upto) | Q(to_on__gt=after, to_on__lte=upto)
    return with_neighbours(Residence.objects.filter(began_or_ended).values_list("person_id", flat=True))


def dwelling_keys(uids: Collection[str]) -> dict[str, int]:
    """Keys of dwellings by id. Raises ``NotFound`` if one is unknown."""
    asked = {identity.parsed(uid): uid for uid in uids}
    found = {asked[uid]: key for uid, key in Dwelling.objects.filter(uid__in=asked).values_list("uid", "pk")}
    if len(found) < len(asked):
        raise NotFound("no_such_dwelling", _("There is no such dwelling."))
    return found
