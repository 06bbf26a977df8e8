"""The demo's town: roads, their names, and the house numbers along them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.partition import Axis, Cut
from wangge.entry.demo.town.person_names import lines
from wangge.entry.demo.town.seeds import stream

RANKS = ("arterial", "main", "branch", "lane")
"""主干路, 次干路, 支路, 街巷."""
WIDTHS = (40.0, 26.0, 14.0, 7.0)
"""Metres from kerb to kerb."""

_METRES_A_NUMBER = 10.0


@dataclass(frozen=True)
class Road:
    """A road along one line of the plan; `community` is empty for roads that are the district's."""

    code: str
    name: str
    former_name: str
    rank: int
    axis: Axis
    at: float
    start: float
    end: float
    community: str = ""

    @property
    def width(self) -> float:
        """Metres."""
        return WIDTHS[self.rank]

    def number(self, along: float, beyond: bool) -> int:
        """The house number at a plan coordinate along the road, odd on its far side (`beyond`), even on the near."""
        return 2 * int((along - self.start) / _METRES_A_NUMBER) + (1 if beyond else 2)


class Roads:
    """Roads by the line they run on."""

    def __init__(self, roads: Iterable[Road]) -> None:
        self.all = list(roads)
        self._lines: dict[tuple[Axis, float], list[Road]] = {}
        for road in self.all:
            self._lines.setdefault((road.axis, road.at), []).append(road)

    def on(self, axis: Axis, at: float, along: float) -> Road | None:
        """The road on a line of the plan at a coordinate along it."""
        for road in self._lines.get((axis, at), ()):
            if road.start - 1e-6 <= along <= road.end + 1e-6:
                return road
        return None


def joined(cuts: Iterable[Cut]) -> list[Cut]:
    """Cuts that meet end to end on one line become one, of the highest rank among them."""
    whole: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (c.axis, c.at, c.start, c.end)):
        last = whole[-1] if whole else None
        if last and (last.axis, last.at) == (cut.axis, cut.at) and cut.start <= last.end + 1e-6:
            whole[-1] = last._replace(end=max(last.end, cut.end), rank=min(last.rank, cut.rank))
        else:
            whole.append(cut)
    return whole


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    table = {}
    for name in ("road_names.txt", "road_words.txt"):
        for line in lines(name):
            key, *words = line.split()
            table[key] = tuple(words)
    return table


def names_by_rank(rank: int) -> tuple[str, ...]:
    """Names that the larger roads of a district take, in order."""
    return _lists()[str(rank)]


def former_name(chance: Random, rank: int) -> str:
    """The name of a road before 1985 (never one that another road has today), or "" where it always had its name."""
    if chance.random() > (0.3 if rank < 2 else 0.12):
        return ""
    return chance.choice(_lists()["former"]) + chance.choice(("路", "街") if rank else ("大道", "大街"))


def lesser_names(community: Community, seed: int) -> Iterator[str]:
    """Stems of names for roads inside a community; no other community of the district gets the same."""
    words = _lists()
    stems = [a + b for a, b in product(words["first"], words["second"])]
    stream(seed, community.district, "lesser names").shuffle(stems)
    yield from stems[community.place :: community.siblings]
