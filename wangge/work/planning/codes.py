"""Grid codes: a community's code and a number. A grid that stays mostly the same keeps its code; none is given twice. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class NewGrid(NamedTuple):
    """A grid of one community that wants a code: the households of its buildings by key, and its middle in degrees."""

    households: Mapping[int, int]
    lon: float
    lat: float


class TooMany(ValueError):
    """The city's layout has too few digits for the grids of a community."""

    def __init__(self, community: str, digits: int) -> None:
        super().__init__(f"{community}: {digits} digits are too few for its grids")
        self.community, self.digits = community, digits


def number(
    community: str, grids: Sequence[NewGrid], *, former: Mapping[int, str], given: Iterable[str], digits: int
) -> list[str]:
    """A code for each grid of a community.

    :param former: the code under which each building stood so far.
    :param given: every code that was ever in force; a number that is free is one behind all of them.
    :raises TooMany: where the numbers run out.
    """
    kept = _kept(community, grids, former, digits)
    used = [int(code[len(community) :]) for code in given if code.startswith(community)]
    free = max(used, default=0) + 1
    codes: dict[int, str] = dict(kept)
    for index in sorted(range(len(grids)), key=lambda i: (-grids[i].lat, grids[i].lon, i)):
        if index not in codes:
            codes[index] = f"{community}{free:0{digits}d}"
            free += 1
    if any(len(code) > len(community) + digits for code in codes.values()):
        raise TooMany(community, digits)
    return [codes[index] for index in range(len(grids))]


def fresh(community: str, given: Iterable[str], *, digits: int) -> str:
    """The next code behind all those of a community; raises ``TooMany`` where the numbers run out."""
    used = [int(code[len(community) :]) for code in given if code.startswith(community)]
    code = f"{community}{max(used, default=0) + 1:0{digits}d}"
    if len(code) > len(community) + digits:
        raise TooMany(community, digits)
    return code


def _kept(community: str, grids: Sequence[NewGrid], former: Mapping[int, str], digits: int) -> dict[int, str]:
    """Codes that stay: each goes to the grid that holds most of its former households, the largest shares first."""
    shared: Counter[tuple[int, str]] = Counter()
    for index, grid in enumerate(grids):
        for building, households in grid.households.items():
            code = former.get(building, "")
            if code.startswith(community) and len(code) == len(community) + digits:
                shared[index, code] += households + 1  # an empty building counts a little too
    kept: dict[int, str] = {}
    for (index, code), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0][1], item[0][0])):
        if index not in kept and code not in kept.values():
            kept[index] = code
    return kept
