"""Reading the registry: lists, counts and searches are masked and lie in the actor's areas; opening a person is one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.registry import doors, identity, scoping, shown
from wangge.ground.registry.addressing import dwellings_edition as dwellings_edition
from wangge.ground.registry.addressing import every_door as every_door
from wangge.ground.registry.addressing import homeless as homeless
from wangge.ground.registry.addressing import household_of as household_of
from wangge.ground.registry.bundle import grid_bundle as grid_bundle
from wangge.ground.registry.conflicts import Sources
from wangge.ground.registry.fold import Fact, claims_of, disputes
from wangge.ground.registry.identity import all_ids as all_ids
from wangge.ground.registry.identity import changed_since as changed_since
from wangge.ground.registry.identity import current as current
from wangge.ground.registry.identity import currents as currents
from wangge.ground.registry.identity import place_of_person as place_of_person
from wangge.ground.registry.models import ELEMENT_COLUMNS, INDEX_COLUMNS, Link, Observation, Person
from wangge.ground.registry.records import (
    DisputeRecord,
    HouseholdCard,
    LinkRecord,
    MyData,
    OrganisationPage,
    OrganisationRecord,
    PartPage,
    PartRecord,
    PeoplePage,
    PersonCard,
    PersonOpened,
    PlateRecord,
    RoutedRecord,
)
from wangge.ground.registry.sources import read
from wangge.ground.registry.values import context_of
from wangge.platform.access import actors, policy, purposes
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.masks import mask
from wangge.platform.access.records import BoundPerson
from wangge.platform.audit.actor import Actor
from wangge.platform.elements.registry import element
from wangge.platform.stores.sealing import blind_indexes

MOST = 200
SEARCHED = ("id_number", "phone", "guardian_phone")


def people(actor: Actor, *, area: str = "", search: str = "", limit: int = 50, offset: int = 0) -> PeoplePage:
    """People whose home lies in the actor's areas (and in ``area``, a grid's, community's or other prefix), masked.

    ``search`` is a whole name, or a whole identity or telephone number: what a card hides can't be found out letter by letter.
    """
    found = _searched(scoping.people(actor, area), search)
    rows = found.order_by("home__building", "home__entrance", "home__floor", "home__door", "pk")
    items = shown.cards(rows.values_list(*shown.CARD_COLUMNS)[offset : offset + min(limit, MOST)])
    return PeoplePage(total=found.count(), items=items)


def count_people(actor: Actor, *, area: str = "") -> int:
    """How many people live in the actor's areas (and in ``area``)."""
    return scoping.people(actor, area).count()


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


def open_person(actor: Actor, person: str, elements: Iterable[str], *, task: str = "") -> PersonOpened:
    """One person, unmasked, for a task in hand (the newest, if none is named); the look is recorded in the same transaction.

    Elements that the task's purpose doesn't need are withheld. Raises ``Forbidden`` where no task is in hand.
    """
    asked = set(elements) or set(ELEMENT_COLUMNS)
    ids = identity.all_ids(person)
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


def routed(actor: Actor) -> list[RoutedRecord]:
    """Observations from outside that wait for somebody on duty where their subject lives now."""
    waiting = Observation.objects.filter(state="routed").order_by("received_at")[:1000]
    rows = list(waiting.values_list("uid", "subject", "element", "observed_at", "received_at"))
    today = identity.keys_of({subject for _, subject, *_ in rows})
    mine = dict(
        scoping.people(actor, permission="registry.observe")
        .filter(pk__in=today.values())
        .values_list("pk", "name")
    )
    return [
        RoutedRecord(
            uid=str(uid), person=subject, name=str(mask("name", mine[today[subject]]) or ""), element=code,
            observed_at=seen, received_at=received,
        )
        for uid, subject, code, seen, received in rows
        if today[subject] in mine
    ]  # fmt: skip


