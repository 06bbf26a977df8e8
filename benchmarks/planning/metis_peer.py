"""METIS, best of many (Karypis & Kumar 1998, through pymetis): partitions of a piece, its units weighted by their households.

METIS knows no lower bound, and one tolerance for all parts. So it is asked for every number of grids that the bounds allow (the eight
nearest to the middle of the band), with several seeds and tolerances, k-way with contiguous parts and by recursive bisection. Edges weigh
their common border where units tile the ground (least cut = shortest borders), else the nearness of the two. The best counts: fewest
grids out of range or in two parts, then the number of grids nearest to the middle of the band, then the least cut.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pymetis
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from benchmarks.planning.peers import counts, outside
from wangge.cores.planner.pieces import Cut
from wangge.cores.planner.records import Ints

SEEDS = range(1, 9)
USUAL = 30  # METIS' own tolerance of a k-way partition, in thousandths
COUNTS = 8
LEAST_TOLERANCE = 5  # thousandths


def cut(piece: Cut, households: Ints, low: int, high: int) -> Ints:
    """A label for each unit of a piece."""
    n, total = len(households), int(households.sum())
    middle = 2 * total / (low + high)
    numbers = sorted((k for k in counts(total, low, high) if k <= n), key=lambda k: abs(k - middle))
    best, chosen = (np.inf, 0.0), np.zeros(n, np.int64)
    weights = _weights(piece)
    for k in numbers[:COUNTS] if total else []:
        for edges, labels in _asked(piece, weights, households, k, high):
            bad = outside(labels, households, low, high) + _broken(piece, labels)
            if (bad, abs(k - middle) * 1e9 + edges) < best:
                best, chosen = (bad, abs(k - middle) * 1e9 + edges), labels
    return chosen


def cut_once(piece: Cut, households: Ints, low: int, high: int) -> Ints:
    """The same by one question: the number of grids nearest to the middle of the band, METIS' own tolerance."""
    k = min(max(1, round(2 * int(households.sum()) / (low + high))), len(households))
    if k == 1 or not households.any():
        return np.zeros(len(households), np.int64)
    return _partition(piece, _weights(piece), households, k, SEEDS[0], False, USUAL)[1]


def _asked(piece: Cut, weights: Ints, households: Ints, k: int, high: int) -> Iterator[tuple[int, Ints]]:
    """Every answer for k parts: the edges cut, and the labels."""
    if k == 1:
        yield 0, np.zeros(len(households), np.int64)
        return
    room = max(LEAST_TOLERANCE, int(1000 * (high * k / households.sum() - 1)))
    ways = ((False, room), (False, room // 3), (False, USUAL), (True, USUAL), (True, LEAST_TOLERANCE))
    for seed in SEEDS:
        for recursive, tolerance in ways:
            yield _partition(piece, weights, households, k, seed, recursive, max(tolerance, 1))


def _partition(
    piece: Cut, weights: Ints, households: Ints, k: int, seed: int, recursive: bool, tolerance: int
) -> tuple[int, Ints]:
    start, near = piece.piece.start.astype(np.int32), piece.piece.edges["near"].astype(np.int32)
    edges, parts = pymetis.part_graph(
        k,
        adjacency=pymetis.CSRAdjacency(start, near),
        vweights=households.astype(np.int32),
        eweights=weights.astype(np.int32),
        recursive=recursive,
        options=pymetis.Options(seed=seed, ufactor=tolerance, contig=int(not recursive)),
    )
    return edges, np.asarray(parts, np.int64)


def _broken(piece: Cut, labels: Ints) -> int:
    """Grids in more than one part."""
    start, near = piece.piece.start, piece.piece.edges["near"]
    leaving = np.repeat(np.arange(len(labels)), np.diff(start))
    kept = labels[leaving] == labels[near]
    graph = csr_matrix(
        (np.ones(int(kept.sum()), np.int8), (leaving[kept], near[kept])), shape=(len(labels),) * 2
    )
    parts = connected_components(graph, directed=False)[1]
    pairs = np.unique(np.stack([labels, parts], axis=1), axis=0)
    return int((np.bincount(pairs[:, 0]) > 1).sum())


def _weights(piece: Cut) -> Ints:
    edges = piece.piece.edges
    if edges["border"].any():
        return np.maximum(1, edges["border"].round()).astype(np.int64)
    return np.maximum(1, (1000 / (1 + edges["length"])).round()).astype(np.int64)
