"""GerryChain's `recursive_tree_part`: grids cut one by one off random spanning trees (DeFord, Duchin & Solomon 2021).

It takes a number of parts, a target and a tolerance. Each number of grids that the bounds allow is tried, those in the middle first,
with the tolerance that both bounds leave; where all fail, the tolerance is widened by half until one is found.
"""

from __future__ import annotations

import random
import warnings
from functools import partial

import networkx as nx
import numpy as np
from gerrychain import Graph
from gerrychain.partition.initial_partition_generators import recursive_tree_part
from gerrychain.tree import BalanceError, BipartitionWarning, bipartition_tree

from benchmarks.planning.peers import counts
from wangge.cores.planner.pieces import Cut
from wangge.cores.planner.records import Ints

ATTEMPTS = 50  # trees for one cut
COUNTS = 4  # numbers of grids tried before the tolerance is widened
WIDENINGS = 12


def cut(piece: Cut, households: Ints, low: int, high: int) -> Ints:
    """A label for each unit of a piece; one grid for all of it where no tolerance helps."""
    n, total = len(households), int(households.sum())
    middle = 2 * total / (low + high)
    numbers = sorted((k for k in counts(total, low, high) if k <= n), key=lambda k: abs(k - middle))[:COUNTS]
    if total == 0 or not numbers or numbers[0] == 1:
        return np.zeros(n, np.int64)
    graph, chance = _graph(piece, households), random.Random(1)  # noqa: S311
    for widening in range(WIDENINGS):
        for k in numbers:
            target = total / k
            tolerance = max(min(high / target - 1, 1 - low / target), 0.02) * 1.5**widening
            labels = _tried(graph, k, target, tolerance, chance)
            if labels is not None:
                return labels
    return np.zeros(n, np.int64)


def _graph(piece: Cut, households: Ints) -> Graph:
    graph = nx.Graph()
    graph.add_nodes_from((u, {"households": int(here)}) for u, here in enumerate(households))
    start, near = piece.piece.start, piece.piece.edges["near"]
    graph.add_edges_from((u, int(v)) for u in range(len(households)) for v in near[start[u] : start[u + 1]])
    return Graph.from_networkx(graph)


def _tried(graph: Graph, k: int, target: float, tolerance: float, chance: random.Random) -> Ints | None:
    cutting = partial(bipartition_tree, max_attempts=ATTEMPTS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", BipartitionWarning)
        try:
            parts = recursive_tree_part(
                graph, range(k), target, "households", tolerance, bipartition_tree_fn=cutting, rng=chance
            )
        except (BalanceError, RuntimeError, KeyError):  # its 1.0 knows no tree of a single unit
            return None
    return np.array([parts[u] for u in sorted(parts)], np.int64)
