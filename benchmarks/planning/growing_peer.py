"""Plain region growing: what anybody would write first. From the westernmost free unit the nearest free neighbour is taken in until
the target is reached; what is left too small joins the neighbouring grid with the fewest households."""

from __future__ import annotations

import numpy as np

from wangge.cores.planner.pieces import Cut
from wangge.cores.planner.records import Ints


def cut(piece: Cut, households: Ints, low: int, high: int) -> Ints:
    """A label for each unit of a piece (its units come from west to east)."""
    labels = np.full(len(households), -1, np.int64)
    number = 0
    for u in range(len(labels)):
        if labels[u] < 0:
            _grow(piece, households, labels, u, number, (low + high) / 2, high)
            number += 1
    return _join(piece, households, labels, low, high)


def _near(piece: Cut, u: int) -> np.ndarray:
    return piece.piece.edges[piece.piece.start[u] : piece.piece.start[u + 1]]


def _grow(
    piece: Cut, households: Ints, labels: Ints, first: int, number: int, target: float, high: int
) -> None:
    labels[first], held = number, int(households[first])
    reach = {int(edge["near"]): float(edge["length"]) for edge in _near(piece, first)}
    while held < target:
        free = [v for v in reach if labels[v] < 0 and held + households[v] <= high]
        if not free:
            return
        v = min(free, key=lambda one: (reach[one], one))
        labels[v] = number
        held += int(households[v])
        for edge in _near(piece, v):
            w = int(edge["near"])
            reach[w] = min(reach.get(w, np.inf), reach[v] + float(edge["length"]))


def _join(piece: Cut, households: Ints, labels: Ints, low: int, high: int) -> Ints:
    """Grids below `low` join a neighbour where both together stay within `high`, the smallest first."""
    sizes = np.bincount(labels, households)
    for number in np.argsort(sizes, kind="stable"):
        if not 0 <= sizes[number] < low:
            continue
        around = {int(labels[v]) for u in np.flatnonzero(labels == number) for v in _near(piece, u)["near"]}
        fitting = [g for g in around - {int(number)} if sizes[g] + sizes[number] <= high]
        if fitting:
            to = min(fitting, key=lambda g: (sizes[g], g))
            labels[labels == number] = to
            sizes[to] += sizes[number]
            sizes[number] = -1
    return labels
