"""Short round tours over a handful of stops: nearest neighbour, then 2-opt (Croes 1958) and Or-opt (Or 1976).

A tour is an order of points that begins at point 0 (where the worker sets out and comes back to). Lengths are metres as the
crow flies; whoever calls multiplies them by the detour.
"""

from __future__ import annotations

import math

import numpy as np

from wangge.cores.planner.kernels.compiled import entrance, kernel
from wangge.cores.planner.records import Floats, Ints

_GAIN = 1e-9


@kernel
def leg(x: Floats, y: Floats, a: int, b: int) -> float:
    """Metres from point a to point b."""
    return math.hypot(x[a] - x[b], y[a] - y[b])


@kernel
def round_length(order: Ints, n: int, x: Floats, y: Floats) -> float:
    """Metres of the closed tour over the first n of `order`."""
    total = 0.0
    for i in range(n):
        total += leg(x, y, order[i], order[(i + 1) % n])
    return total


@kernel
def nearest_first(order: Ints, n: int, x: Floats, y: Floats) -> None:
    """Put the first n of `order` into the order of going to the nearest point that is left."""
    for i in range(1, n):
        best = i
        for j in range(i + 1, n):
            if leg(x, y, order[i - 1], order[j]) < leg(x, y, order[i - 1], order[best]):
                best = j
        order[i], order[best] = order[best], order[i]


@kernel
def _two_opt(order: Ints, n: int, x: Floats, y: Floats) -> bool:
    """Turn round every stretch whose turning shortens the tour; says whether there was one."""
    better = False
    for i in range(n - 2):
        for j in range(i + 2, n):
            a, b, c, d = order[i], order[i + 1], order[j], order[(j + 1) % n]
            if a == d:
                continue
            if leg(x, y, a, c) + leg(x, y, b, d) < leg(x, y, a, b) + leg(x, y, c, d) - _GAIN:
                low, high = i + 1, j
                while low < high:
                    order[low], order[high] = order[high], order[low]
                    low, high = low + 1, high - 1
                better = True
    return better


@kernel
def _or_opt(order: Ints, n: int, x: Floats, y: Floats) -> bool:
    """Move a stretch of one to three stops to where it lengthens the tour least, either way round; once at most."""
    for size in range(1, min(3, n - 2) + 1):
        for start in range(1, n - size + 1):
            first, last = order[start], order[start + size - 1]
            before, after = order[start - 1], order[(start + size) % n]
            freed = leg(x, y, before, first) + leg(x, y, last, after) - leg(x, y, before, after)
            for k in range(n):
                if start - 1 <= k < start + size:
                    continue
                a, b = order[k], order[(k + 1) % n]
                ahead = leg(x, y, a, first) + leg(x, y, last, b)
                turned = leg(x, y, a, last) + leg(x, y, first, b)
                if min(ahead, turned) - leg(x, y, a, b) < freed - _GAIN:
                    _move(order, n, start, size, k, turned < ahead)
                    return True
    return False


@kernel
def _move(order: Ints, n: int, start: int, size: int, k: int, is_turned: bool) -> None:
    """Put the stretch of `size` stops from `start` behind place k."""
    old = order[:n].copy()
    at = 0
    for i in range(n):
        if start <= i < start + size:
            continue
        order[at] = old[i]
        at += 1
        if i == k:
            for s in range(size):
                order[at] = old[start + size - 1 - s] if is_turned else old[start + s]
                at += 1


@kernel
def improve(order: Ints, n: int, x: Floats, y: Floats) -> None:
    """Shorten a tour until neither 2-opt nor Or-opt finds anything."""
    if n < 4:
        return
    while _two_opt(order, n, x, y) or _or_opt(order, n, x, y):
        pass


@entrance
def tour(x: Floats, y: Floats) -> tuple[Ints, float]:
    """A short round tour from point 0 over all points.

    :param x, y: n positions in metres.
    :returns: the order (n places, the first is 0) and its length in metres.
    """
    n = len(x)
    order = np.arange(n)
    nearest_first(order, n, x, y)
    improve(order, n, x, y)
    return order, round_length(order, n, x, y)
