"""Somebody whom the registry may not know is behind a door: a child that was born, a person from outside (家里有变化).

Nobody is made twice and nothing is overwritten. Whoever has the identity number is that person; without a number, whoever has
the same name and birthday behind this very door. If the number is held for another name, nobody moves: the name that was told is
kept as an observation, which contradicts, and lies with whoever is on duty where the held person lives, and with their lead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.cores.linkage.identifiers import normalise_id
from wangge.ground.registry import deriving, doors, identity, residences, scoping, writing
from wangge.ground.registry.models import INDEX_COLUMNS, Dwelling, Household, Person
from wangge.ground.registry.records import Arriving, ObservationIn, Relation, ResidenceIn
from wangge.ground.registry.values import context_of, of_text, sayable
from wangge.ground.registry.voices import OBSERVE
from wangge.platform.access.errors import Invalid, NotFound
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid
from wangge.platform.elements.registry import elements
from wangge.platform.stores.sealing import blind_indexes

ASKED: dict[Arriving, tuple[str, ...]] = {
    "born": ("name", "sex", "birth_date", "id_number"),
    "moved_in": ("name", "sex", "birth_date", "id_kind", "id_number", "phone"),
    "let": ("name", "sex", "birth_date", "id_kind", "id_number", "phone"),
}
"""What may be asked of somebody who isn't in the registry yet: who they are, and how to reach them. Nothing else."""
NEEDED = ("name", "birth_date")
RELATIONS: dict[Arriving, tuple[Relation, ...]] = {
    "born": ("living",), "moved_in": ("living",), "let": ("living", "tenant"),
}  # fmt: skip


class Arrival(NamedTuple):
    """Whom it is: the person, whether they were known before, and whether the number was another name's."""

    person: str
    known: bool
    contradicts: bool


def asked_of_somebody_new(actor: Actor) -> list[str]:
    """The elements that may be asked of somebody who isn't in the registry yet: no secret."""
    return sorted({code for asked in ASKED.values() for code in asked})


def welcome(dwelling: str, how: Arriving, values: Mapping[str, str | None], on: date, by: Actor) -> Arrival:
    """Find or make the person, and let them live behind the door from a day on; inside a transaction.

    Raises ``NotFound`` for a door outside the actor's areas, ``Invalid`` for what isn't asked, is missing or can't be.
    """
    door = scoping.dwellings(by, permission=OBSERVE).filter(uid=identity.parsed(dwelling)).first()
    if door is None:
        raise NotFound("no_such_dwelling", _("There is no such dwelling."))
    said = _checked(how, values)
    if on > clock.today():
        raise Invalid("not_yet", _("Somebody can't have moved in on a day to come."))
    known = _by_number(said.get("id_number", "")) or _behind(door, said)
    if known is not None and _another(known, said):
        return Arrival(str(known.uid), known=True, contradicts=True)
    key = known.pk if known else _made(_household(door, how))
    uid = str(known.uid) if known else identity.uids_of([key])[key]
    affected = residences.with_neighbours([key]) if known else set[int]()
    if known:
        residences.end(key, "living", on, elsewhere_than=door.pk)
    affected |= residences.put([ResidenceIn(uid, dwelling, one, on, None, "") for one in RELATIONS[how] if not residences.holds(key, door.pk, one, on)])  # fmt: skip
    deriving.derive(affected)
    return Arrival(uid, known=known is not None, contradicts=False)


def seen(
    uid: str, arrival: Arrival, values: Mapping[str, str | None], observed_at: datetime
) -> list[ObservationIn]:
    """What was told, as observations of that person; where it contradicts, the name alone. ``uid``: of what a phone sent."""
    told = {
        code: value for code, value in values.items() if value and (code == "name" or not arrival.contradicts)
    }
    return [
        ObservationIn(uid=str(uuid5(UUID(uid), code)), subject=arrival.person, element=code, value=value, observed_at=observed_at)
        for code, value in sorted(told.items())
    ]  # fmt: skip


def _checked(how: Arriving, values: Mapping[str, str | None]) -> dict[str, str]:
    said = {code: value.strip() for code, value in values.items() if value and value.strip()}
    unasked = sorted(set(said) - set(ASKED[how]))
    if unasked:
        raise Invalid(
            "not_asked", _("%(elements)s isn't asked of somebody new.") % {"elements": _named(unasked)}
        )
    missing = [code for code in NEEDED if code not in said]
    if missing:
        raise Invalid(
            "incomplete", _("Missing: %(elements)s.") % {"elements": _named(missing)},
            advice=_("Ask for it and send it again."),
        )  # fmt: skip
    for code, value in said.items():
        sayable(code, value)
    if date.fromisoformat(said["birth_date"]) > clock.today():
        raise Invalid("not_born", _("The date of birth lies in the future."))
    _fits(said)
    return said


def _named(codes: Collection[str]) -> str:
    known = elements()
    return ", ".join(known[c].label(get_language() or "zh") if c in known else c[:40] for c in codes)


def _fits(said: Mapping[str, str]) -> None:
    """A citizen's number proves itself, and says the birthday: a slip at the door is found before it becomes somebody."""
    number, kind = said.get("id_number"), said.get("id_kind", "resident_id")
    if number is None or kind != "resident_id":
        return
    found = normalise_id(number, "resident_id")
    if not found.valid:
        raise Invalid(
            "not_a_value",
            _("The identity number isn't right: a digit is wrong or missing."),
            advice=_("Compare it with the document and send it again."),
        )
    if found.birth_date and found.birth_date != said["birth_date"]:
        raise Invalid("other_birthday", _("The identity number says another date of birth."))


def _by_number(number: str) -> Person | None:
    if not number:
        return None
    indexes = blind_indexes(number, context_of("id_number"))
    rows = Person.objects.filter(**{f"{INDEX_COLUMNS['id_number']}__in": indexes}, merged_into=None)
    return rows.order_by("pk").first()


def _behind(door: Dwelling, said: Mapping[str, str]) -> Person | None:
    """Whoever is behind this door already with the name and the birthday: two workers at one door tell of one person."""
    rows = Person.objects.filter(
        pk__in=doors.people_of([door.pk]), merged_into=None, name=of_text("name", said["name"]),
        birth_date=date.fromisoformat(said["birth_date"]),
    )  # fmt: skip
    found = rows.order_by("pk").first()
    return None if found is None or (said.get("id_number") and found.id_number) else found  # type: ignore[attr-defined]


def _another(known: Person, said: Mapping[str, str]) -> bool:
    held: str | None = known.name  # type: ignore[attr-defined]
    return held is not None and held != of_text("name", said["name"])


def _made(household: Household | None) -> int:
    uid = new_uid()
    writing.insert(
        Person, ["uid", "sources", "version", "changed_seq", "household"],
        [[uid, "[]", 0, 0, household.pk if household else None]],
    )  # fmt: skip
    return identity.keys_of([str(uid)])[str(uid)]


def _household(door: Dwelling, how: Arriving) -> Household | None:
    """Whom they belong to: a child to the only household there; a tenant keeps their own; an empty door gets its first."""
    there = list(Household.objects.filter(dwelling=door).order_by("pk")[:2])
    if how == "let" or not there:
        return Household.objects.create(dwelling=door)
    return there[0] if len(there) == 1 else None
