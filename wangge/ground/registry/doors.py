"""What stands behind a door: the household, whoever lives or is registered there, and what a door plate opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import identity, scoping, shown
from wangge.ground.registry.models import Dwelling, Household, Person, Residence
from wangge.ground.registry.records import DwellingRecord, HouseholdCard, PlateRecord, ResidenceRecord
from wangge.ground.registry.residences import holding
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

DWELLING_COLUMNS = (
    "pk", "uid", "plate", "building__place__uid", "building__address", "building__compound", "entrance", "floor", "door",
    "standing_in",
)  # fmt: skip
RELATIONS = ("registered", "living", "owner", "tenant")
RELATION_COLUMNS = ("person__uid", "dwelling__uid", "relation", "from_on", "to_on", "source")


def household(actor: Actor, *, household: str, dwelling: str) -> HouseholdCard:
    """One household, by its id or its dwelling's. Raises ``NotFound`` where it lies outside the actor's areas."""
    if household:
        found = (
            Household.objects.filter(uid=identity.parsed(household))
            .values_list("dwelling", flat=True)
            .first()
        )
        doors = scoping.dwellings(actor).filter(pk=found) if found else Dwelling.objects.none()
    else:
        doors = scoping.dwellings(actor).filter(uid=identity.parsed(dwelling))
    cards = behind(doors)
    own = [card for card in cards if not household or card.uid == household]
    if not own:
        raise NotFound("no_such_household", _("There is no such household in your area."))
    return own[0]


def at_plate(actor: Actor, code: str) -> PlateRecord:
    """What a door plate stands for: one door, or all doors of the building that it hangs on."""
    doors = scoping.dwellings(actor).filter(plate=code)
    cards = behind(doors)
    if cards:
        return PlateRecord(code=code, kind="dwelling", households=cards)
    building = areas.building_by_plate(code)
    if building is not None:
        cards = behind(scoping.dwellings(actor).filter(building__place__uid=building.place))
    if not cards:
        raise NotFound("no_such_plate", _("No door in your area has this plate."))
    return PlateRecord(code=code, kind="building", households=cards)


def behind(doors: QuerySet[Dwelling]) -> list[HouseholdCard]:
    """Cards of what stands behind doors: one a household, and one a dwelling without any. Five queries, however many doors."""
    dwellings = {row[0]: row for row in dressed(doors)}
    households = Household.objects.filter(dwelling__in=dwellings).order_by("pk")
    of_door: dict[int, list[str | None]] = defaultdict(list)
    for uid, door in households.values_list("uid", "dwelling"):
        of_door[door].append(str(uid))
    relations, people = relations_at(dwellings), _people_at(dwellings)
    return [
        _card(uid, DwellingRecord(**_named(row)), relations[key], people[key], of_door[key])
        for key, row in dwellings.items()
        for uid in of_door[key] or [None]
    ]


def dressed(doors: QuerySet[Dwelling]) -> list[tuple[Any, ...]]:
    """Rows of ``DWELLING_COLUMNS`` in the order of a walk through the house."""
    rows = doors.annotate(standing_in=area_code("building__place"))
    return list(rows.order_by("building", "entrance", "floor", "door").values_list(*DWELLING_COLUMNS))


def records_of(rows: list[tuple[Any, ...]]) -> list[DwellingRecord]:
    """Records of such rows."""
    return [DwellingRecord(**_named(row)) for row in rows]


def relations_at(dwellings: Collection[int]) -> dict[int, list[ResidenceRecord]]:
    """Today's relations to each of these dwellings."""
    rows = Residence.objects.filter(holding(clock.today()), dwelling__in=dwellings, person__merged_into=None)
    found: dict[int, list[ResidenceRecord]] = defaultdict(list)
    for door, person, dwelling, *rest in rows.order_by("relation", "pk").values_list(
        "dwelling", *RELATION_COLUMNS
    ):
        values = dict(zip(RELATION_COLUMNS[2:], rest, strict=True))
        found[door].append(ResidenceRecord(person=str(person), dwelling=str(dwelling), **values))
    return found


def people_of(dwellings: Collection[int], relations: Collection[str] = RELATIONS) -> list[int]:
    """Keys of whoever has one of these relations to the dwellings today, or belongs to a household there.

    A union, not one filter with ORs over three tables: those no index answers.
    """
    related = Residence.objects.filter(holding(clock.today()), dwelling__in=dwellings, relation__in=relations)
    members = Person.objects.filter(household__dwelling__in=dwellings)
    return [key for (key,) in related.values_list("person").union(members.values_list("pk"))]


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    _, uid, plate, place, address, compound, entrance, floor, door, area = row
    return {
        "uid": str(uid), "plate": plate or "", "place": str(place), "address": address, "compound": compound,
        "entrance": entrance, "floor": floor, "door": door, "area": area or "",
    }  # fmt: skip


def _people_at(dwellings: Collection[int]) -> dict[int, dict[str, Any]]:
    """Masked cards of whoever has a relation to the dwelling today or belongs to a household there: dwelling → id → card."""
    rows = Person.objects.filter(pk__in=people_of(dwellings), merged_into=None).order_by("birth_date", "pk")
    related: dict[int, set[int]] = defaultdict(set)
    pairs = Residence.objects.filter(holding(clock.today()), dwelling__in=dwellings)
    for door, person in pairs.values_list("dwelling", "person"):
        related[person].add(door)
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    columns = (*shown.CARD_COLUMNS, "household__dwelling")
    for *values, door in rows.values_list(*columns):
        card = shown.cards([values])[0]
        for at in related[values[0]] | ({door} if door in dwellings else set()):
            found[at][card.uid] = card
    return found


def _card(
    uid: str | None,
    dwelling: DwellingRecord,
    relations: list[ResidenceRecord],
    people: dict[str, Any],
    households: list[str | None],
) -> HouseholdCard:
    """A household's members; whoever belongs to no household behind this door is shown with the first."""
    first = not households or uid == households[0]
    members = [
        card
        for card in people.values()
        if card.household == uid or (first and card.household not in households)
    ]
    kinds: dict[str, set[str]] = defaultdict(set)
    for one in relations:
        kinds[one.person].add(one.relation)
    own = {card.uid for card in members}
    return HouseholdCard(
        uid=uid, dwelling=dwelling, people=members,
        presence={card.uid: _presence(kinds[card.uid]) for card in members},
        relations=[one for one in relations if one.person in own],
    )  # fmt: skip


def _presence(kinds: set[str]) -> str:
    if "living" in kinds:
        return "here" if "registered" in kinds else "moved_in"
    return "moved_out" if "registered" in kinds else "elsewhere"
