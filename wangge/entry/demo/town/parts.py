"""The demo's town: parts (部件) along the roads, each with its 16-digit id: 6 division, 2 big class, 2 small, 6 serial."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

import numpy as np

from wangge.entry.demo.town.catalogues import classes
from wangge.entry.demo.town.frame import Points
from wangge.entry.demo.town.ground import Ground
from wangge.entry.demo.town.plots import Side
from wangge.entry.demo.town.seeds import stream

_A_COMMUNITY = 4000
"""Serial numbers that a community owns within each class of its district."""

# class → metres between two along a road of each rank (0: none), metres from the kerb (negative: in the road).
SPACING: dict[str, tuple[tuple[int, int, int, int], float]] = {
    "P0101": ((90, 90, 120, 160), -1.5),
    "P0102": ((60, 70, 80, 90), -3.0),
    "P0103": ((80, 80, 100, 140), -1.0),
    "P0104": ((40, 45, 60, 0), -0.4),
    "P0105": ((120, 140, 200, 0), 1.6),
    "P0106": ((35, 35, 40, 60), 0.8),
    "P0107": ((150, 150, 220, 300), 2.2),
    "P0108": ((0, 400, 500, 0), 2.6),
    "P0110": ((160, 160, 200, 260), 1.2),
    "P0205": ((220, 250, 0, 0), 1.0),
    "P0207": ((500, 600, 0, 0), 1.8),
    "P0302": ((70, 80, 110, 160), 1.4),
    "P0303": ((0, 0, 350, 280), 2.4),
    "P0401": ((24, 24, 30, 0), 1.0),
    "P0404": ((180, 0, 0, 0), 2.0),
}


@dataclass(frozen=True)
class Part:
    """A part with its class, its road, its place (1 × 2 ground metres) and who owns it."""

    code: str
    class_code: str
    name: str
    department: str
    road: str
    point: Points


def parts_of(ground: Ground, seed: int) -> list[Part]:
    """All parts on a community's side of its roads."""
    own = ground.community
    chance = stream(seed, own.code, "parts")
    counts: dict[str, int] = {}
    places: list[tuple[str, str, tuple[float, float]]] = []
    for block in ground.plots.blocks:
        for index, side in enumerate(block.sides):
            low, high = (block.box.u0, block.box.u1) if index < 2 else (block.box.v0, block.box.v1)
            places += _along(side, low, high, chance)
    if not places:
        return []
    ground_points = ground.frame.ground(np.array([point for *_, point in places]))
    parts = []
    known = classes()
    for (class_code, road, _), point in zip(places, ground_points, strict=True):
        serial = counts[class_code] = counts.get(class_code, 0) + 1
        code = f"{own.district}{class_code[1:]}{own.place * _A_COMMUNITY + serial:06d}"
        what = known[class_code]
        parts.append(Part(code, class_code, what["small_name"], what["department"], road, point[None, :]))
    return parts


def _along(side: Side, low: float, high: float, chance: Random) -> list[tuple[str, str, tuple[float, float]]]:
    road, found = side.road, []
    for class_code, (spacings, off) in SPACING.items():
        spacing = spacings[road.rank]
        if not spacing:
            continue
        reach = road.width / 2 + off
        across = road.at + reach if side.beyond else road.at - reach
        first = low + 4 + chance.random() * spacing
        for step in range(max(0, math.ceil((high - 4 - first) / spacing))):
            along = first + step * spacing
            found.append((class_code, road.name, (across, along) if road.axis == "u" else (along, across)))
    if road.rank < 2 and chance.random() < 0.25:
        across = road.at + (road.width / 2 if side.beyond else -road.width / 2)
        found.append(("P0204", road.name, (across, low + 6) if road.axis == "u" else (low + 6, across)))
    return found
