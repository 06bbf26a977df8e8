"""The demo's town: one community whole: its ground, its people, and every dwelling's address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from wangge.entry.demo.town.buildings import Address
from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.ground import Ground
from wangge.entry.demo.town.organisations import Organisation
from wangge.entry.demo.town.parts import Part
from wangge.entry.demo.town.people import Population, Relation


@dataclass(frozen=True)
class Locality:
    """What is built of one community, handed to all who write about it and then let go."""

    ground: Ground
    population: Population
    parts: list[Part] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)

    @property
    def community(self) -> Community:
        """Whose it is."""
        return self.ground.community

    @cached_property
    def addresses(self) -> list[Address]:
        """By the dwelling's place."""
        return [self.ground.built.address(place) for place in range(len(self.ground.built.dwellings))]

    def standing(self, kind: str, on: date) -> dict[int, Relation]:
        """Relations of a kind that hold on a day, by dwelling (the newest of each)."""
        found: dict[int, Relation] = {}
        for relation in self.population.relations:
            if (
                relation.kind == kind
                and relation.since <= on
                and (relation.until is None or relation.until > on)
            ):
                found[relation.dwelling] = relation
        return found
