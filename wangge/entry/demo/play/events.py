"""What happens when: a heap of lives, each of which says when it wants to act next. Pure.

A life is a generator: it acts and then yields the moment of its next act. That way the course of a case reads from top to
bottom, however many of them run through each other.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from datetime import datetime

Life = Iterator[datetime]
"""Yields the moments at which it acts; each act is done when it is asked for the next one."""


class Events:
    """Lives in the order of their next acts; of two at the same moment the one that was put in first acts first."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Life]] = []
        self._order = itertools.count()

    def __len__(self) -> int:
        return len(self._heap)

    def begin(self, life: Life) -> None:
        """Take in a life that has not acted yet; one that never acts is let go."""
        self._put(life)

    def until(self, end: datetime) -> Iterator[tuple[datetime, Life]]:
        """Each act before ``end``: the moment and the life. The caller moves the clock and calls ``act``."""
        while self._heap and self._heap[0][0] < end:
            moment, _, life = heapq.heappop(self._heap)
            yield moment, life

    def act(self, life: Life) -> None:
        """Let a life act, and put it back for its next moment."""
        self._put(life)

    def _put(self, life: Life) -> None:
        moment = next(life, None)
        if moment is not None:
            heapq.heappush(self._heap, (moment, next(self._order), life))
