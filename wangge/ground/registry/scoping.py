"""Which people, doors and things an actor sees: every list, count and search of the registry starts here."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from wangge.ground.areas.expressions import area_code, places_in
from wangge.ground.registry.models import Dwelling, Observation, Organisation, Part, Person
from wangge.ground.registry.voices import OBSERVE
from wangge.platform.access.scope import Scope, scope
from wangge.platform.audit.actor import Actor

M = TypeVar("M", bound=Model)
SEE = "registry.see"
MOST = 200
"""Most rows of one page."""


def people(actor: Actor, area: str = "", permission: str = SEE) -> QuerySet[Person]:
    """Persons whose home lies in the actor's areas (and in ``area``, a prefix of area codes)."""
    return _inside(Person.objects.filter(merged_into=None), scope(actor, permission), "home__building", area)


def dwellings(actor: Actor, area: str = "", permission: str = SEE) -> QuerySet[Dwelling]:
    """Dwellings in the actor's areas."""
    return _inside(Dwelling.objects.all(), scope(actor, permission), "building", area)


def organisations(actor: Actor, area: str = "") -> QuerySet[Organisation]:
    """Organisations in the actor's areas."""
    return _inside(Organisation.objects.all(), scope(actor, SEE), "place", area)


def observations(actor: Actor, state: str) -> QuerySet[Observation]:
    """Observations in this state, none that is folded, of people whose home lies where the actor may observe."""
    # "Not folded" is what the index of the few open ones is kept for: unless it is said, all that was ever seen is read.
    rows = Observation.objects.filter(state=state, person__merged_into=None).exclude(state="folded")
    return _inside(rows, scope(actor, OBSERVE), "person__home__building", "")


def parts(actor: Actor, area: str = "") -> QuerySet[Part]:
    """Parts in the actor's areas."""
    return _inside(Part.objects.all(), scope(actor, SEE), "place", area)


def window(limit: int, offset: int) -> slice:
    """The rows of one page."""
    start = max(offset, 0)
    return slice(start, start + min(max(limit, 0), MOST))


def _inside(rows: QuerySet[M], within: Scope, path: str, area: str) -> QuerySet[M]:
    """The rows inside, found by the indexes of places and proved by the scope itself."""
    if area:
        rows = rows.filter(_near(path, area))
    elif not within.whole_city:
        near = Q(pk__in=())
        for prefix in within.areas:
            near |= _near(path, prefix)
        rows = rows.filter(near)
    place = path if path == "place" else f"{path}__place"
    return within.rows(rows, area=area_code(place))


def _near(path: str, area: str) -> Q:
    """At the places of an area. Of a home its key is asked: the door may be unknown, and behind the outer join that this
    makes SQLite would begin with every person of the city.
    """
    home, building, _ = path.partition("home__building")
    if building:
        return Q(**{f"{home}home__in": Dwelling.objects.filter(building__in=places_in(area)).values("pk")})
    return Q(**{f"{path}__in": places_in(area)})
