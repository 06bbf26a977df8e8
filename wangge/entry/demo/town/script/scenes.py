"""The demo's script: a few places and people of each community, kept when the community itself is let go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wangge.entry.demo.town.geometry import point_columns
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.parts import Part
from wangge.entry.demo.town.seeds import stream

DOORS, PARTS_A_CLASS, REPORTERS = 60, 12, 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a report in degrees; `part` is a part's id or ""."""

    lon: float
    lat: float
    place: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reporter:
    """A resident who reports."""

    person: str
    name: str
    phone: str


@dataclass
class Scene:
    """What the script needs of one community."""

    community: str
    residents: int
    doors: list[Spot] = field(default_factory=list)
    parts: dict[str, list[Spot]] = field(default_factory=dict)
    reporters: list[Reporter] = field(default_factory=list)


def scene_of(locality: Locality, seed: int, today: date) -> Scene:
    """A sample of a community's doors, parts and grown-up residents with a telephone."""
    code = locality.community.code
    chance = stream(seed, code, "scene")
    people = locality.population.people
    scene = Scene(code, sum(p.lives_here for p in people))
    buildings = locality.ground.built.buildings
    chosen = chance.sample(buildings, min(DOORS, len(buildings)))
    lons, lats = point_columns([b.entrances[0].point for b in chosen])
    for building, lon, lat in zip(chosen, lons, lats, strict=True):
        scene.doors.append(Spot(lon, lat, f"{building.road}{building.number}{building.label}"))
    parts = locality.parts[:]
    chance.shuffle(parts)
    kept = [p for one in _by_class(parts).values() for p in one[:PARTS_A_CLASS]]
    lons, lats = point_columns([p.point for p in kept])
    for part, lon, lat in zip(kept, lons, lats, strict=True):
        scene.parts.setdefault(part.class_code, []).append(Spot(lon, lat, f"{part.road}路边", part.code))
    adults = [p for p in people if p.lives_here and p.phone and 18 <= p.age(today) < 80]
    for person in chance.sample(adults, min(REPORTERS, len(adults))):
        scene.reporters.append(Reporter(person.code, person.name, person.phone))
    return scene


def _by_class(parts: list[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.class_code, []).append(part)
    return found
