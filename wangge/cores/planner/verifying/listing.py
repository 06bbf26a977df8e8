"""Connected sets of units, grown one unit at a time and told apart by what they hold."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from wangge.cores.planner.verifying.reading import City

Set = frozenset[int]
LIMIT = 3_000_000  # sets listed for one certificate


class TooLarge(Exception):
    """A certificate asks for more than can be checked here."""


@dataclass(frozen=True)
class Band:
    """The bounds of a grid, both included, and the most that one out of range may hold."""

    low: int
    high: int

    @property
    def most(self) -> int:
        return self.low + self.high

    def counted(self, households: int) -> int:
        """A giant as high + 1."""
        return min(households, self.high + 1)


@dataclass(frozen=True)
class Listed:
    """Sets that count as good (in range, or out of range for a giant) and others out of range."""

    good: list[Set]
    unfit: list[Set]


def list_sets(city: City, band: Band, touched: set[int], unfit: bool) -> Listed:
    """Every connected set of at most `band.most` households that holds one of `touched`.

    Sets without a giant stop at `high` unless those out of range are wanted too.

    :raises TooLarge: beyond `LIMIT`.
    """
    level = {frozenset([u]) for u in touched}
    found = Listed([], [])
    count = 0
    while level:
        count += len(level)
        if count > LIMIT:
            raise TooLarge(f"more than {LIMIT:,} sets of units to list: not checked")
        grown: set[Set] = set()
        for one in level:
            size = sum(band.counted(city.households[u]) for u in one)
            giant = any(city.households[u] > band.high for u in one)
            if size > (band.most if unfit or giant else band.high):
                continue
            (found.good if giant or band.low <= size <= band.high else found.unfit).append(one)
            grown.update(one | {v} for u in one for v in city.near[u] if v not in one)
        level = grown
    return found


def lightest_way(city: City, band: Band, some: set[int], others: set[int]) -> int:
    """Households on the lightest way from one set of units to another, both ends included (Dijkstra 1959)."""
    heap = [(band.counted(city.households[u]), u) for u in sorted(some)]
    heapq.heapify(heap)
    done: set[int] = set()
    while heap:
        size, u = heapq.heappop(heap)
        if u in others:
            return size
        if u in done:
            continue
        done.add(u)
        for v in city.near[u] - done:
            heapq.heappush(heap, (size + band.counted(city.households[v]), v))
    return band.most + 1
