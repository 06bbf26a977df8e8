"""The connected pieces of a city's communities, cut out of its units and edges as arrays for the kernels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wangge.cores.planner.kernels.ground import EDGE, Piece, unit_rows
from wangge.cores.planner.records import Edges, Floats, Ints, Units


@dataclass(frozen=True, eq=False)
class Cut:
    """A piece and where it comes from.

    :param rows: row of each of its units, from west to east: the order of the file plays no part.
    :param number: 0, 1, ... among the pieces of its community, from west to east.
    """

    community: str
    number: int
    of: int  # pieces in the community
    rows: Ints
    piece: Piece


def pieces(units: Units, edges: Edges) -> Iterator[Cut]:
    """Connected pieces, community by community in the order of their names."""
    names, code = np.unique(np.asarray(units.community, dtype=object).astype(str), return_inverse=True)
    u, v, border, length = _inner(units, edges, code)
    piece = _ranked(units, code, _components(len(units), u, v))
    # Every piece becomes one run of places, from west to east; so do its edges.
    order = np.lexsort((units.y, units.x, piece))
    place = np.empty(len(units), np.int64)
    place[order] = np.arange(len(units))
    links = _rows(place, u, v, border, length)
    starts = np.searchsorted(links["from"], np.arange(len(units) + 1))
    rows_of = np.split(order, np.flatnonzero(np.diff(piece[order])) + 1) if len(units) else []
    counts = np.bincount(code[np.unique(piece, return_index=True)[1]], minlength=len(names))
    at, number, community = 0, 0, ""
    for rows in rows_of:
        number = number + 1 if units.community[rows[0]] == community else 0
        community = units.community[rows[0]]
        start = starts[at : at + len(rows) + 1]
        mine = np.empty(start[-1] - start[0], EDGE)
        mine["near"] = links["to"][start[0] : start[-1]] - at
        for field in ("length", "border"):
            mine[field] = links[field][start[0] : start[-1]]
        yield Cut(
            community,
            number,
            int(counts[code[rows[0]]]),
            rows,
            Piece(_sums(units, rows), start - start[0], mine),
        )
        at += len(rows)


def _ranked(units: Units, code: Ints, piece: Ints) -> Ints:
    """Pieces renumbered by community, then by their westernmost unit."""
    order = np.lexsort((units.y, units.x, piece))
    first = order[np.flatnonzero(np.diff(piece[order], prepend=-1))]
    rank = np.empty(len(first), np.int64)
    rank[np.lexsort((units.y[first], units.x[first], code[first]))] = np.arange(len(first))
    return rank[piece]


def _sums(units: Units, rows: Ints) -> Floats:
    nothing = np.zeros(len(rows))
    area = nothing if units.area_m2 is None else units.area_m2[rows]
    perimeter = nothing if units.perim_m is None else units.perim_m[rows]
    return unit_rows(units.households[rows], units.x[rows], units.y[rows], area, perimeter)


def _inner(units: Units, edges: Edges, code: Ints) -> tuple[Ints, Ints, Floats, Floats]:
    """Edges inside a community, each once, u < v, with a length and a border."""
    u, v = np.minimum(edges.u, edges.v), np.maximum(edges.u, edges.v)
    straight = np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v])
    length = straight if edges.len_m is None else edges.len_m
    border = np.zeros(len(u)) if edges.border_m is None else edges.border_m
    _, once = np.unique(u * len(units) + v, return_index=True)
    once = once[(u[once] != v[once]) & (code[u[once]] == code[v[once]])]
    return u[once], v[once], border[once], length[once]


def _components(n: int, u: Ints, v: Ints) -> Ints:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    links = coo_matrix((np.ones(len(u), np.int8), (u, v)), shape=(n, n))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _rows(place: Ints, u: Ints, v: Ints, border: Floats, length: Floats) -> dict[str, np.ndarray]:
    """Both directions of every edge between places, sorted."""
    start, end = np.concatenate([place[u], place[v]]), np.concatenate([place[v], place[u]])
    order = np.lexsort((end, start))
    twice = np.concatenate
    return {
        "from": start[order],
        "to": end[order],
        # A metre more: no link is for nothing, or the entrances of one point would chain at will.
        "length": twice([length, length])[order] + 1.0,
        "border": twice([border, border])[order],
    }
