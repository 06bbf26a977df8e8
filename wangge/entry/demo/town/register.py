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
from wangge.entry.demo.town.geometry import line_wkb, point_columns, polygon_wkb
from wangge.entry.demo.town.ground import line_of
from wangge.entry.demo.town.layout import Layout
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.people import Person
from wangge.entry.demo.town.roads import RANKS, Road
from wangge.entry.demo.town.seeds import stream
from wangge.entry.demo.town.tables import Table, Tables

KNOWN_RESIDENT, KNOWN_NEWCOMER, KNOWN_ABSENT = 0.97, 0.6, 0.8
"""The share of residents, of those who came in the days of the script, and of those registered here and away."""
KNOWN_ID, KNOWN_PHONE, KNOWN_DEATH, KNOWN_DEPARTURE = 0.93, 0.82, 0.45, 0.7


class Register:
    """Writes the register's tables as communities come; `first` is the script's first day."""

    def __init__(self, folder: Path, seed: int, first: date, today: date) -> None:
        self._tables = Tables(folder)
        self._seed, self._first, self._today = seed, first, today

    def close(self) -> dict[str, int]:
        """End the files; rows by table."""
        return self._tables.close()

    def district(self, district: District, layout: Layout) -> None:
        """The district's own divisions and roads."""
        rows = [(CITY_CODE, CITY, "city", ""), (district.code, district.name, "district", CITY_CODE)]
        rows += [(s.code, s.name, "street", district.code) for s in district.streets]
        self._tables.write(
            "divisions",
            [dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in rows],
        )
        self._roads(layout, layout.roads.all)

    def _roads(self, layout: Layout, roads: list[Road]) -> None:
        shapes = line_wkb([line_of(layout, road) for road in roads])
        self._tables.write("roads", [_road(road, shape) for road, shape in zip(roads, shapes, strict=True)])

    def community(self, locality: Locality) -> None:
        """Everything of one community."""
        self._ground(locality)
        self._people(locality, stream(self._seed, locality.community.code, "register"))

    def _ground(self, locality: Locality) -> None:
        own, ground, built = locality.community, locality.ground, locality.ground.built
        households = _households_by_dwelling(locality)
        self._roads(ground.layout, ground.plots.roads)
        self._tables.write("communities", [_community(locality, sum(households))])
        self._tables.write(
            "divisions", [{"code": own.code, "name": own.short, "level": "community", "parent": own.street}]
        )
        shapes = polygon_wkb([c.corners for c in built.compounds])
        self._tables.write(
            "compounds",
            [
                {
                    "compound_id": c.code, "community_code": own.code, "name": c.name, "road": c.road,
                    "number": c.number, "plate_code": c.plate, "geometry": shape,
                }
                for c, shape in zip(built.compounds, shapes, strict=True)
            ],
        )  # fmt: skip
        self._tables.write("buildings", _buildings(locality, households))
        self._tables.write("entrances", _entrances(locality, households))
        self._tables.write("dwellings", _dwellings(locality))
        self._tables.write("parts", _parts(locality))
        self._tables.write("organisations", _organisations(locality))

    def _people(self, locality: Locality, chance: Random) -> None:
        known = {p.place: p for p in locality.population.people if self._knows(locality, p, chance)}
        late: set[int] = set()
        rows = []
        for person in known.values():
            row = self._person(locality, person, chance)
            if (person.death and row["death_date"] is None) or chance.random() > KNOWN_DEPARTURE:
                late.add(person.place)
            rows.append(row)
        self._tables.write("people", rows)
        self._tables.write("households", _households(locality, set(known)))
        relations = []
        for relation in locality.population.relations:
            if relation.person not in known:
                continue
            missed = relation.until is not None and relation.until >= self._first and relation.person in late
            relations.append(
                {
                    "person_id": known[relation.person].code,
                    "dwelling_id": locality.ground.built.dwellings[relation.dwelling].code,
                    "community_code": locality.community.code,
                    "relation": relation.kind,
                    "since": relation.since,
                    "until": None if missed else relation.until,
                }
            )
        self._tables.write("relations", relations)

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


def household_id(community: str, family: int) -> str:
    """A living household's id."""
    return f"{community}-H{family + 1:04d}"


def _households_by_dwelling(locality: Locality) -> list[int]:
    counts = [0] * len(locality.ground.built.dwellings)
    for family in locality.population.families:
        if any(locality.population.people[m].lives_here for m in family.members):
            counts[family.dwelling] += 1
    return counts


def _households(locality: Locality, known: set[int]) -> Table:
    own, people = locality.community, locality.population.people
    rows: Table = []
    for family in locality.population.families:
        members = [m for m in family.members if m in known and people[m].lives_here]
        if members:
            rows.append(
                _household(
                    locality, household_id(own.code, family.place), "living", family.dwelling, "", members
                )
            )
    registered: dict[tuple[str, int], list[int]] = {}
    for person in people:
        if person.registered is not None and person.place in known and person.alive:
            registered.setdefault((person.household_number, person.registered), []).append(person.place)
    for (number, dwelling), members in registered.items():
        rows.append(_household(locality, f"{own.code}-R{number}", "registered", dwelling, number, members))
    return rows


