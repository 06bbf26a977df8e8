"""Who is next to whom when nobody says: a proximity graph inside each community.

Two units are neighbours when they are of one community, at most `REACH_M` apart, and the circle over the line between
them holds no third unit, of whatever community (Gabriel & Sokal 1969): a house between two others parts them. Where a
community would fall apart, the shortest links inside it are added.
"""

from __future__ import annotations

import numpy as np

from wangge.cores.planner.records import Edges, Floats, Ints, Units
from wangge.cores.planner.spots import distinct, gabriel

REACH_M = 400.0


def neighbours(units: Units) -> Edges:
    """The proximity graph. Every community is connected in it, whatever the distances.

    :returns: edges with `len_m`; u < v, in the order of u, v.
    """
    spots, spot = distinct(units.x, units.y)
    _, community = np.unique(np.asarray(units.community, dtype=object).astype(str), return_inverse=True)
    # Units of one community at one spot are a chain; the first of them speaks for the others.
    order = np.lexsort((np.arange(len(units)), community, spot))
    same = (np.diff(spot[order]) == 0) & (np.diff(community[order]) == 0)
    chains = np.stack([order[:-1][same], order[1:][same]], axis=1)
    speakers = order[np.concatenate([[True], ~same])] if len(units) else order
    near = _within(spots, spot[speakers], community[speakers], gabriel(spots))
    near = near[_length(spots, spot[speakers], near) <= REACH_M]
    links = _missing_links(spots, spot[speakers], community[speakers], near)
    pairs = np.sort(np.concatenate([chains, speakers[near], speakers[links]]), axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    u, v = pairs[:, 0], pairs[:, 1]
    return Edges(u, v, len_m=np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v]))


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


def _missing_links(spots: Floats, spot: Ints, community: Ints, near: Ints) -> Ints:
    """The shortest further pairs of speakers that connect each community."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(spot)
    graph = coo_matrix((np.ones(len(near), np.int8), (near[:, 0], near[:, 1])), shape=(n, n))
    part = connected_components(graph, directed=False)[1]
    parts_of = np.bincount(community[np.unique(part, return_index=True)[1]]) if n else np.empty(0, np.int64)
    order = np.argsort(community, kind="stable")
    found = [np.empty((0, 2), np.int64)]
    for mine in np.split(order, np.flatnonzero(np.diff(community[order])) + 1):
        if n and parts_of[community[mine[0]]] > 1:
            own = mine[gabriel(spots[spot[mine]])]
            found.append(own[_joins(part, own, _length(spots, spot, own))])
    return np.concatenate(found)


def _joins(part: Ints, pairs: Ints, length: Floats) -> Ints:
    """Which pairs, taken from the shortest on, join parts that were apart (Kruskal 1956)."""
    root: dict[int, int] = {}

    def top(p: int) -> int:
        while p in root:
            p = root[p]
        return p

    joins = []
    apart = np.flatnonzero(part[pairs[:, 0]] != part[pairs[:, 1]])
    for i in apart[np.argsort(length[apart], kind="stable")]:
        a, b = top(int(part[pairs[i, 0]])), top(int(part[pairs[i, 1]]))
        if a != b:
            root[b] = a
            joins.append(i)
    return np.array(joins, dtype=np.int64)
