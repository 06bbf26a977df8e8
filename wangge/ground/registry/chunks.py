"""Bulk loads in chunks: each is one transaction with its audit row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor

T = TypeVar("T")
CHUNK = 500


def recorded(by: Actor, kind: str, count: int) -> None:
    """The audit row of a chunk."""
    trail.record(
        by=by, verb=f"registry.load_{kind}", object_kind=kind, object_id=str(count), details={"rows": count}
    )


def chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The rows in lists of at most ``size``."""
    several = iter(rows)
    while some := list(islice(several, size)):
        yield some
