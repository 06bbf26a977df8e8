"""Buildings by their plates and by their written addresses: what a scan, a file or the address book asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from wangge.ground.areas.expressions import area_code, in_use, places_in
from wangge.ground.areas.models import Address, Building, Division, OutsideCode
from wangge.ground.areas.points import COMMUNITY_DIGITS
from wangge.ground.areas.provinces import PROVINCES
from wangge.ground.areas.records import BuildingRecord, NameRecord
from wangge.platform.city import settings as city


class AddressEntry(NamedTuple):
    """One written address of a building, today's or an alias; ``building`` is its key."""

    building: int
    place: str
    community: str
    road: str
    number: str
    compound: str
    block: str
    text: str
    alias: bool


def building_by_plate(code: str, on: date | None = None) -> BuildingRecord | None:
    """The building on which a plate with this code hangs, or hung on a day; None where there is none."""
    found = dressed(Building.objects.filter(plate=code)).first()
    if found is None:
        former = OutsideCode.objects.filter(kind="building", scheme="plate", code=code).order_by(
            "-to_on", "-pk"
        )
        if on:
            former = former.filter(in_use(on))
        place = former.values_list("object", flat=True).first()
        found = dressed(Building.objects.filter(place__uid=place)).first() if place else None
    return building_record(found) if found else None


def building_keys(plates: Iterable[str]) -> dict[str, int]:
    """Building keys by plate, for rooms that load what stands in buildings; plates that hang nowhere are left out."""
    wanted = list(plates)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        rows = Building.objects.filter(plate__in=wanted[start : start + 500])
        found.update((plate, key) for plate, key in rows.values_list("plate", "pk") if plate)
    return found


def address_entries(prefix: str = "") -> Iterator[AddressEntry]:
    """Written addresses of the buildings in an area, streamed; aliases that have ended stay: old files still use them."""
    rows = Address.objects.all()
    if prefix:
        rows = rows.filter(building__in=places_in(prefix))
    fields = (
        "building",
        "building__place__uid",
        "building__place__community",
        "road",
        "number",
        "compound",
        "block",
        "text",
        "alias",
    )
    for row in rows.order_by("building", "pk").values_list(*fields).iterator(chunk_size=2000):
        yield AddressEntry(row[0], str(row[1]), *row[2:])


def community_names() -> dict[str, NameRecord]:
    """Code → what every community is called, those that have ended too: old files still write them."""
    rows = Division.objects.filter(level="community").values_list("code", "name_zh", "name_en")
    return {code: NameRecord(code=code, zh=zh, en=en or zh) for code, zh, en in rows}


def names_within() -> frozenset[str]:
    """Province, city and districts of this city, ended ones too: with which addresses here begin.

    Empty where no district is loaded: what an address may begin with isn't known then.
    """
    rows = list(
        Division.objects.filter(level__in=("city", "district")).values_list("level", "code", "name_zh")
    )
    if not any(level == "district" for level, _code, _name in rows):
        return frozenset()
    names = {name for _level, _code, name in rows}
    if not any(level == "city" for level, _code, _name in rows):
        names.add(city.value("city_name_zh"))
    return frozenset(names | {PROVINCES[code[:2]] for _level, code, _name in rows if code[:2] in PROVINCES})


def building_record(one: Building) -> BuildingRecord:
    """The record of a building that came with its place, entrances and ``area``."""
    area: str = one.area  # type: ignore[attr-defined]  # annotated
    return BuildingRecord(
        place=str(one.place.uid), plate=one.plate or "", address=one.address, compound=one.compound, floors=one.floors,
        lift=one.lift, households=one.households, community=one.place.community,
        grid=area if len(area) > COMMUNITY_DIGITS else "", lon=one.place.lon, lat=one.place.lat,
        entrances=[entrance.number for entrance in one.entrances.all()],
    )  # fmt: skip


def dressed(rows: QuerySet[Building]) -> QuerySet[Building]:
    """Buildings with all that their records show."""
    return (
        rows.select_related("place")
        .prefetch_related("entrances")
        .annotate(area=area_code("place"))
        .defer("wkb")
    )
