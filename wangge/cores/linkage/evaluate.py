"""Linkage's score: pairwise precision, recall and F1 of clusters against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of records put together rightly, wrongly, and missed, with the three usual rates."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the pairs put together that belong together (1.0 when there are none)."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were put together (1.0 when there are none)."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def evaluate(clusters: Mapping[Hashable, Hashable], truth: Mapping[Hashable, Hashable]) -> Score:
    """Score ``clusters`` (record → cluster) against ``truth`` (record → person) over the records of both.

    Counted from cluster sizes, so that a million records need no pair to be made.
    """
    common = clusters.keys() & truth.keys()
    both = _pairs(Counter((clusters[r], truth[r]) for r in common))
    ours = _pairs(Counter(clusters[r] for r in common))
    theirs = _pairs(Counter(truth[r] for r in common))
    return Score(right=both, wrong=ours - both, missed=theirs - both)


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())
