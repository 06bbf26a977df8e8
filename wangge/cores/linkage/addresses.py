"""Linkage's address book: which dwelling a free-text address means, or why that cannot be said.

Every way of reading the text's numbers as plate, building, entrance and door is looked up; a dwelling is
named only when the best reading fits one and no other. Nothing is guessed between two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from wangge.cores.linkage.address_index import SEVERAL, AddressIndex, Building, Entry
from wangge.cores.linkage.address_text import (
    PARTS_OF_NAMES,
    Token,
    canonical,
    divisions,
    tail,
    tokens,
    without_floor,
)
from wangge.cores.linkage.place_names import Found, PlaceNames

__all__ = ["AddressBook", "Entry", "Resolved"]

Groups = tuple[frozenset[str], ...]  # for each name in a text, the places it may mean

LEVELS = ("none", "community", "place", "building", "entrance", "door")

_PLATE, _BUILDING, _ENTRANCE, _DOOR = range(4)
# What reading a number with this unit as each part costs; a part that is not listed is not read so.
_READINGS: Mapping[str, Mapping[int, int]] = {
    "": {_PLATE: 0, _BUILDING: 0, _ENTRANCE: 0, _DOOR: 0},
    "#": {_PLATE: 0, _BUILDING: 0, _ENTRANCE: 5, _DOOR: 0},
    "号": {_PLATE: 0, _BUILDING: 0, _DOOR: 5},
    "号院": {_PLATE: 0},
    "弄": {_PLATE: 0},
    **{unit: {_BUILDING: 0, _PLATE: 10} for unit in ("号楼", "栋", "幢", "座", "楼")},
    **{unit: {_ENTRANCE: 0} for unit in ("单元", "门洞", "门")},
    **{unit: {_DOOR: 0} for unit in ("室", "户", "房")},
}
_OMITTED = 2
_NO_DOOR = 1
_BENT = 5
_NO_SUCH_ENTRANCE = 6
_NEVER = 1_000
_MOST_BUILDINGS = 400
_MOST_TOKENS = 4
_MOST_KEPT = 200_000


class Resolved(NamedTuple):
    """What an address means.

    ``dwelling`` is None unless the door is certain. ``level`` of LEVELS reached; ``confidence`` 0 … 1;
    ``reason``: ``ok``, ``old_name``, ``other_community`` (the text names one the dwelling is not in),
    ``parts_left_out`` (entrance, building or plate, the rest being enough), ``bent_reading`` (18栋 for
    18号), or without a dwelling ``blank``, ``no_known_place``, ``elsewhere``, ``contradiction`` (its names do not meet),
    ``no_such_number``, ``no_such_door``, ``no_door``, ``several_dwellings``, ``too_many_numbers``.
    """

    dwelling: str | None
    level: str
    confidence: float
    reason: str


class _Hit(NamedTuple):
    building: int
    entrance: str | None
    door: str | None


class AddressBook:
    """The addresses of a town's dwellings, to be looked up by whatever people write."""

    def __init__(
        self,
        entries: Iterable[Entry | Sequence[str | None]],
        aliases: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        *,
        within: Iterable[str] = (),
    ) -> None:
        """``entries``: Entry, or tuples of its parts in order; ``aliases``: old or other names → current ones.

        An alias may stand for a community, a compound, a road, or a whole plate (解放路5号 → 学院街18号).
        ``within``: province, city and districts of the book (湖北省, 宜昌市, 西陵区); with them an address that
        begins elsewhere (浙江省义乌市中山路16号) is not looked up under a road of the same name.
        """
        self._within = _spellings(within)
        self._index = AddressIndex(tuple(e) for e in entries)
        self._known: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
        self._heads: dict[str, tuple[list[Found], list[Token]]] = {}
        self._names = PlaceNames(sorted(self._index.places), dict(aliases))

    def resolve_many(self, texts: Iterable[str | None]) -> list[Resolved]:
        """Each text's meaning, in order; a text that comes again is read once."""
        seen: dict[str | None, Resolved] = {}
        found = []
        for text in texts:
            resolved = seen.get(text)
            if resolved is None:
                resolved = seen[text] = self.resolve(text)
            found.append(resolved)
        return found

    def resolve(self, text: str | None) -> Resolved:
        """What one address means. Never raises."""
        plain = canonical(text or "")
        if not plain:
            return Resolved(None, "none", 0.0, "blank")
        names, numbers = self._read(plain)
        if not names:
            return Resolved(None, "none", 0.0, "no_known_place")
        if len(numbers) > _MOST_TOKENS:
            return Resolved(None, "place", 0.0, "too_many_numbers")
        if self._within and any(d not in self._within for d in divisions(plain[: names[0].start])):
            return Resolved(None, "none", 0.0, "elsewhere")
        return self._resolve(names, numbers)

    def _read(self, plain: str) -> tuple[list[Found], list[Token]]:
        """Names and numbers of a text; the names before its last run of numbers come again and again."""
        head, last = tail(plain)
        if head not in self._heads:
            if len(self._heads) >= _MOST_KEPT:
                self._heads.clear()
            # A digit stands for the numbers behind: it ends the name before it.
            names = self._names.find(head + "0" if last else head)
            self._heads[head] = names, _numbers(head, names)
        names, numbers = self._heads[head]
        if any(road in head for road in self._names.plate_roads):
            names = self._names.find(plain)
            return names, without_floor(_numbers(plain, names))
        return names, without_floor([*numbers, *last])

    def _resolve(self, names: list[Found], numbers: list[Token]) -> Resolved:
        groups = tuple([name.places for name in names])
        resolved = self._look_up(groups, numbers)
        inner = (
            tuple([g for g in groups if not g <= self._index.communities]) if resolved.level == "none" else ()
        )
        if inner and len(inner) < len(groups):
            # Communities merge and split: a compound or road that is enough by itself outweighs one.
            resolved = self._look_up(inner, numbers)
            if resolved.dwelling is not None:
                return Resolved(resolved.dwelling, "door", resolved.confidence - 0.2, "other_community")
        if resolved.reason == "ok" and any(name.old for name in names):
            return Resolved(resolved.dwelling, resolved.level, 0.95, "old_name")
        return resolved

    def _look_up(self, groups: Groups, numbers: list[Token]) -> Resolved:
        best, lowest = self._fitting(groups, numbers)
        if not best:
            return self._nowhere(groups, bool(numbers))
        dwellings = {dwelling for hit in best if (dwelling := self._dwelling(hit)) is not None}
        if not dwellings:
            return self._doorless(best, groups, bool(numbers))
        if len(dwellings) > 1 or SEVERAL in dwellings:
            return Resolved(None, "building", 0.0, "several_dwellings")
        reason = "ok" if lowest == 0 else "parts_left_out" if lowest < _BENT else "bent_reading"
        return Resolved(dwellings.pop(), "door", max(0.5, 1.0 - lowest / 40), reason)

    def _fitting(self, groups: Groups, numbers: list[Token]) -> tuple[list[_Hit], int]:
        """The buildings that the cheapest readings of the numbers fit, and that cost."""
        best: list[_Hit] = []
        lowest = _NEVER
        for base, chosen in _readings(tuple([token.unit for token in numbers])):
            if base > lowest:
                break  # readings come cheapest first
            plate, number, entrance, door = [None if at is None else numbers[at].number for at in chosen]
            said = (groups, plate, number, entrance is not None, door is not None)
            for left_out, building in self._buildings(*said):
                cost = base + left_out
                if entrance is not None and entrance not in self._index.buildings[building].entrances:
                    cost += _NO_SUCH_ENTRANCE
                if cost < lowest:
                    best, lowest = [], cost
                if cost == lowest:
                    best.append(_Hit(building, entrance, door))
        return best, lowest

    def _buildings(self, groups: Groups, *said: Any) -> list[tuple[int, int]]:
        """Buildings with the plate and building number said, each with the cost of what the text leaves out.

        ``said``: plate, building, and whether entrance and door are given; the same for a whole building's
        doors, so it is kept.
        """
        key = (groups, *said)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            plate, number, entrance, door = said
            buildings = ((at, self._index.buildings[at]) for at in self._candidates(groups, plate, number))
            known = [(_left_out(b, plate, number, entrance, door), at) for at, b in buildings]
            self._known[key] = known
        return known

    def _candidates(self, groups: Groups, plate: str | None, building: str | None) -> list[int]:
        """Buildings with these numbers under all the names; none where that would be half a town."""
        at = self._index.at
        under = [[b for place in group for b in at(place, plate, building)] for group in groups]
        fewest = min(under, key=len)
        if len(fewest) > _MOST_BUILDINGS:
            return []
        return [b for b in fewest if _under(self._index.buildings[b], groups)]

    def _dwelling(self, hit: _Hit) -> str | None:
        return self._index.buildings[hit.building].dwelling(hit.entrance, hit.door)

    def _doorless(self, hits: list[_Hit], groups: Groups, numbered: bool) -> Resolved:
        """Buildings are there, but no dwelling of theirs fits."""
        if len({hit.building for hit in hits}) > 1:
            return Resolved(None, self._level(groups), 0.3, "several_dwellings" if numbered else "no_door")
        building = self._index.buildings[hits[0].building]
        known = any(hit.entrance is not None and hit.entrance in building.entrances for hit in hits)
        door = any(hit.door is not None for hit in hits)
        return Resolved(None, "entrance" if known else "building", 0.5, "no_such_door" if door else "no_door")

    def _nowhere(self, groups: Groups, numbered: bool) -> Resolved:
        """No building fits the names and numbers together."""
        if not self._meet(groups):
            return Resolved(None, "none", 0.0, "contradiction")
        return Resolved(None, self._level(groups), 0.3, "no_such_number" if numbered else "no_door")

    def _level(self, groups: Groups) -> str:
        return "community" if all(group <= self._index.communities for group in groups) else "place"

    def _meet(self, groups: Groups) -> bool:
        """Whether any building stands under all the names."""
        all_under = [[at for place in group for at in self._index.at(place, None, None)] for group in groups]
        return any(_under(self._index.buildings[at], groups) for at in min(all_under, key=len))


