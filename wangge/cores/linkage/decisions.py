"""Linkage's decisions: what people settled about two records or persons, obeyed by every later run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody decided that ``left`` and ``right`` (ids of records or persons) are, or are not, one person.

    Given in the order they were made: a later one on the same two replaces an earlier one, so a reversal is
    just another decision.
    """

    left: str
    right: str
    same: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """Decisions brought to nodes: pairs to join, pairs to keep apart, and ids that nobody knows here."""

    together: list[tuple[int, int]]
    apart: list[tuple[int, int]]
    unknown: list[str]


def settle(decisions: Iterable[Decision], nodes: Mapping[str, int]) -> Settled:
    """The decisions that stand, as node pairs; one that names an unknown id is listed, not guessed."""
    standing: dict[tuple[str, str], bool] = {}
    for decision in decisions:
        pair = (min(decision.left, decision.right), max(decision.left, decision.right))
        standing.pop(pair, None)
        standing[pair] = decision.same
    together: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    unknown: list[str] = []
    for (left, right), same in standing.items():
        lost = [label for label in (left, right) if label not in nodes]
        unknown += lost
        if not lost and nodes[left] != nodes[right]:
            (together if same else apart).append((nodes[left], nodes[right]))
    return Settled(together, apart, unknown)
