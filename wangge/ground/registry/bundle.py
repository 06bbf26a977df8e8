"""What a worker's phone holds of a grid: doors, households and people, and what may be asked of them.

The phone gets what a worker needs to find the right door and the right person: whole names, sex, the year of birth, the
relation to the head of the household, and whether they live and are registered here. Telephones come masked; identity numbers,
birthdays and everything sensitive (health, benefits, who lives alone) don't come at all: a to-do brings what it needs, and
opening a person asks the server. ``ask`` names the elements that nobody's file settles and that aren't held or aren't fresh.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wangge.ground.areas.expressions import places_in
from wangge.ground.registry import doors, shown
from wangge.ground.registry.models import Dwelling, Household, Person
from wangge.ground.registry.records import BundleHousehold, BundlePerson, GridBundle
from wangge.ground.registry.sources import Said, read
from wangge.platform.access.errors import NotFound
from wangge.platform.access.masks import mask
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import of_holder

ASKED = {
    one.code: one
    for one in of_holder("person")
    if one.fresh_for and not one.authority and one.code in shown.PLAIN
}
"""What a worker may ask for at a visit when it isn't fresh."""
COLUMNS = ("uid", "version", "sources", "household__uid", *shown.CARD)


def grid_bundle(actor: Actor, grid: str) -> GridBundle:
    """All doors of a grid for its worker's phone, in five queries. Who hands it out records the delivery.

    Raises ``NotFound`` for a grid outside the actor's areas.
    """
    if not scope(actor, "field.bundle").covers(grid) or not grid:
        raise NotFound("no_such_grid", _("This grid isn't yours to look after."))
    dwellings = doors.dressed(Dwelling.objects.filter(building__in=places_in(grid)))
    keys = [row[0] for row in dwellings]
    households = (
        Household.objects.filter(dwelling__in=keys).order_by("pk").values_list("uid", "dwelling__uid")
    )
    people = _people(keys)
    known = {one.uid for one in people}
    relations = [one for ones in doors.relations_at(keys).values() for one in ones if one.person in known]
    return GridBundle(
        grid=grid, made_at=clock.now(), dwellings=doors.records_of(dwellings),
        households=[BundleHousehold(uid=str(uid), dwelling=str(door)) for uid, door in households],
        people=people, relations=relations,
    )  # fmt: skip


def _people(dwellings: list[int]) -> list[BundlePerson]:
    """Whoever lives or is registered behind these doors, or belongs to a household there."""
    keys = doors.people_of(dwellings, ("living", "registered"))
    rows = Person.objects.filter(pk__in=keys, merged_into=None).order_by("pk").values_list(*COLUMNS)
    return [_person(dict(zip(COLUMNS, row, strict=True))) for row in rows]


def _person(row: dict[str, Any]) -> BundlePerson:
    sources = row["sources"]
    return BundlePerson(
        uid=str(row["uid"]), version=row["version"], household=shown.text(row["household__uid"]), name=row["name"],
        sex=row["sex"], birth_year=shown.birth_year(row["birth_date"]), phone=mask("phone", row["phone"]),
        relation_to_head=row["relation_to_head"], lives_here=row["lives_here"], registered_here=row["registered_here"],
        ask=ask(read(sources, ASKED)), unconfirmed=shown.unconfirmed(sources),
    )  # fmt: skip


def ask(said: Said) -> list[str]:
    """What may be asked at the next visit: not held, or not fresh."""
    return [code for code, one in ASKED.items() if not shown.is_fresh(one, said)]