def _left_out(building: Building, plate: str | None, number: str | None, entrance: bool, door: bool) -> int:
    """What it costs that the text is silent about parts which the building has."""
    omitted = (plate is None) + (number is None and building.building is not None)
    if plate is None and (building.plate is None or number is not None):
        omitted -= 1  # inside a compound the building's number is the address
    omitted += door and not entrance and None not in building.entrances
    return _OMITTED * omitted + (0 if door or None in building.by_door else _NO_DOOR)


def _under(building: Building, groups: Groups) -> bool:
    return all(not group.isdisjoint(building.places) for group in groups)


def _spellings(within: Iterable[str]) -> frozenset[str]:
    """Names of divisions as texts run them together: 宜昌市, 湖北宜昌市 (the province's 省 left out), 宜昌西陵区."""
    names = frozenset(within)
    short = {re.sub("(特别行政区|(?:[壮回]族|维吾尔)?自治区|省|市|区|县)$", "", name) for name in names}
    once = {*names, *(above + name for above in short for name in names if above != name)}
    return frozenset(once | {above + name for above in short for name in once})


def _numbers(text: str, names: list[Found]) -> list[Token]:
    """The numbers between and behind the names, with the plates that old names stand for in their places."""
    found: list[Token] = []
    for place, name in enumerate(names):
        following = names[place + 1].start if place + 1 < len(names) else len(text)
        if name.plate:
            found.append(Token(name.plate, "号"))
        found += tokens(
            text[name.end : following].removeprefix("号") if name.plate else text[name.end : following]
        )
    return [token for token in found if token.unit not in PARTS_OF_NAMES]


@lru_cache(maxsize=4096)
def _readings(units: tuple[str, ...]) -> tuple[tuple[int, tuple[int | None, ...]], ...]:
    """Every way to read numbers with these units, in order, as plate, building, entrance and door.

    Each with its cost and, for the four parts, which number it is (None: not said).
    """
    found = []
    for parts in combinations(range(4), len(units)):
        costs = [_READINGS.get(unit, {}).get(part) for unit, part in zip(units, parts, strict=True)]
        if None not in costs:
            chosen = tuple(parts.index(part) if part in parts else None for part in range(4))
            found.append((sum(cost for cost in costs if cost is not None), chosen))
    return tuple(sorted(found, key=lambda reading: reading[0]))