def _household(
    locality: Locality, code: str, kind: str, dwelling: int, number: str, members: list[int]
) -> dict[str, Any]:
    return {
        "household_id": code,
        "community_code": locality.community.code,
        "kind": kind,
        "dwelling_id": locality.ground.built.dwellings[dwelling].code,
        "household_number": number,
        "members": [locality.population.people[m].code for m in members],
    }


def _road(road: Road, shape: bytes) -> dict[str, Any]:
    return {
        "road_id": road.code, "name": road.name, "former_name": road.former_name, "rank": road.rank + 1,
        "class": RANKS[road.rank], "width_m": road.width, "community_code": road.community, "geometry": shape,
    }  # fmt: skip


def _community(locality: Locality, households: int) -> dict[str, Any]:
    own = locality.community
    lon, lat = point_columns([locality.ground.outline[:-1].mean(axis=0, keepdims=True)])
    return {
        "code": own.code, "name": own.name, "short_name": own.short, "street_code": own.street,
        "street_name": own.street_name, "district_code": own.district, "rural": own.rural,
        "character": locality.ground.plots.character, "households": households,
        "people": sum(p.lives_here for p in locality.population.people), "lon": lon[0], "lat": lat[0],
        "geometry": polygon_wkb([locality.ground.outline])[0],
    }  # fmt: skip


def _buildings(locality: Locality, households: list[int]) -> Table:
    built, own = locality.ground.built, locality.community
    lons, lats = point_columns([b.middle for b in built.buildings])
    shapes = polygon_wkb([b.corners for b in built.buildings])
    rows: Table = []
    for building, lon, lat, shape in zip(built.buildings, lons, lats, shapes, strict=True):
        compound = built.compounds[building.compound] if building.compound is not None else None
        homes = [d for e in building.entrances for d in e.dwellings]
        name = compound.name if compound else ""
        rows.append(
            {
                "building_id": building.code, "community_code": own.code,
                "compound_id": compound.code if compound else "", "compound": name, "label": building.label,
                "road": building.road, "former_road": building.former_road, "number": building.number,
                "address": f"{building.road}{building.number}{name}{building.label}",
                "plate_code": building.plate, "kind": building.kind, "use": building.use, "shops": building.shops,
                "floors": building.floors, "lift": building.lift, "built_year": building.built,
                "entrances": len(building.entrances) if homes else 0, "dwellings": len(homes),
                "households": sum(households[d] for d in homes), "lon": lon, "lat": lat, "geometry": shape,
            }
        )  # fmt: skip
    return rows


def _entrances(locality: Locality, households: list[int]) -> Table:
    built, own = locality.ground.built, locality.community
    doors = [(b, e) for b in built.buildings for e in b.entrances if e.dwellings]
    lons, lats = point_columns([e.point for _, e in doors])
    return [
        {
            "entrance_id": e.code, "building_id": b.code, "community_code": own.code, "number": str(e.number),
            "plate_code": e.plate, "floors": b.floors, "lift": b.lift, "dwellings": len(e.dwellings),
            "households": sum(households[d] for d in e.dwellings), "lon": lon, "lat": lat,
        }
        for (b, e), lon, lat in zip(doors, lons, lats, strict=True)
    ]  # fmt: skip


def _dwellings(locality: Locality) -> Table:
    built, own = locality.ground.built, locality.community
    return [
        {
            "dwelling_id": d.code, "entrance_id": built.buildings[d.building].entrances[d.entrance].code,
            "building_id": built.buildings[d.building].code, "community_code": own.code,
            "entrance": str(d.entrance + 1), "floor": d.floor, "door": d.door,
            "address": locality.addresses[d.place].text(), "plate_code": d.plate, "area_m2": d.area,
        }
        for d in built.dwellings
    ]  # fmt: skip


def _parts(locality: Locality) -> Table:
    lons, lats = point_columns([p.point for p in locality.parts])
    return [
        {
            "part_id": p.code, "community_code": locality.community.code, "class_code": p.class_code,
            "name": p.name, "road": p.road, "department": p.department, "lon": lon, "lat": lat,
        }
        for p, lon, lat in zip(locality.parts, lons, lats, strict=True)
    ]  # fmt: skip


def _organisations(locality: Locality) -> Table:
    buildings = locality.ground.built.buildings
    lons, lats = point_columns([buildings[o.building].middle for o in locality.organisations])
    return [
        {
            "organisation_id": o.code, "community_code": locality.community.code, "credit_code": o.credit_code,
            "name": o.name, "kind": o.kind, "section": o.section, "address": o.address,
            "building_id": buildings[o.building].code, "lon": lon, "lat": lat,
        }
        for o, lon, lat in zip(locality.organisations, lons, lats, strict=True)
    ]  # fmt: skip
