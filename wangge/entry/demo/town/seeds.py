"""The demo's town: chance. Every place and every thing has a generator of its own, named by its path.

What one community draws never depends on how many others were drawn before it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


def stream(seed: int, *path: str | int) -> Random:
    """The generator that belongs to `path` under `seed`: equal arguments draw equal numbers."""
    key = "/".join(map(str, (seed, *path)))
    digest = hashlib.blake2b(key.encode(), digest_size=16).digest()
    return Random(int.from_bytes(digest, "big"))  # noqa: S311  a town is no secret


class Urn(Generic[Thing]):
    """Things with weights, drawn with replacement; the cumulated weights are kept, so that a draw is cheap."""

    def __init__(self, things: Sequence[Thing], weights: Sequence[float] | None = None) -> None:
        self._things = tuple(things)
        self._cumulated = tuple(accumulate(weights or [1.0] * len(self._things)))
        self._total = self._cumulated[-1]

    @classmethod
    def of(cls, weights: dict[Thing, float]) -> Urn[Thing]:
        """An urn of a table thing → weight."""
        return cls(list(weights), list(weights.values()))

    def draw(self, chance: Random) -> Thing:
        """One thing."""
        return self._things[bisect_right(self._cumulated, chance.random() * self._total)]


def rounded(chance: Random, value: float) -> int:
    """`value` as a whole number that is right on average: 2.3 is 2, and 3 in three of ten cases."""
    whole = int(value)
    return whole + (chance.random() < value - whole)
