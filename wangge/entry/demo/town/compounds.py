"""The demo's town: what compounds are called."""

from __future__ import annotations

from functools import cache
from random import Random

from wangge.entry.demo.town.person_names import lines


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return {key: tuple(rest) for key, *rest in (line.split() for line in lines("compound_names.txt"))}


class CompoundNames:
    """Names for one community's compounds, no two the same."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken: set[str] = set()

    def draw(self, kind: str) -> str:
        """A name: new houses are 丽景花园, those of the last century 供电局宿舍."""
        first, second = (
            ("unit", "yard") if kind in ("old", "slab") and self._chance.random() < 0.7 else ("new", "end")
        )
        words = _lists()
        name = ""
        for attempt in range(200):
            name = self._chance.choice(words[first]) + self._chance.choice(words[second])
            if attempt > 20:
                name += self._chance.choice(("一期", "二期", "三期", "东区", "西区", "南区", "北区"))
            if name not in self._taken:
                break
        self._taken.add(name)
        return name
