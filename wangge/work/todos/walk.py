"""The order of a walk: what is due first decides where it begins, nearness decides how it goes on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, TypeVar

from wangge.cores.geo.distances import EARTH_M


class Stop(Protocol):
    """Somewhere to go."""

    @property
    def lon(self) -> float: ...

    @property
    def lat(self) -> float: ...


S = TypeVar("S", bound=Stop)


def order(urgent: Sequence[S], others: Sequence[S]) -> list[S]:
    """Urgent stops in the order given, with others taken in on the way from each to the next nearest one.

    Greedy nearest neighbour: a grid has some dozens of stops, all within ten minutes' walk of each other.
    """
    left, walked = list(others), list(urgent)
    while left:
        nearest = _nearest(walked[-1], left) if walked else left[0]
        left.remove(nearest)
        walked.append(nearest)
    return walked


def _nearest(here: S, others: Sequence[S]) -> S:
    return min(others, key=lambda other: distance(here, other))


def distance(a: Stop, b: Stop) -> float:
    """Metres between two near places (equirectangular: exact enough within a city)."""
    across = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return EARTH_M * math.hypot(across, math.radians(b.lat - a.lat))
