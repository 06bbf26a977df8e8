"""An upward path: the room that a to-do came from hears, in the settling transaction, how it ended.

(The other one is ``registry.contradicting``: what was found contradicts what a department said.)

A room above registers its handler in ``AppConfig.ready()``; this room never names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from wangge.platform.audit.actor import Actor
from wangge.work.todos.records import TodoRecord


class Origin(Protocol):
    """A room that asks things of the grid."""

    def settled(
        self, todo: TodoRecord, *, outcome: str, values: Mapping[str, str | None], at: datetime, by: Actor
    ) -> None:
        """The to-do ended with this outcome; ``values`` are the elements found there; ``at`` is when it was found."""


_origins: dict[str, Origin] = {}


def register(room: str, origin: Origin) -> None:
    """Make a room's handler known."""
    _origins[room] = origin


def of(room: str) -> Origin:
    """The handler of a room; ``KeyError`` if it never registered (its to-dos could never be heard of again)."""
    try:
        return _origins[room]
    except KeyError:
        raise KeyError(
            f"the room {room!r} pushes to-dos but registered no origin (AppConfig.ready)"
        ) from None
