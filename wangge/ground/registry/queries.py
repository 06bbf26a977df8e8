"""Reading the registry: lists, counts and searches are masked and lie in the actor's areas; opening a person is one query."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from wangge.ground.registry import doors, identity, scoping, shown
from wangge.ground.registry.addressing import dwellings_edition as dwellings_edition
from wangge.ground.registry.addressing import every_door as every_door
from wangge.ground.registry.arriving import asked_of_somebody_new as asked_of_somebody_new
from wangge.ground.registry.bundle import grid_bundle as grid_bundle
from wangge.ground.registry.foreseeing import Foreseen as Foreseen
from wangge.ground.registry.foreseeing import foresee as foresee
from wangge.ground.registry.homes import homeless as homeless
from wangge.ground.registry.homes import homes_of as homes_of
from wangge.ground.registry.homes import household_of as household_of
from wangge.ground.registry.homes import related as related
from wangge.ground.registry.identity import all_ids as all_ids
from wangge.ground.registry.identity import changed_since as changed_since
from wangge.ground.registry.identity import current as current
from wangge.ground.registry.identity import currents as currents
from wangge.ground.registry.identity import place_of_person as place_of_person
from wangge.ground.registry.models import INDEX_COLUMNS, Person
from wangge.ground.registry.opening import my_data as my_data
from wangge.ground.registry.opening import open_person as open_person
from wangge.ground.registry.provenance import contested as contested
from wangge.ground.registry.provenance import links as links
from wangge.ground.registry.provenance import meant as meant
from wangge.ground.registry.provenance import open_disputes as open_disputes
from wangge.ground.registry.provenance import routed as routed
from wangge.ground.registry.records import HouseholdCard, PeoplePage, PersonCard, PlateRecord
from wangge.ground.registry.things import organisations as organisations
from wangge.ground.registry.things import parts as parts
from wangge.ground.registry.values import context_of
from wangge.platform.audit.actor import Actor
from wangge.platform.stores.sealing import blind_indexes

SEARCHED = ("id_number", "phone", "guardian_phone")


def people(actor: Actor, *, area: str = "", search: str = "", limit: int = 50, offset: int = 0) -> PeoplePage:
    """People whose home lies in the actor's areas (and in ``area``, a grid's, community's or other prefix), masked.

    ``search`` is a whole name, or a whole identity or telephone number: what a card hides can't be found out letter by letter.
    """
    found = _searched(scoping.people(actor, area), search)
    rows = found.order_by("home__building", "home__entrance", "home__floor", "home__door", "pk")
    items = shown.cards(rows.values_list(*shown.CARD_COLUMNS)[scoping.window(limit, offset)])
    return PeoplePage(total=found.count(), items=items)


def person(actor: Actor, uid: str) -> PersonCard:
    """One person's masked card. Raises ``NotFound`` outside the actor's areas."""
    row = scoping.people(actor).filter(pk=identity.key_of(uid)).values_list(*shown.CARD_COLUMNS).first()
    if row is None:
        raise identity.no_such_person()
    return shown.cards([row])[0]


def household(actor: Actor, *, household: str = "", dwelling: str = "") -> HouseholdCard:
    """A household, by its id or its dwelling's: members and relations to the door, masked. Raises ``NotFound``."""
    return doors.household(actor, household=household, dwelling=dwelling)


def household_at_plate(actor: Actor, code: str) -> PlateRecord:
    """What a scanned door plate stands for. Raises ``NotFound`` for an unknown plate, or one outside the actor's areas."""
    return doors.at_plate(actor, code)


def _searched(rows: QuerySet[Person], search: str) -> QuerySet[Person]:
    plain = search.strip()
    if not plain:
        return rows
    wanted = Q(name=plain)
    for code in SEARCHED:
        wanted |= Q(**{f"{INDEX_COLUMNS[code]}__in": blind_indexes(plain, context_of(code))})
    return rows.filter(wanted)
