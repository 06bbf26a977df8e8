"""The words of the fold: who said what and when, what stands, and what is in dispute. Pure types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

Value = str | int | bool | date | datetime | None
Standing = Literal["authority", "door", "said", "unconfirmed"]
Kind = Literal["confirm", "correct", "next_visit"]
Token = Callable[[Value, Collection[str]], str]
"""A value's token (never empty), one of the known ones where it is the same value. Values that mean the same share one."""

TASK, DOOR, SELF, HOME = "@task", "@door", "@self", "@home"
"""Seen under a task; seen without one; said by the person; following from the person's relations to dwellings."""
SEEN = frozenset((TASK, DOOR, SELF))
HELD = ""
"""The token of the value that stands: it needs none of its own."""


class Statement(NamedTuple):
    """A voice said a value: first and last at (seconds since 1970, UTC), last in ``ref`` (a link or an observation)."""

    voice: str
    token: str
    first: int
    last: int
    ref: int


class Claim(NamedTuple):
    """What a voice says today, and since when it counts."""

    voice: str
    token: str
    counts: int
    last: int
    ref: int


class Dispute(NamedTuple):
    """A claim that the fact contradicts, and who settles it.

    ``confirm``: at the door, by a to-do. ``correct``: nobody knocks, the department of ``against`` gets a correction.
    ``next_visit``: at the next visit.
    """

    kind: Kind
    stands: Claim
    against: Claim
    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands, who said what, and what those voices say today that say otherwise."""

    value: Value = None
    statements: tuple[Statement, ...] = ()
    dissents: Mapping[str, Value] = field(default_factory=dict)
