"""How far it is from door to door along roads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Shapes = NDArray[np.object_]
LIMIT_M = 1_000.0  # a way that is longer, or that no road leads, counts so much
_SAME_M = 0.01  # roads meet where they share a vertex


def distances(places: Floats, u: Ints, v: Ints, roads: Floats) -> Floats:
    """Metres between pairs of units along roads: to the nearest road, along it, and from it.

    Who stands nearer to each other than to their roads goes straight. Never less than the straight line, never more than
    `LIMIT_M` unless the straight line is.

    :param places: n x 2 metres; `u`, `v`: m rows of it; `roads`: k x 2 x 2 metres, from `stretches`.
    """
    straight = np.hypot(*(places[u] - places[v]).T)
    if not len(roads) or not len(u):
        return straight
    stretch, share, off = _on_roads(places, roads)
    along = _along(u, v, _network(roads, stretch, share))
    way = np.minimum(off[u] + off[v] + along, LIMIT_M)
    return np.where(straight <= np.minimum(off[u], off[v]), straight, np.maximum(way, straight))


def stretches(shapes: Shapes) -> Floats:
    """The straight stretches of lines (areas' outlines too): k x 2 x 2 metres."""
    import shapely

    points, line = shapely.get_coordinates(shapely.get_parts(shapely.get_parts(shapes)), return_index=True)
    same = np.flatnonzero(line[1:] == line[:-1])
    ends = np.stack([points[same], points[same + 1]], axis=1)
    return np.asarray(ends[np.any(ends[:, 0] != ends[:, 1], axis=1)])


def _on_roads(places: Floats, roads: Floats) -> tuple[Ints, Floats, Floats]:
    """The nearest stretch of each place, where on it (0 to 1), and how far beside it (metres)."""
    import shapely

    lines, points = shapely.linestrings(roads), shapely.points(places)
    which, stretch = shapely.STRtree(lines).query_nearest(points, all_matches=False)
    order = np.argsort(which, kind="stable")
    stretch = stretch[order].astype(np.int64)
    share = shapely.line_locate_point(lines[stretch], points, normalized=True)
    return stretch, np.asarray(share), np.asarray(shapely.distance(lines[stretch], points))


def _network(roads: Floats, stretch: Ints, share: Floats) -> csr_array:
    """The graph of metres between nodes: first the n places, which part the stretch they are on, then the stretches' ends."""
    from scipy.sparse import csr_array

    k, n = len(roads), len(stretch)
    _, corner = np.unique(np.round(roads.reshape(-1, 2) / _SAME_M), axis=0, return_inverse=True)
    corner = corner.reshape(-1, 2)
    node = np.concatenate([np.arange(n), corner[:, 0] + n, corner[:, 1] + n])
    on = np.concatenate([stretch, np.arange(k), np.arange(k)])
    at = np.concatenate([share, np.zeros(k), np.ones(k)])
    order = np.lexsort((node, at, on))
    node, on, at = node[order], on[order], at[order]
    same = np.flatnonzero(on[1:] == on[:-1])
    length = np.hypot(*(roads[:, 1] - roads[:, 0]).T)
    # A stretch of nothing must still be one: sparse matrices forget zeros.
    metres = np.maximum((at[same + 1] - at[same]) * length[on[same]], 1e-6)
    a, b = np.minimum(node[same], node[same + 1]), np.maximum(node[same], node[same + 1])
    size = n + int(corner.max()) + 1
    keys, first = np.unique(a * size + b, return_inverse=True)
    shortest = np.full(len(keys), np.inf)
    np.minimum.at(shortest, first.reshape(-1), metres)  # of two roads between two corners the shorter
    return csr_array((shortest, np.divmod(keys, size)), shape=(size, size))


def _along(u: Ints, v: Ints, graph: csr_array) -> Floats:
    """Metres between nodes along the graph (Dijkstra 1959), inf beyond `LIMIT_M`."""
    from scipy.sparse.csgraph import dijkstra

    found = np.full(len(u), np.inf)
    order = np.argsort(u, kind="stable")
    starts, first = np.unique(u[order], return_index=True)
    room = max(1, 4_000_000 // graph.shape[0])
    for begin in range(0, len(starts), room):
        some = starts[begin : begin + room]
        last = first[begin + room] if begin + room < len(first) else len(order)
        mine = order[first[begin] : last]
        metres = dijkstra(graph, directed=False, indices=some, limit=LIMIT_M)
        found[mine] = metres[np.searchsorted(some, u[mine]), v[mine]]
    return found
