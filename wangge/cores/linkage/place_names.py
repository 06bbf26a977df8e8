"""Linkage's place names: which of a book's names stand in an address, current, shortened or old.

A name counts only where the text can mean nothing longer: 学院街 is not in 学院街道, nor in 新学院街, nor,
when no such compound is known, in 学院街小区.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wangge.cores.linkage.address_text import canonical, tail

_SUFFIX = re.compile(
    r"(?<=[^\d]{2})(?:住宅小区|小区|社区居委会|居委会|社区|花园|家园|花苑|佳苑|苑|新村|村委会|村|公寓|大厦|广场|大院|宿舍|家属院|院)$"
)
# What would make a found name part of a longer, unknown one.
_LONGER = re.compile(
    r"道|街道|社区|居委会|小区|花园|家园|新村|公寓|大厦|苑|村|[东西南北中]?[路街巷](?!\d)|[东南西北]区|[一-九]期"
)
_ROAD_AFTER_STEM = re.compile(r"[东西南北中上下新老大]?[路街巷道桥]|大道|大桥")
_BEFORE = frozenset("新老东西南北中上下大小前后左右内外")
_DIVISION_END = frozenset("省市区县镇乡道村会处组")


class Found(NamedTuple):
    """A name found at ``start`` … ``end``: the current places it may mean, and numbers an old plate stands for."""

    start: int
    end: int
    places: frozenset[str]
    plate: str
    old: bool


class _Surface(NamedTuple):
    places: frozenset[str]
    plate: str
    stem: bool
    old: bool


class PlaceNames:
    """The vocabulary of an address book."""

    def __init__(self, places: Iterable[str], aliases: Mapping[str, str]) -> None:
        """``plate_roads`` are the roads of old plates, whose numbers are part of the name.

        ``places``: canonical names; ``aliases``: old or other names (also plates) → current ones."""
        self.plate_roads: set[str] = set()
        self._surfaces: dict[str, _Surface] = {}
        self._lengths: defaultdict[str, list[int]] = defaultdict(list)
        for name in places:
            self._put(name, {name}, "", stem=False, old=False)
        for name in places:
            stem = _SUFFIX.sub("", name)
            if stem != name:
                self._put(stem, {name}, "", stem=True, old=False)
        for old, current in aliases.items():
            self._alias(canonical(old), canonical(current))
        for surface in sorted(self._surfaces, key=len, reverse=True):
            self._lengths[surface[:2]].append(len(surface))

    def find(self, text: str) -> list[Found]:
        """The names in a canonical text, left to right, the longest at each place, none overlapping."""
        found: list[Found] = []
        at, before = 0, 0
        while at < len(text) - 1:
            hit = self._at(text, at, before) if text[at : at + 2] in self._lengths else None
            if hit is None:
                at += 1
            else:
                found.append(hit)
                at = before = hit.end
        return found

    def _at(self, text: str, at: int, before: int) -> Found | None:
        for length in self._lengths.get(text[at : at + 2], ()):
            surface = self._surfaces.get(text[at : at + length])
            if surface is not None and self._whole(text, at, at + length, before, surface.stem):
                return Found(at, at + length, surface.places, surface.plate, surface.old)
        return None

    def _whole(self, text: str, start: int, end: int, before: int, stem: bool) -> bool:
        """Whether the name stands there by itself and not as a piece of a longer one."""
        if start > before and text[start - 1] in _BEFORE and text[start - 2 : start - 1] not in _DIVISION_END:
            return False
        if end < len(text) and text[end - 1].isdigit() and text[end : end + 1].isdigit():
            return False
        if stem:
            return not _ROAD_AFTER_STEM.match(text, end)
        return not _LONGER.match(text, end)

    def _put(self, text: str, places: set[str], plate: str, *, stem: bool, old: bool) -> None:
        if len(text) < 2:
            return
        known = self._surfaces.get(text)
        if known is not None and stem and not known.stem:
            return  # what is a name by itself is not also taken for the stump of another
        if known is not None and stem == known.stem:
            places = places | known.places
            old = old and known.old
        self._surfaces[text] = _Surface(frozenset(places), plate, stem, old)

    def _alias(self, old: str, current: str) -> None:
        known = self._surfaces.get(current)
        name, numbers = tail(current)
        if known is None and numbers:
            known = self._surfaces.get(name)
        if known is None:
            return  # an old name of something the book does not hold
        plate = (
            "-".join(t.number for t in numbers)
            if name in self._surfaces and current not in self._surfaces
            else ""
        )
        if plate:
            self.plate_roads.add(tail(old)[0])
        self._put(old.removesuffix("号") if plate else old, set(known.places), plate, stem=False, old=True)
        stem = _SUFFIX.sub("", old)
        if stem != old and stem not in self._surfaces:
            self._put(stem, set(known.places), plate, stem=True, old=True)