def open_disputes(actor: Actor, *, persons: Iterable[str] = (), area: str = "") -> list[DisputeRecord]:
    """What sources differ in today, for some persons or in an area. Raises ``Forbidden`` without ``registry.manage``."""
    keys = set(identity.keys_of(list(persons)).values())
    rows = scoping.people(actor, area, "registry.manage").exclude(dissents=None)
    rows = (rows.filter(pk__in=keys) if keys else rows).distinct()
    found = []
    for uid, sources in rows.values_list("uid", "sources"):
        for code, ones in sorted(read(sources).items()):
            unheld = {c.voice: None for c in claims_of(ones).values() if c.token}
            found += [
                (str(uid), code, d) for d in disputes(Fact(None, ones, unheld), element(code).authority)
            ]
    named = Sources(c for _, _, d in found for c in (d.stands, d.against))
    return [
        DisputeRecord(
            person=uid,
            element=code,
            kind=d.kind,
            held_source=named.of(d.stands),
            offered_source=named.of(d.against),
        )
        for uid, code, d in found
    ]


def links(
    actor: Actor, *, feed: str = "", batch: str = "", person: str = "", department: str = ""
) -> list[LinkRecord]:
    """Whom the rows of a feed's batch (or of any) mean today. Raises ``Forbidden`` without ``registry.manage``."""
    policy.require(actor, "registry.manage")
    rows = Link.objects.select_related("batch").order_by("batch", "row")
    if person:
        rows = rows.filter(person__in=identity.all_keys(identity.key_of(person)))
    asked = {"batch__feed": feed, "batch__batch": batch, "batch__department": department}
    found = list(rows.filter(**{name: value for name, value in asked.items() if value}))
    today = identity.current_keys({one.person_id for one in found})
    uids = identity.uids_of(today.values())
    return [
        LinkRecord(
            person=uids[today[one.person_id]], feed=one.batch.feed, department=one.batch.department,
            batch=one.batch.batch, row=one.row, observed_at=one.batch.observed_at, probability=one.probability,
            decided_by=one.decided_by,
        )
        for one in found
    ]  # fmt: skip


def organisations(
    actor: Actor, *, area: str = "", search: str = "", limit: int = 50, offset: int = 0
) -> OrganisationPage:
    """Organisations in the actor's areas, by a part of the name or by credit code."""
    found = scoping.organisations(actor, area)
    if search:
        found = found.filter(Q(name__contains=search) | Q(credit_code=search.upper()))
    rows = found.select_related("place").order_by("name", "pk")[offset : offset + min(limit, MOST)]
    items = [
        OrganisationRecord(
            uid=str(o.uid), credit_code=o.credit_code or "", name=o.name, kind=o.kind, address=o.address,
            place=str(o.place.uid) if o.place else "",
        )
        for o in rows
    ]  # fmt: skip
    return OrganisationPage(total=found.count(), items=items)


def parts(
    actor: Actor, *, area: str = "", class_code: str = "", limit: int = 200, offset: int = 0
) -> PartPage:
    """Parts in the actor's areas."""
    found = scoping.parts(actor, area)
    if class_code:
        found = found.filter(class_code=class_code)
    rows = found.select_related("place").order_by("code")[offset : offset + min(limit, MOST)]
    items = [
        PartRecord(
            uid=str(p.uid), code=p.code, class_code=p.class_code, name=p.name, lon=p.place.lon, lat=p.place.lat,
            department=p.department,
        )
        for p in rows
    ]  # fmt: skip
    return PartPage(total=found.count(), items=items)


def _searched(rows: QuerySet[Person], search: str) -> QuerySet[Person]:
    plain = search.strip()
    if not plain:
        return rows
    wanted = Q(name=plain)
    for code in SEARCHED:
        wanted |= Q(**{f"{INDEX_COLUMNS[code]}__in": blind_indexes(plain, context_of(code))})
    return rows.filter(wanted)


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
