"""Who is next to whom, from whatever is known of the ground: footprints, roads, barriers; never across a barrier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.intake.footprints import grounds
from wangge.cores.planner.intake.openings import links
from wangge.cores.planner.intake.roads import distances
from wangge.cores.planner.neighbours import by_community, chained, edges_of, missing_links, neighbours
from wangge.cores.planner.records import Edges, Floats, Ints, Units
from wangge.cores.planner.spots import delaunay, distinct

if TYPE_CHECKING:
    from wangge.cores.planner.intake.barriers import Barriers

Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Terrain:
    """What is known of the ground beside the units, in their metres.

    :param footprints: n valid areas, if every unit has one.
    :param roads: k x 2 x 2, straight stretches.
    :param apart: p x 2 rows of units that are not to be linked.
    """

    footprints: Shapes | None = None
    roads: Floats | None = None
    barriers: Barriers | None = None
    apart: Ints | None = None


def adjacency(units: Units, terrain: Terrain) -> tuple[Units, Edges]:
    """The units, with the areas of their grounds where footprints tell them, and who is next to whom.

    In this order: neighbours by footprints, else by proximity, inside a community and on one side of every barrier;
    without those whose straight way meets a barrier; the shortest straight ways between what fell apart by that; links
    through openings; lengths along roads; without the pairs to be kept apart.
    """
    group, places = by_community(units), np.stack([units.x, units.y], axis=1)
    community = group
    if terrain.barriers is not None:
        side = terrain.barriers.sides(places)
        group = np.unique(np.stack([community, side], axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    if terrain.footprints is None:
        edges = neighbours(units, group)
    else:
        units, edges = _by_footprints(units, group, terrain.footprints)
    edges = _joined(units, group, edges, terrain.barriers)
    if terrain.roads is not None:
        edges = replace(edges, len_m=distances(places, edges.u, edges.v, _walkable(terrain)))
    if terrain.barriers is not None:
        edges = _more(edges, *links(places, community, terrain.barriers))
    return units, edges if terrain.apart is None else _without(edges, terrain.apart, len(units))


def _by_footprints(units: Units, group: Ints, shapes: Shapes) -> tuple[Units, Edges]:
    found = grounds(shapes)
    inside = group[found.u] == group[found.v]
    u, v, border = found.u[inside], found.v[inside], found.border_m[inside]
    length = np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v])
    return replace(units, area_m2=found.area_m2, perim_m=found.perim_m), Edges(u, v, border, length)


def _joined(units: Units, group: Ints, edges: Edges, barriers: Barriers | None) -> Edges:
    """Edges without those across a barrier, and the shortest further ones that join what is apart in a group."""
    places = np.stack([units.x, units.y], axis=1)
    if barriers is not None:
        edges = _kept(edges, ~barriers.part(places[edges.u], places[edges.v]))
    spots, spot = distinct(units.x, units.y)
    chains, speakers, speaker = chained(spot, group)
    near = speaker[np.stack([edges.u, edges.v], axis=1)]

    def clear(pairs: Ints) -> NDArray[np.bool_]:
        if barriers is None:
            return np.ones(len(pairs), dtype=bool)
        return ~barriers.part(places[speakers[pairs[:, 0]]], places[speakers[pairs[:, 1]]])

    more = missing_links(spots, spot[speakers], group[speakers], near, delaunay, clear)
    added = edges_of(units, np.concatenate([chains, speakers[more]]))
    return _more(edges, added.u, added.v, added.len_m)


def _walkable(terrain: Terrain) -> Floats:
    roads = terrain.roads
    assert roads is not None
    if terrain.barriers is None or not len(roads):
        return roads
    return np.asarray(roads[~terrain.barriers.part(roads[:, 0], roads[:, 1])])


def _kept(edges: Edges, which: NDArray[np.bool_]) -> Edges:
    columns = (edges.u, edges.v, edges.border_m, edges.len_m)
    return Edges(*(None if column is None else column[which] for column in columns))  # type: ignore[arg-type]


def _more(edges: Edges, u: Ints, v: Ints, length: Floats | None) -> Edges:
    """Further edges without a border, behind those that there are; of a pair that is there already nothing changes."""
    border = None if edges.border_m is None else np.concatenate([edges.border_m, np.zeros(len(u))])
    assert edges.len_m is not None
    assert length is not None
    both = [np.concatenate(pair) for pair in ((edges.u, u), (edges.v, v), (edges.len_m, length))]
    low, high = np.minimum(both[0], both[1]), np.maximum(both[0], both[1])
    _, once = np.unique(np.stack([low, high], axis=1), axis=0, return_index=True)
    return _kept(Edges(low, high, border, both[2]), once)  # type: ignore[arg-type]


def _without(edges: Edges, pairs: Ints, n: int) -> Edges:
    keys = np.sort(pairs, axis=1) @ np.array([n, 1])
    mine = np.minimum(edges.u, edges.v) * n + np.maximum(edges.u, edges.v)
    return _kept(edges, ~np.isin(mine, keys))
