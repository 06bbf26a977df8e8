"""The demo's town: the rows of the register's tables, from a community's ground and households."""

from __future__ import annotations

from typing import Any

from wangge.entry.demo.town.geometry import point_columns, polygon_wkb
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.roads import RANKS, Road
from wangge.entry.demo.town.tables import Table


def household_id(community: str, family: int) -> str:
    """A living household's id."""
    return f"{community}-H{family + 1:04d}"


def households_by_dwelling(locality: Locality) -> list[int]:
    counts = [0] * len(locality.ground.built.dwellings)
    for family in locality.population.families:
        if any(locality.population.people[m].lives_here for m in family.members):
            counts[family.dwelling] += 1
    return counts


def household_rows(locality: Locality, known: set[int]) -> Table:
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


def road_row(road: Road, shape: bytes) -> dict[str, Any]:
    return {
        "road_id": road.code, "name": road.name, "former_name": road.former_name, "rank": road.rank + 1,
        "class": RANKS[road.rank], "width_m": road.width, "community_code": road.community, "geometry": shape,
    }  # fmt: skip


def community_row(locality: Locality, households: int) -> dict[str, Any]:
    own = locality.community
    lon, lat = point_columns([locality.ground.outline[:-1].mean(axis=0, keepdims=True)])
    return {
        "code": own.code, "name": own.name, "short_name": own.short, "street_code": own.street,
        "street_name": own.street_name, "district_code": own.district, "rural": own.rural,
        "character": locality.ground.plots.character, "households": households,
        "people": sum(p.lives_here for p in locality.population.people), "lon": lon[0], "lat": lat[0],
        "geometry": polygon_wkb([locality.ground.outline])[0],
    }  # fmt: skip


def building_rows(locality: Locality, households: list[int]) -> Table:
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


def entrance_rows(locality: Locality, households: list[int]) -> Table:
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


def dwelling_rows(locality: Locality) -> Table:
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


def part_rows(locality: Locality) -> Table:
    lons, lats = point_columns([p.point for p in locality.parts])
    return [
        {
            "part_id": p.code, "community_code": locality.community.code, "class_code": p.class_code,
            "name": p.name, "road": p.road, "department": p.department, "lon": lon, "lat": lat,
        }
        for p, lon, lat in zip(locality.parts, lons, lats, strict=True)
    ]  # fmt: skip


def organisation_rows(locality: Locality) -> Table:
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


def compound_rows(locality: Locality) -> Table:
    """Compounds with their outlines."""
    compounds = locality.ground.built.compounds
    shapes = polygon_wkb([c.corners for c in compounds])
    return [
        {
            "compound_id": c.code, "community_code": locality.community.code, "name": c.name, "road": c.road,
            "number": c.number, "plate_code": c.plate, "geometry": shape,
        }
        for c, shape in zip(compounds, shapes, strict=True)
    ]  # fmt: skip
