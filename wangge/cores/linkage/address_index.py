"""Linkage's address index: buildings by the names and numbers they are known under, dwellings by their door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from wangge.cores.linkage.address_text import canonical, tail

# A door that two dwellings of a building share when the entrance is left out.
SEVERAL = ""
_NONE: list[int] = []


class Entry(NamedTuple):
    """One dwelling of the address book; parts that do not exist are None or empty.

    ``compound`` is the compound (or village, or road) it stands in, ``plate`` road and number (学院街18号),
    ``building`` 3栋, ``entrance`` 2单元, ``door`` 501.
    """

    dwelling: str
    community: str | None
    compound: str | None
    plate: str | None
    building: str | None
    entrance: str | None
    door: str | None


class Building:
    """One building: the names it stands under, its numbers, and its doors."""

    __slots__ = ("building", "by_door", "doors", "entrances", "places", "plate")

    def __init__(self, places: frozenset[str], plate: str | None, building: str | None) -> None:
        self.places = places
        self.plate = plate
        self.building = building
        self.entrances: set[str | None] = set()
        self.doors: dict[tuple[str | None, str | None], str] = {}
        self.by_door: dict[str | None, str] = {}

    def add(self, entrance: str | None, door: str | None, dwelling: str) -> None:
        """Take in a dwelling; two under one door make that door useless."""
        known = self.doors.get((entrance, door))
        self.doors[entrance, door] = dwelling if known in (None, dwelling) else SEVERAL
        known = self.by_door.get(door)
        self.by_door[door] = dwelling if known in (None, dwelling) else SEVERAL
        self.entrances.add(entrance)

    def dwelling(self, entrance: str | None, door: str | None) -> str | None:
        """The dwelling behind a door, ``SEVERAL`` when more than one fits, None when there is none.

        Without an entrance the door must be the building's only one of that number.
        """
        if entrance is None and None not in self.entrances:
            return self.by_door.get(door)
        return self.doors.get((entrance, door))


class AddressIndex:
    """Buildings under every (place name, plate, building), each of the two numbers also left out."""

    def __init__(self, entries: Iterable[Entry | tuple[str | None, ...]]) -> None:
        self.communities: set[str] = set()
        self.places: set[str] = set()
        self.buildings: list[Building] = []
        self._at: defaultdict[tuple[str, str | None, str | None], list[int]] = defaultdict(list)
        known: dict[tuple[object, ...], int] = {}
        for entry in entries:
            self._add(Entry(*entry), known)

    def at(self, place: str, plate: str | None, building: str | None) -> list[int]:
        """Buildings that stand under a name with these numbers (None: not said)."""
        return self._at.get((place, plate, building), _NONE)

    def _add(self, entry: Entry, known: dict[tuple[object, ...], int]) -> None:
        road, plate = _split(entry.plate)
        name, building = _split(entry.building)
        community, compound = canonical(entry.community or ""), canonical(entry.compound or "")
        places = frozenset(p for p in (road, compound, community, name) if p)
        key = (places, plate, building)
        if key not in known:
            known[key] = len(self.buildings)
            self.buildings.append(Building(places, plate, building))
            self._register(known[key])
            self.places |= places
        if community:
            self.communities.add(community)
        _, entrance = _split(entry.entrance)
        _, door = _split(entry.door)
        self.buildings[known[key]].add(entrance, door, entry.dwelling)

    def _register(self, at: int) -> None:
        building = self.buildings[at]
        for place in building.places:
            for plate in {building.plate, None}:
                for number in {building.building, None}:
                    self._at[place, plate, number].append(at)


@lru_cache(maxsize=65_536)
def _split(text: str | None) -> tuple[str, str | None]:
    """Name and number of a part: 学院街18号 → (学院街, 18), 2单元 → ("", 2), 东楼 → (东楼, None)."""
    if not text:
        return "", None
    name, numbers = tail(canonical(text))
    return name.rstrip("第"), "-".join(t.number for t in numbers) or None
