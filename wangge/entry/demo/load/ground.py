"""Divisions, the base map, buildings, dwellings, organisations and parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import shapely

from wangge.entry.demo.load.reading import groups, rows
from wangge.entry.demo.town.divisions import english_names
from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import AddressRow, BaseRow, BuildingRow, DivisionRow
from wangge.ground.registry import actions as registry
from wangge.ground.registry.records import DwellingIn, OrganisationIn, PartIn
from wangge.platform.audit.actor import Actor

Keys = dict[str, int]
"""The town's building ids → keys."""


def load_divisions(folder: Path, by: Actor) -> None:
    """Divisions with the shapes of communities."""
    shapes = {row["code"]: row for row in rows(folder, "communities")}
    areas.load_divisions(rows=(_division(row, shapes) for row in rows(folder, "divisions")), by=by)


def _division(row: dict[str, Any], shapes: dict[str, dict[str, Any]]) -> DivisionRow:
    shape = shapes.get(row["code"], {})
    return DivisionRow(
        code=row["code"],
        level=row["level"],
        name_zh=row["name"],
        name_en=english_names().get(row["code"], ""),
        parent=row["parent"] or "",
        wkb=shape.get("geometry"),
        lon=shape.get("lon"),
        lat=shape.get("lat"),
    )


def load_base(folder: Path, by: Actor) -> None:
    """Roads and water."""
    roads = (
        BaseRow("road", row["name"] or "", row["rank"], row["geometry"]) for row in rows(folder, "roads")
    )
    areas.load_base(kind="road", rows=roads, by=by)
    water = json.loads((folder / "basemap" / "water.geojson").read_text(encoding="utf-8"))
    areas.load_base(kind="water", rows=_water(water["features"]), by=by)


def _water(features: Iterable[dict[str, Any]]) -> Iterator[BaseRow]:
    for feature in features:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        yield BaseRow("water", feature["properties"].get("name") or "", 1, shapely.to_wkb(shape))


def load_buildings(folder: Path, by: Actor) -> Keys:
    """Buildings with entrances, addresses and old road names; returns the keys by the town's ids."""
    entrances: dict[str, list[str]] = {}
    for row in rows(folder, "entrances"):
        entrances.setdefault(row["building_id"], []).append(row["number"])
    keys: Keys = {}
    for group in groups(folder, "buildings"):
        some = group.to_pylist()
        loaded = areas.load_buildings(
            rows=[_building(row, entrances.get(row["building_id"], [])) for row in some], by=by
        )
        keys |= {row["building_id"]: one.building for row, one in zip(some, loaded, strict=True)}
    return keys


def _building(row: dict[str, Any], entrances: list[str]) -> BuildingRow:
    return BuildingRow(
        lon=row["lon"],
        lat=row["lat"],
        plate=row["plate_code"],
        community=row["community_code"],
        address=row["address"],
        compound=row["compound"] or "",
        floors=row["floors"],
        lift=row["lift"],
        households=row["households"],
        wkb=row["geometry"],
        entrances=tuple(entrances),
        addresses=tuple(_addresses(row)),
    )


def _addresses(row: dict[str, Any]) -> Iterator[AddressRow]:
    compound, block = row["compound"] or "", row["label"] or ""
    roads = [(row["road"], False)] + ([(row["former_road"], True)] if row["former_road"] else [])
    for road, alias in roads:
        text = f"{road}{row['number']}{compound}{block}"
        yield AddressRow(
            text=text, road=road, number=row["number"], compound=compound, block=block, alias=alias
        )


def load_dwellings(folder: Path, keys: Keys, by: Actor) -> dict[str, str]:
    """Dwellings; returns ids of the registry by the town's ids."""
    uids: dict[str, str] = {}
    for group in groups(folder, "dwellings"):
        some = group.to_pylist()
        made = registry.load_dwellings(rows=[_dwelling(row, keys) for row in some], by=by)
        uids |= {row["dwelling_id"]: uid for row, uid in zip(some, made, strict=True)}
    return uids


def _dwelling(row: dict[str, Any], keys: Keys) -> DwellingIn:
    return DwellingIn(
        building=keys[row["building_id"]],
        door=row["door"],
        entrance=row["entrance"],
        floor=row["floor"],
        area=Decimal(str(row["area_m2"])),
        plate=row["plate_code"] or "",
    )


def load_parts(folder: Path, by: Actor) -> None:
    """Parts along the roads, and organisations."""
    registry.load_parts(
        rows=(
            PartIn(
                code=row["part_id"],
                class_code=row["class_code"],
                lon=row["lon"],
                lat=row["lat"],
                name=row["name"],
                department=row["department"],
            )
            for row in rows(folder, "parts")
        ),
        by=by,
    )
    registry.load_organisations(
        rows=(
            OrganisationIn(
                name=row["name"], credit_code=row["credit_code"], kind=row["kind"], address=row["address"]
            )
            for row in rows(folder, "organisations")
        ),
        by=by,
    )
