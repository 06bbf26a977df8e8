"""A strip of the town's own base map for the head of the page: river, green, roads, buildings, one community. Drawn once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
WIDE, HIGH = 1120.0, 296.0
METRES_A_POINT = 1.3
METRES_A_DEGREE = 111_320.0
SHOWN = (("water", "water"), ("green", "green"), ("buildings", "house"), ("communities", "ours"))
ROADS = {"arterial": 13.0, "street": 8.0}


@lru_cache(maxsize=4)
def of(home: Path) -> str:
    """The strip as an SVG, coloured by the page's own style sheet; empty where the demo has no base map."""
    folder = home / "town" / "basemap"
    if not (folder / "buildings.geojson").exists():
        return ""
    layers = {
        name: _features(folder, name) for name in ("water", "green", "roads", "buildings", "communities")
    }
    near = _by_the_river(layers["buildings"], layers["water"])
    frame = Frame(near)
    layers["communities"] = [one for one in layers["communities"] if _holds(one, near)]
    drawn = [shape for layer, kind in SHOWN[:2] for shape in frame.areas(layers[layer], kind)]
    drawn += frame.roads(layers["roads"])
    drawn += [shape for layer, kind in SHOWN[2:] for shape in frame.areas(layers[layer], kind)]
    return (
        f'<svg viewBox="0 0 {WIDE:.0f} {HIGH:.0f}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        + "".join(drawn)
        + "</svg>"
    )


class Frame:
    """The window on the map: what lies at ``near`` comes to stand right of its middle."""

    def __init__(self, near: Point) -> None:
        self._lon, self._lat = near
        self._across = METRES_A_DEGREE * math.cos(math.radians(near[1])) / METRES_A_POINT
        self._up = METRES_A_DEGREE / METRES_A_POINT

    def areas(self, features: list[dict[str, Any]], kind: str) -> Iterator[str]:
        """Polygons that touch the window."""
        for one in features:
            rings = [self._line(ring) for ring in _rings(one["geometry"]) if self._touches(ring)]
            if rings:
                yield f'<path class="{kind}" d="{"".join(f"M{ring}Z" for ring in rings)}"/>'

    def roads(self, features: list[dict[str, Any]]) -> Iterator[str]:
        """Roads that touch the window, by their width."""
        for one in features:
            line = one["geometry"]["coordinates"]
            if one["geometry"]["type"] == "LineString" and self._touches(line):
                width = ROADS.get(one["properties"]["class"], 4.0)
                yield f'<path class="road" stroke-width="{width:.0f}" d="M{self._line(line)}"/>'

    def _place(self, point: list[float]) -> Point:
        return (
            WIDE * 0.56 + (point[0] - self._lon) * self._across,
            HIGH * 0.36 - (point[1] - self._lat) * self._up,
        )

    def _line(self, points: list[list[float]]) -> str:
        return " ".join(f"{x:.0f},{y:.0f}" for x, y in map(self._place, points))

    def _touches(self, points: list[list[float]]) -> bool:
        xs, ys = zip(*map(self._place, points), strict=True)
        return min(xs) < WIDE and max(xs) > 0 and min(ys) < HIGH and max(ys) > 0


def _features(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    return found


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    whole = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for polygon in whole.get(geometry["type"], []):
        yield from polygon


def _middle(feature: dict[str, Any]) -> Point:
    ring = next(_rings(feature["geometry"]))
    return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)


def _by_the_river(buildings: list[dict[str, Any]], water: list[dict[str, Any]]) -> Point:
    """Of the quarter of the buildings that is nearest to the river, the one nearest to the middle of the town."""
    rivers = [one for one in water if one["properties"]["kind"] == "river"]
    bank = [point for one in rivers for ring in _rings(one["geometry"]) for point in ring[::3]]
    middles = [_middle(one) for one in buildings]
    heart = (sum(m[0] for m in middles) / len(middles), sum(m[1] for m in middles) / len(middles))
    near = sorted(middles, key=lambda m: min((_apart(m, p) for p in bank), default=0.0))[
        : len(middles) // 4 + 1
    ]
    return min(near, key=lambda m: _apart(m, heart))


def _apart(a: Point, b: Point | list[float]) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _holds(feature: dict[str, Any], point: Point) -> bool:
    """Whether a point lies inside, by counting the edges that a ray crosses."""
    inside = False
    for ring in _rings(feature["geometry"]):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point[1]) != (y2 > point[1]) and point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside
