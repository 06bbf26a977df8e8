"""A city's communities over the cores of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wangge.cores.planner.plan import Mapper

WORTH_IT = 30_000  # units: below, a process takes longer to start than it saves


def workers_for(units: int) -> int:
    """How many processes pay for a city of so many units, on this machine."""
    return len(os.sched_getaffinity(0)) if units >= WORTH_IT else 1


@contextmanager
def pool(workers: int) -> Iterator[Mapper]:
    """A mapper for `plan` over so many processes; with one, over none but this.

    Processes are started afresh, not forked: whoever has read a file has threads, which no fork takes along.
    """
    if workers <= 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, get_context("spawn")) as executor:
        # A few communities at a time: enough to go round evenly, few enough messages.
        yield lambda work, parts: executor.map(work, parts, chunksize=4)
