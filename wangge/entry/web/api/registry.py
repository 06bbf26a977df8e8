"""People, doors, organisations and parts over HTTP. Lists are masked; a person is opened by a POST, for it leaves a row.

Answers that show a person are never kept as idempotency receipts: those routes are idempotent by nature, or say nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema

from wangge.entry.web.answers import Done
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.registry import actions, queries
from wangge.ground.registry.records import (
    DisputeRecord,
    HouseholdCard,
    ObservationIn,
    Observed,
    OrganisationPage,
    PartPage,
    PeoplePage,
    PersonCard,
    PersonOpened,
    PlateRecord,
    Relation,
    RoutedRecord,
)

router = GuardedRouter(tags=["registry"])


class Opening(Schema):
    """What is needed of a person (nothing named: all that the task needs), and for which task in hand."""

    elements: list[str] = []
    task: str = ""


class ObservedState(Schema):
    """What became of an observation. What others hold is not told: for that the person is opened."""

    uid: str
    state: Literal["stored", "folded", "conflict", "routed", "waiting"]
    duplicate: bool
    settled_by: Literal["", "confirm", "next_visit", "supervisor"]


class Pair(Schema):
    """Two persons: the one that stands for both, and the other."""

    keep: str
    gone: str


class Differing(Schema):
    """On how many elements the merged persons differ, by who settles it."""

    elements: dict[str, str]


class Residing(Schema):
    """A relation to a dwelling from a day on (today, if none is named)."""

    dwelling: str
    relation: Relation
    from_on: date | None = None


class Leaving(Schema):
    """A relation that ends on a day (today, if none is named)."""

    relation: Relation
    on: date | None = None


@router.get("/people", permission="registry.see", response=PeoplePage)
def people(
    request: ActingRequest, area: str = "", search: str = "", limit: int = 50, offset: int = 0
) -> PeoplePage:
    """People of a grid, community or other area, masked; by whole name, identity or telephone number."""
    return queries.people(request.actor, area=area, search=search, limit=limit, offset=offset)


@router.get("/people/{uid}", permission="registry.see", response=PersonCard)
def person(request: ActingRequest, uid: str) -> PersonCard:
    """One person, masked."""
    return queries.person(request.actor, uid)


@router.post("/people/{uid}/open", permission="registry.unmask", response=PersonOpened, once="nature")
def open_person(request: ActingRequest, uid: str, body: Opening) -> PersonOpened:
    """One person, unmasked, for a task in hand. The person can see who looked, when and why."""
    return queries.open_person(request.actor, uid, body.elements, task=body.task)


@router.post("/people/{uid}/residences", permission="registry.observe", response=Done)
def reside(request: ActingRequest, uid: str, body: Residing) -> Done:
    """From a day on a person lives or is registered in a dwelling, owns or rents it."""
    actions.reside(
        person=uid, dwelling=body.dwelling, relation=body.relation, from_on=body.from_on, by=request.actor
    )
    return Done()


@router.post("/people/{uid}/departures", permission="registry.observe", response=Done)
def leave(request: ActingRequest, uid: str, body: Leaving) -> Done:
    """On a day a person's relations of a kind end: they moved away."""
    return Done(done=actions.leave(person=uid, relation=body.relation, on=body.on, by=request.actor) > 0)


@router.get("/households/{uid}", permission="registry.see", response=HouseholdCard)
def household(request: ActingRequest, uid: str) -> HouseholdCard:
    """A household with its members and its door, masked."""
    return queries.household(request.actor, household=uid)


@router.get("/dwellings/{uid}", permission="registry.see", response=HouseholdCard)
def dwelling(request: ActingRequest, uid: str) -> HouseholdCard:
    """What stands behind a door, masked."""
    return queries.household(request.actor, dwelling=uid)


@router.get("/plates/{code}", permission="registry.see", response=PlateRecord)
def plate(request: ActingRequest, code: str) -> PlateRecord:
    """What a scanned door plate stands for."""
    return queries.household_at_plate(request.actor, code)


@router.post("/observations", permission="registry.observe", response=list[ObservedState], once="nature")
def observe(request: ActingRequest, body: list[ObservationIn]) -> list[ObservedState]:
    """Take in what was seen; the same id counts once."""
    return [_state(one) for one in actions.observe(observations=body, by=request.actor)]


@router.get("/observations/routed", permission="registry.observe", response=list[RoutedRecord])
def routed(request: ActingRequest) -> list[RoutedRecord]:
    """Observations from outside that wait for somebody on duty here."""
    return queries.routed(request.actor)


@router.get("/observations/contested", permission="registry.observe", response=list[RoutedRecord])
def contested(request: ActingRequest) -> list[RoutedRecord]:
    """Observations that contradict another worker's, or an authority; looking again settles them."""
    return queries.contested(request.actor)


@router.post(
    "/observations/{uid}/adopt", permission="registry.observe", response=ObservedState, once="nature"
)
def adopt(request: ActingRequest, uid: str) -> ObservedState:
    """Take over an observation that was routed here."""
    return _state(actions.adopt(observation=uid, by=request.actor))


@router.get("/disputes", permission="registry.manage", response=list[DisputeRecord])
def disputes(request: ActingRequest, area: str, person: str = "") -> list[DisputeRecord]:
    """What sources differ in today, in an area or about a person."""
    return queries.open_disputes(request.actor, area=area, persons=[person] if person else ())


@router.post("/merges", permission="registry.manage", response=Differing)
def merge(request: ActingRequest, body: Pair) -> Differing:
    """Two persons are one."""
    found = actions.merge(keep=body.keep, gone=body.gone, by=request.actor)
    return Differing(elements={one.element: one.kind for one in found})


@router.post("/splits", permission="registry.manage", response=Done)
def split(request: ActingRequest, body: Pair) -> Done:
    """They were two after all."""
    actions.split(keep=body.keep, gone=body.gone, by=request.actor)
    return Done()


@router.get("/organisations", permission="registry.see", response=OrganisationPage)
def organisations(
    request: ActingRequest, area: str = "", search: str = "", limit: int = 50, offset: int = 0
) -> OrganisationPage:
    """Organisations of an area."""
    return queries.organisations(request.actor, area=area, search=search, limit=limit, offset=offset)


@router.get("/parts", permission="registry.see", response=PartPage)
def parts(
    request: ActingRequest, area: str = "", class_code: str = "", limit: int = 200, offset: int = 0
) -> PartPage:
    """Parts of an area."""
    return queries.parts(request.actor, area=area, class_code=class_code, limit=limit, offset=offset)


def _state(one: Observed) -> ObservedState:
    kind = one.conflict.kind if one.conflict else ""
    assert kind != "correct"
    return ObservedState(uid=one.uid, state=one.state, duplicate=one.duplicate, settled_by=kind)
