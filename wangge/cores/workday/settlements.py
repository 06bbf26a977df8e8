"""Made-up settlements, drawn from a seed: compounds with lifts, old compounds without, villages. They stand for kinds of
ground, not for any place; dimensions are assumptions (`SHAPES`) and the report prints them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wangge.cores.planner.records import Units
from wangge.cores.workday.ground import Ground

HOUSEHOLDS = 4800
"""Of one community: every size from 200 to 800 fits several times."""


@dataclass(frozen=True)
class Shape:
    """A kind of settlement.

    :param households: of a building, least and most; `floors` likewise; `lift` 1 where buildings have one.
    :param pitch_m: from one building to the next; `group`: buildings of a compound or hamlet; `gap_m`: between those.
    """

    households: tuple[int, int]
    floors: tuple[int, int]
    lift: int
    pitch_m: float
    group: int
    gap_m: float


SHAPES = {
    "lifts": Shape((48, 96), (12, 24), 1, 55.0, 12, 90.0),
    "old": Shape((24, 48), (5, 7), 0, 35.0, 20, 60.0),
    "village": Shape((1, 3), (1, 3), 0, 35.0, 16, 450.0),
}


def settlement(name: str, seed: int, communities: int = 2) -> Ground:
    """Communities of one shape; `mixed` is one community with lifts for each old one.

    :raises KeyError: for a name that is neither `mixed` nor one of `SHAPES`.
    """
    rng = np.random.default_rng([seed, len(name)])
    kinds = ["old", "lifts"] * ((communities + 1) // 2) if name == "mixed" else [name] * communities
    parts = [_community(SHAPES[kind], rng) for kind in kinds[:communities]]
    shift, xs = 0.0, []
    for part in parts:
        xs.append(part[0] + shift)
        shift += float(part[0].max()) + 400.0
    labels = [f"c{number}" for number, part in enumerate(parts) for _ in part[0]]
    y, households, floors, lift = (np.concatenate([part[i] for part in parts]) for i in range(1, 5))
    ids = [f"b{row}" for row in range(len(labels))]
    units = Units(ids, np.concatenate(xs), y, households, labels)
    return Ground(name, units, floors.astype(np.int64), lift.astype(np.int64))


def _community(shape: Shape, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """x, y, households, floors, lift of buildings in groups on a square of groups, each a little out of line."""
    mean = sum(shape.households) / 2
    count = round(HOUSEHOLDS / mean)
    side, groups = int(np.ceil(np.sqrt(shape.group))), int(np.ceil(count / shape.group))
    across, step = int(np.ceil(np.sqrt(groups))), side * shape.pitch_m + shape.gap_m
    number = np.arange(count)
    group, inside = number // shape.group, number % shape.group
    wander = rng.normal(0, shape.pitch_m / 6, (2, count))
    x = (group % across) * step + (inside % side) * shape.pitch_m + wander[0]
    y = (group // across) * step + (inside // side) * shape.pitch_m + wander[1]
    households = rng.integers(shape.households[0], shape.households[1] + 1, count)
    floors = rng.integers(shape.floors[0], shape.floors[1] + 1, count)
    return x, y, households, floors, np.full(count, shape.lift)
