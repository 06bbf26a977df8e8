"""Who is on duty when: the dates of the duties of one grid, turned into spans that never overlap. Pure.

A substitute goes before the worker in charge, whose span has a gap for that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

FOREVER = datetime.max.replace(tzinfo=UTC)


class Span(NamedTuple):
    """From a moment (counted in) until another (not counted in, None: for good)."""

    from_at: datetime
    to_at: datetime | None

    @property
    def end(self) -> datetime:
        """The end as a moment that can be compared."""
        return self.to_at or FOREVER

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies inside."""
        return self.from_at <= moment < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether some moment lies inside both."""
        return max(self.from_at, other.from_at) < min(self.end, other.end)

    def after(self, moment: datetime) -> Span | None:
        """The part from a moment on, if any is left."""
        return Span(max(self.from_at, moment), self.to_at) if self.end > moment else None


class Turn(NamedTuple):
    """A duty as the rota sees it."""

    duty: str
    substitute: bool
    span: Span


def effective(turns: Sequence[Turn]) -> dict[str, list[Span]]:
    """The spans in which each duty really holds its grid: one holder at every moment at most.

    Of two turns of the same kind that overlap (they shouldn't) the one that begins later holds.
    """
    ordered = sorted(turns, key=lambda t: (t.substitute, t.span.from_at, t.duty), reverse=True)
    held: dict[str, list[Span]] = {}
    taken: list[Span] = []
    for turn in ordered:
        held[turn.duty] = without(turn.span, taken)
        taken.append(turn.span)
    return held


def without(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What is left of a span when others are cut out of it, in order."""
    left = [span] if span.end > span.from_at else []
    for other in taken:
        left = [part for one in left for part in _cut(one, other)]
    return left


def _cut(span: Span, other: Span) -> list[Span]:
    if not span.overlaps(other):
        return [span]
    parts = []
    if span.from_at < other.from_at:
        parts.append(Span(span.from_at, other.from_at))
    if other.to_at is not None and other.to_at < span.end:
        parts.append(Span(other.to_at, span.to_at))
    return parts
