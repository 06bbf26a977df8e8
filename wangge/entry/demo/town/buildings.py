"""The demo's town: compounds, buildings, entrances and dwellings, each with its address and its plate."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from wangge.entry.demo.town.frame import Points


@dataclass(slots=True)
class Compound:
    """A compound (小区): houses behind one gate. `corners` are ground metres."""

    code: str
    name: str
    road: str
    number: str
    plate: str
    corners: Points


@dataclass(slots=True)
class Dwelling:
    """A dwelling (户): `place` counts in the community; `door` is "" where the house is one dwelling; `area` m²."""

    code: str
    place: int
    building: int
    entrance: int
    floor: int
    door: str
    plate: str
    area: float


@dataclass(slots=True)
class Entrance:
    """An entrance (单元) with the stairs behind it."""

    code: str
    number: int
    plate: str
    point: Points
    dwellings: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Building:
    """A building: `label` is its number in the compound (3栋), `number` the house number on the road (18号)."""

    code: str
    place: int
    compound: int | None
    kind: str
    use: str
    name: str
    label: str
    road: str
    former_road: str
    number: str
    floors: int
    lift: bool
    built: int
    plate: str
    corners: Points
    entrances: list[Entrance] = field(default_factory=list)
    shops: bool = False

    @property
    def middle(self) -> Points:
        """The mean of its corners, 1 × 2 metres."""
        return np.asarray(self.corners.mean(axis=0, keepdims=True))


@dataclass(frozen=True, slots=True)
class Address:
    """The levels of a dwelling's address below the community; parts that it lacks are ""."""

    road: str
    former_road: str
    number: str
    compound: str
    label: str
    unit: str
    door: str

    def text(self, *, compound: bool = True) -> str:
        """As the standard address says it: 学院街18号丽景花园3栋2单元501室."""
        unit = f"{self.unit}单元" if self.unit else ""
        door = f"{self.door}室" if self.door else ""
        return f"{self.road}{self.number}{self.compound if compound else ''}{self.label}{unit}{door}"
