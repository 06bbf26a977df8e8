"""Loading dwellings, households, relations and kinships in bulk: chunk by chunk, each its own transaction.

What is there is renewed, never doubled, so a load that broke off can simply be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from wangge.ground.registry import deriving, identity, residences, writing
from wangge.ground.registry.chunks import chunks, recorded
from wangge.ground.registry.models import Dwelling, Household, Kin, Person
from wangge.ground.registry.records import DwellingIn, HouseholdIn, KinIn, ResidenceIn
from wangge.platform.access import policy
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import new_uid

RELATIONS = 250
"""Relations a transaction: whoever lives behind the same doors is derived anew with them."""
MANAGE = "registry.manage"


def load_dwellings(*, rows: Iterable[DwellingIn], by: Actor) -> list[str]:
    """Add or renew dwellings, known by building, entrance and door; returns their ids in the order of the rows."""
    policy.require(by, MANAGE)
    uids: list[str] = []
    for some in chunks(rows):
        with transaction.atomic():
            uids += _dwellings(some)
            recorded(by, "dwelling", len(some))
    return uids


def load_households(*, rows: Iterable[HouseholdIn], by: Actor) -> list[str]:
    """Add or renew households with their members; returns their ids in the order of the rows."""
    policy.require(by, MANAGE)
    uids: list[str] = []
    for some in chunks(rows):
        with transaction.atomic():
            uids += _households(some)
            recorded(by, "household", len(some))
    return uids


def load_residences(*, rows: Iterable[ResidenceIn], by: Actor) -> int:
    """Add or renew dated relations and derive what follows from them; returns how many rows came."""
    policy.require(by, MANAGE)
    count = 0
    for some in chunks(rows, RELATIONS):
        with transaction.atomic():
            deriving.derive(residences.put(some))
            recorded(by, "residence", len(some))
        count += len(some)
    return count


def load_kin(*, rows: Iterable[KinIn], by: Actor) -> int:
    """Add kinships; returns how many rows came."""
    policy.require(by, MANAGE)
    count = 0
    for some in chunks(rows):
        with transaction.atomic():
            keys = identity.keys_of({uid for row in some for uid in (row.person, row.other)})
            ties = [Kin(person_id=keys[r.person], other_id=keys[r.other], kinship=r.kinship) for r in some]
            Kin.objects.bulk_create(ties, ignore_conflicts=True, batch_size=200)
            recorded(by, "kin", len(some))
        count += len(some)
    return count


def _dwellings(rows: list[DwellingIn]) -> list[str]:
    doors = [(row.building, row.entrance, row.door) for row in rows]
    there = _by_door(doors)
    names = ["uid", "building", "entrance", "floor", "door", "area", "plate"]
    fresh = {door: row for door, row in zip(doors, rows, strict=True) if door not in there}
    writing.insert(
        Dwelling,
        names,
        (
            [new_uid(), r.building, r.entrance, r.floor, r.door, r.area, r.plate or None]
            for r in fresh.values()
        ),
    )
    renewed = [
        (there[door][0], {"floor": row.floor, "area": row.area, "plate": row.plate or None})
        for door, row in zip(doors, rows, strict=True)
        if door in there
    ]
    writing.update(Dwelling, renewed)
    there = _by_door(doors)
    return [there[door][1] for door in doors]


def _by_door(doors: list[tuple[int, str, str]]) -> dict[tuple[int, str, str], tuple[int, str]]:
    rows = Dwelling.objects.filter(building__in={building for building, *_ in doors})
    found = rows.values_list("building_id", "entrance", "door", "pk", "uid")
    return {(building, entrance, door): (key, str(uid)) for building, entrance, door, key, uid in found}


def _households(rows: list[HouseholdIn]) -> list[str]:
    doors = residences.dwelling_keys({row.dwelling for row in rows if row.dwelling})
    numbers = [row.number for row in rows if row.number]
    by_number = dict(Household.objects.filter(number__in=numbers).values_list("number", "uid"))
    uids = [by_number.get(row.number) or (identity.parsed(row.uid) if row.uid else new_uid()) for row in rows]
    there = dict(Household.objects.filter(uid__in=uids).values_list("uid", "pk"))
    fresh = {uid: row for uid, row in zip(uids, rows, strict=True) if uid not in there}
    door_of = {
        uid: doors[row.dwelling] if row.dwelling else None for uid, row in zip(uids, rows, strict=True)
    }
    writing.insert(
        Household,
        ["uid", "number", "dwelling"],
        ([uid, row.number or None, door_of[uid]] for uid, row in fresh.items()),
    )
    writing.update(Household, [(there[uid], {"dwelling": door_of[uid]}) for uid in there])
    keys = dict(Household.objects.filter(uid__in=uids).values_list("uid", "pk"))
    members = identity.keys_of({person for row in rows for person in row.members})
    writing.update(
        Person,
        [
            (members[person], {"household": keys[uid]})
            for uid, row in zip(uids, rows, strict=True)
            for person in row.members
        ],
    )
    return [str(uid) for uid in uids]
