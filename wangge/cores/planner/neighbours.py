"""Who is next to whom when nobody says: a proximity graph inside each community.

Two units are neighbours when they are of one group - a community, or the part of it on one side of a barrier -, at most `REACH_M` apart, and the circle over the line between
them holds no third unit, of whatever group (Gabriel & Sokal 1969): a house between two others parts them. Where a
group would fall apart, the shortest links inside it are added.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Edges, Floats, Ints, Units
from wangge.cores.planner.spots import distinct, gabriel

Flags = NDArray[np.bool_]

REACH_M = 400.0


def neighbours(units: Units, group: Ints | None = None) -> Edges:
    """The proximity graph. Every group is connected in it, whatever the distances.

    :param group: a number a unit; the communities if None.
    :returns: edges with `len_m`; u < v, in the order of u, v.
    """
    if group is None:
        group = by_community(units)
    spots, spot = distinct(units.x, units.y)
    chains, speakers, _ = chained(spot, group)
    near = _within(spots, spot[speakers], group[speakers], gabriel(spots))
    near = near[_length(spots, spot[speakers], near) <= REACH_M]
    links = missing_links(spots, spot[speakers], group[speakers], near)
    return edges_of(units, np.concatenate([chains, speakers[near], speakers[links]]))


def by_community(units: Units) -> Ints:
    """A number a unit, the same for those of one community."""
    names = np.asarray(units.community, dtype=object).astype(str)
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def edges_of(units: Units, pairs: Ints) -> Edges:
    """Pairs of units (m x 2) as edges, u < v, in the order of u, v."""
    pairs = np.sort(pairs, axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    u, v = pairs[:, 0], pairs[:, 1]
    return Edges(u, v, len_m=np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v]))


def chained(spot: Ints, group: Ints) -> tuple[Ints, Ints, Ints]:
    """Units of one group at one spot are a chain; the first of them speaks for the others.

    :returns: the chains' pairs (m x 2); the speakers, sorted by spot; the position among them of each unit's speaker.
    """
    order = np.lexsort((np.arange(len(spot)), group, spot))
    same = (np.diff(spot[order]) == 0) & (np.diff(group[order]) == 0)
    chains = np.stack([order[:-1][same], order[1:][same]], axis=1)
    first = np.concatenate([[True], ~same])[: len(spot)]
    speaker = np.empty(len(spot), np.int64)
    speaker[order] = np.cumsum(first) - 1
    return chains, order[first], speaker


def _within(spots: Floats, spot: Ints, community: Ints, pairs: Ints) -> Ints:
    """Pairs of spots as pairs of speakers, as far as one community stands at both.

    :param spot, community: of each speaker, sorted by spot.
    """
    first = np.searchsorted(spot, np.arange(len(spots) + 1))
    count = np.diff(first)
    found = []
    # Spots that two communities share are rare: one round for each further speaker at a spot.
    for i in range(int(count.max(initial=0))):
        for j in range(int(count.max(initial=0))):
            a, b = pairs[(count[pairs[:, 0]] > i) & (count[pairs[:, 1]] > j)].T
            a, b = first[a] + i, first[b] + j
            found.append(np.stack([a, b], axis=1)[community[a] == community[b]])
    return np.concatenate(found) if found else np.empty((0, 2), np.int64)


def _length(spots: Floats, spot: Ints, pairs: Ints) -> Floats:
    return np.asarray(np.hypot(*(spots[spot[pairs[:, 0]]] - spots[spot[pairs[:, 1]]]).T))


def missing_links(
    spots: Floats,
    spot: Ints,
    group: Ints,
    near: Ints,
    candidates: Callable[[Floats], Ints] = gabriel,
    allowed: Callable[[Ints], Flags] | None = None,
) -> Ints:
    """The shortest further pairs of speakers that connect each group.

    :param spot, group: of each of n speakers; `near`: the pairs of them that there are.
    :param candidates: which pairs of a group's own spots to choose from; `allowed`: whether these pairs of speakers may be.
    :returns: pairs of speakers. A group may stay in parts where too few are allowed.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(spot)
    graph = coo_matrix((np.ones(len(near), np.int8), (near[:, 0], near[:, 1])), shape=(n, n))
    part = connected_components(graph, directed=False)[1]
    parts_of = np.bincount(group[np.unique(part, return_index=True)[1]]) if n else np.empty(0, np.int64)
    order = np.argsort(group, kind="stable")
    found = [np.empty((0, 2), np.int64)]
    for mine in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        if n and parts_of[group[mine[0]]] > 1:
            own = mine[candidates(spots[spot[mine]])]
            own = own[part[own[:, 0]] != part[own[:, 1]]]
            own = own if allowed is None else own[allowed(own)]
            found.append(own[_joins(part, own, _length(spots, spot, own))])
    return np.concatenate(found)


def _joins(part: Ints, pairs: Ints, length: Floats) -> Ints:
    """Which pairs, taken from the shortest on, join parts that were apart (Kruskal 1956)."""
    root: dict[int, int] = {}

    def top(p: int) -> int:
        while p in root:
            p = root[p]
        return p

    chosen = []
    for i in np.argsort(length, kind="stable"):
        a, b = top(int(part[pairs[i, 0]])), top(int(part[pairs[i, 1]]))
        if a != b:
            root[b] = a
            chosen.append(i)
    return np.array(chosen, dtype=np.int64)
