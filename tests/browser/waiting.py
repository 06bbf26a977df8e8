"""Waiting for what another process does: the job worker, a phone's outbox."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(ask: Callable[[], T], what: str, *, seconds: float = 40) -> T:
    """The first answer that is anything; raises ``AssertionError`` where none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = ask()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")
