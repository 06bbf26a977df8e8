"""The demo's town: the register as the grid's workers have gathered it, in Parquet, one row group a community.

It is not the truth: workers miss people, don't know of every death, and have not asked everyone for a telephone.
What is true stands elsewhere (`truth`), and nothing of the product opens that.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from wangge.entry.demo.town.divisions import CITY, CITY_CODE, District
from wangge.entry.demo.town.geometry import line_wkb
from wangge.entry.demo.town.ground import line_of
from wangge.entry.demo.town.layout import Layout
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.people import Person, Relation
from wangge.entry.demo.town.register_rows import (
    building_rows,
    community_row,
    compound_rows,
    dwelling_rows,
    entrance_rows,
    household_rows,
    households_by_dwelling,
    organisation_rows,
    part_rows,
    road_row,
)
from wangge.entry.demo.town.roads import Road
from wangge.entry.demo.town.seeds import stream
from wangge.entry.demo.town.tables import Tables

KNOWN_RESIDENT, KNOWN_NEWCOMER, KNOWN_ABSENT = 0.97, 0.6, 0.8
"""The share of residents, of those who came in the days of the script, and of those registered here and away."""
KNOWN_ID, KNOWN_PHONE, KNOWN_DEATH, KNOWN_DEPARTURE = 0.93, 0.82, 0.45, 0.7


class Register:
    """Writes the register's tables as communities come; `first` is the script's first day."""

    def __init__(self, folder: Path, seed: int, first: date, today: date) -> None:
        self._tables = Tables(folder)
        self._seed, self._first, self._today = seed, first, today
        self._tables.write("divisions", [_division(CITY_CODE, CITY, "city", "")])

    def close(self) -> None:
        """End the files."""
        self._tables.close()

    @property
    def rows(self) -> dict[str, int]:
        """Rows written, by table."""
        return self._tables.rows

    def district(self, district: District, layout: Layout) -> None:
        """The district's own divisions and roads."""
        rows = [_division(district.code, district.name, "district", CITY_CODE)]
        rows += [_division(s.code, s.name, "street", district.code) for s in district.streets]
        self._tables.write("divisions", rows)
        self._roads(layout, layout.roads.all)

    def _roads(self, layout: Layout, roads: list[Road]) -> None:
        shapes = line_wkb([line_of(layout, road) for road in roads])
        self._tables.write(
            "roads", [road_row(road, shape) for road, shape in zip(roads, shapes, strict=True)]
        )

    def community(self, locality: Locality) -> None:
        """Everything of one community."""
        self._ground(locality)
        self._people(locality, stream(self._seed, locality.community.code, "register"))

    def _ground(self, locality: Locality) -> None:
        own, ground = locality.community, locality.ground
        households = households_by_dwelling(locality)
        self._roads(ground.layout, ground.plots.roads)
        self._tables.write("communities", [community_row(locality, sum(households))])
        self._tables.write("divisions", [_division(own.code, own.short, "community", own.street)])
        self._tables.write("compounds", compound_rows(locality))
        self._tables.write("buildings", building_rows(locality, households))
        self._tables.write("entrances", entrance_rows(locality, households))
        self._tables.write("dwellings", dwelling_rows(locality))
        self._tables.write("parts", part_rows(locality))
        self._tables.write("organisations", organisation_rows(locality))

    def _people(self, locality: Locality, chance: Random) -> None:
        known = {p.place: p for p in locality.population.people if self._knows(locality, p, chance)}
        rows = [self._person(locality, person, chance) for person in known.values()]
        # Whose death or departure nobody told of still lives there, as far as the register knows.
        late = {
            place
            for place, row in zip(known, rows, strict=True)
            if (known[place].death and row["death_date"] is None) or chance.random() > KNOWN_DEPARTURE
        }
        self._tables.write("people", rows)
        self._tables.write("households", household_rows(locality, set(known)))
        told = [r for r in locality.population.relations if r.person in known]
        self._tables.write("relations", [self._relation(locality, r, r.person in late) for r in told])

    def _relation(self, locality: Locality, relation: Relation, late: bool) -> dict[str, Any]:
        missed = late and relation.until is not None and relation.until >= self._first
        return {
            "person_id": locality.population.people[relation.person].code,
            "dwelling_id": locality.ground.built.dwellings[relation.dwelling].code,
            "community_code": locality.community.code,
            "relation": relation.kind,
            "since": relation.since,
            "until": None if missed else relation.until,
        }

    def _knows(self, locality: Locality, person: Person, chance: Random) -> bool:
        draw = chance.random()
        if person.home is not None:
            since = locality.population.families[person.family].since
            came = max(since or person.birth, person.birth)
            return draw < (KNOWN_RESIDENT if came < self._first else KNOWN_NEWCOMER)
        if person.former_home is not None:
            return draw < KNOWN_RESIDENT
        return person.registered is not None and draw < KNOWN_ABSENT

    def _person(self, locality: Locality, person: Person, chance: Random) -> dict[str, Any]:
        asked = chance.random() < KNOWN_PHONE
        named = chance.random() < KNOWN_ID
        told = chance.random() < KNOWN_DEATH
        return {
            "person_id": person.code,
            "community_code": locality.community.code,
            "name": person.name,
            "sex": person.sex,
            "birth_date": person.birth,
            "death_date": person.death if told else None,
            "id_kind": person.id_kind,
            "id_number": person.id_number if named else "",
            "phone": person.phone if asked else "",
            "registered_here": person.in_district,
            "registered_address": person.registered_at,
            "lives_here": person.home is not None and not (told and person.death is not None),
            "living_address": person.elsewhere,
            "household_number": person.household_number,
            "relation_to_head": person.relation_to_head,
        }


def _division(code: str, name: str, level: str, parent: str) -> dict[str, str]:
    return {"code": code, "name": name, "level": level, "parent": parent}
