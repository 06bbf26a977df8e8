"""The demo's town: from the flat plan (u, v) to the bent ground (x, y) in metres and on to longitude and latitude.

u runs downstream along the river, v away from its bank. Bends turn straight plan lines into roads that swing with
the river; at Yichang the river flows to the south-east and the town stands on its left bank.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wangge.entry.demo.town.divisions import District
from wangge.entry.demo.town.seeds import stream

Points = NDArray[np.float64]
"""n × 2 coordinates."""

METRES = "EPSG:4546"
"""CGCS2000, 3-degree Gauss-Krüger zone about 111° E: Yichang's own."""
DEGREES = "EPSG:4490"
"""CGCS2000, longitude and latitude."""

_DECIMALS = 7
_ANCHORS = {
    "420502": (111.285, 30.692), "420503": (111.405, 30.612), "420504": (111.175, 30.640), "420505": (111.480, 30.520),
    "420506": (111.420, 30.800), "420525": (111.640, 31.060), "420526": (110.750, 31.340), "420527": (110.960, 30.830),
    "420528": (111.190, 30.470), "420529": (110.670, 30.200), "420581": (111.450, 30.390), "420582": (111.790, 30.820),
    "420583": (111.760, 30.430),
}  # fmt: skip
_DOWNSTREAM = math.radians(-47)


@dataclass(frozen=True)
class Frame:
    """The plan of one district laid on the ground; `waves` are the bends: amplitude, two wave numbers, phase."""

    centre: tuple[float, float]
    middle: tuple[float, float]
    waves_u: tuple[tuple[float, float, float, float], ...]
    waves_v: tuple[tuple[float, float, float, float], ...]

    def ground(self, plan: Points) -> Points:
        """Plan (u, v) → metres (x east, y north), n × 2."""
        u, v = plan[:, 0], plan[:, 1]
        bent_u, bent_v = u - self.middle[0], v - self.middle[1]
        for amplitude, ku, kv, phase in self.waves_u:
            bent_u = bent_u + amplitude * np.sin(ku * u + kv * v + phase)
        for amplitude, ku, kv, phase in self.waves_v:
            bent_v = bent_v + amplitude * np.sin(ku * u + kv * v + phase)
        cos, sin = math.cos(_DOWNSTREAM), math.sin(_DOWNSTREAM)
        x = self.centre[0] + cos * bent_u - sin * bent_v
        y = self.centre[1] + sin * bent_u + cos * bent_v
        return np.column_stack([x, y])

    def tangent(self, u: float, v: float) -> tuple[Points, float]:
        """The bend around a plan point: the 2 × 2 matrix of its slopes, and the angle of u's direction in radians."""
        step = 1.0
        around = np.array([[u - step, v], [u + step, v], [u, v - step], [u, v + step]])
        ground = self.ground(around)
        along = (ground[1] - ground[0]) / (2 * step)
        across = (ground[3] - ground[2]) / (2 * step)
        return np.column_stack([along, across]), math.atan2(along[1], along[0])


def frame_of(district: District, seed: int, length: float, depth: float) -> Frame:
    """The frame of a district whose plan is `length` × `depth` metres."""
    chance = stream(seed, district.code, "bends")

    def wave(amplitude: float, wave_length: float, across: float) -> tuple[float, float, float, float]:
        k = 2 * math.pi / (wave_length * chance.uniform(0.85, 1.2))
        return amplitude, k, k * across, chance.uniform(0, 2 * math.pi)

    lon, lat = _ANCHORS[district.code]
    x, y = _transformer(DEGREES, METRES).transform([lon], [lat])
    return Frame(
        (float(x[0]), float(y[0])),
        (length / 2, 0.0),
        (wave(70, 2600, 0.9), wave(32, 1150, -0.7)),
        (wave(210, 5200, 0.15), wave(52, 1900, 0.5), wave(22, 900, 0.8)),
    )


def degrees(ground: Points) -> Points:
    """Metres → longitude and latitude to seven places (a centimetre)."""
    lon, lat = _transformer(METRES, DEGREES).transform(ground[:, 0], ground[:, 1])
    return np.round(np.column_stack([lon, lat]), _DECIMALS)


def densify(plan: Points, step: float = 40.0) -> Points:
    """A plan line with a point at least every `step` metres, so that bends show."""
    pieces = []
    for start, end in pairwise(plan):
        count = max(1, math.ceil(float(np.hypot(*(end - start))) / step))
        pieces.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.vstack([*pieces, plan[-1:]])


@cache
def _transformer(source: str, target: str) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(source, target, always_xy=True)
