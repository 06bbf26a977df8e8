"""The demo's town: how large it is, and which communities of the city it peoples.

A community has as many households as its own seed gives it, whatever else is built; a larger town has more of them.
"""

from __future__ import annotations

from enum import StrEnum

from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.seeds import stream

URBAN, RURAL = 2080, 600
"""Households of an average community and of an average village: 1.5 million in the whole city."""


class Size(StrEnum):
    """hamlet ~600 households, town ~10,000, district ~150,000 (a whole one), city ~1.5 million (all of them)."""

    HAMLET = "hamlet"
    TOWN = "town"
    DISTRICT = "district"
    CITY = "city"

    @property
    def households(self) -> int | None:
        """How many the town aims at; None where it takes every community as it comes."""
        return {"hamlet": 600, "town": 10_000}.get(self.value)


def households_of(community: Community, seed: int, size: Size) -> int:
    """The living households of one community; those of a hamlet are just large enough for one grid."""
    chance = stream(seed, community.code, "size")
    if size is Size.HAMLET:
        return round(chance.uniform(300, 325))
    return round((RURAL if community.rural else URBAN) * chance.uniform(0.72, 1.28))


def peopled(size: Size, from_the_heart: list[Community], seed: int) -> list[tuple[Community, int]]:
    """The communities to build, each with its households, taken from the heart of the district outwards."""
    chosen: list[tuple[Community, int]] = []
    total = 0
    for community in from_the_heart:
        households = households_of(community, seed, size)
        if size.households is not None:
            if community.rural:
                continue
            if abs(total + households - size.households) > abs(total - size.households):
                break
        chosen.append((community, households))
        total += households
    return sorted(chosen, key=lambda pair: pair[0].code)
