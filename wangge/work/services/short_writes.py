"""Bulk work in short transactions: on SQLite a writer keeps all others waiting, so nobody writes for longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")
LASTS = 0.1
"""Seconds that a transaction is meant to last at most; the house's bound is 0.25 s, and the commit comes on top."""


def each_in_short_writes(
    items: Iterable[T], do: Callable[[T], int], done: Callable[[int], None] | None = None
) -> int:
    """Do something with each item, some to a transaction; returns how much was done.

    ``do`` says how much it did; ``done`` writes the audit row of each transaction in which something was
    done, where the items don't write their own.
    Stopped in between, what was committed stays and the rest can be done again.
    """
    waiting, count = iter(items), 0
    more = True
    while more:
        with transaction.atomic():
            started, here, taken = time.perf_counter(), 0, 0
            # Another item only if, lasting as long as those before it, it would still fit in.
            while taken == 0 or (time.perf_counter() - started) * (taken + 1) < LASTS * taken:
                item = next(waiting, None)
                if item is None:
                    more = False
                    break
                here, taken = here + do(item), taken + 1
            if here and done is not None:
                done(here)
        count += here
    return count
