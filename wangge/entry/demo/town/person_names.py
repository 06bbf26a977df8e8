"""The demo's town: names of people, made of our own lists of characters by era; nobody real was copied."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib.resources import files
from random import Random

from wangge.entry.demo.town.seeds import Urn

_FROM_FAR = ("阿依古丽·买买提", "古丽娜尔·艾力", "卓玛·才让", "买买提·吐尔逊", "扎西·多吉", "阿卜杜拉·热合曼")


def lines(name: str) -> list[str]:
    """The lines of one of the town's lists, without comments."""
    text = files(__package__).joinpath("names", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def surnames() -> Urn[str]:
    """All surnames by weight."""
    weights = {name: float(weight) for name, weight in (line.split() for line in lines("surnames.txt"))}
    return Urn.of(weights)


@cache
def _given() -> dict[tuple[str, str], list[tuple[int, str]]]:
    table: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for line in lines("given_names.txt"):
        year, sex, place, characters = line.split()
        era = table.setdefault((sex, place), [])
        if era and era[-1][0] == int(year):
            characters = era.pop()[1] + characters
        era.append((int(year), characters))
        era.sort()
    return table


def _characters(sex: str, place: str, year: int) -> str:
    eras = _given()[sex, place]
    return eras[max(0, bisect_right(eras, (year, "\uffff")) - 1)][1]


_ONE_CHARACTER = (
    (1950, 0.06),
    (1966, 0.16),
    (1980, 0.30),
    (1990, 0.34),
    (2000, 0.28),
    (2010, 0.12),
    (9999, 0.05),
)
"""Until this year of birth: the share of names of one character."""


@cache
def _rare() -> tuple[str, ...]:
    return tuple(lines("rare_names.txt")[0].split())


def given_name(chance: Random, sex: str, year: int) -> str:
    """A given name as parents chose them in `year`."""
    if year >= 1975 and chance.random() < 0.006:
        return chance.choice(_rare())
    single = next(share for until, share in _ONE_CHARACTER if year < until)
    # Fashions overlap: parents remember names of some years ago.
    year += chance.randint(-6, 4)
    if chance.random() < single:
        return chance.choice(_characters(sex, "s", year))
    first = chance.choice(_characters(sex, "a", year))
    second = chance.choice(_characters(sex, "b", year))
    return first + second if first != second or chance.random() < 0.3 else first


def name_of_twin(chance: Random, given: str, sex: str, year: int) -> str:
    """A twin shares a character and differs in one: 梓涵 and 梓萱."""
    for _ in range(20):
        other = chance.choice(_characters(sex, "b", year))
        if other not in given:
            return given[0] + other
    return given[0] + given[0]


def name_from_far(chance: Random) -> str:
    """A name with a dot in it, as it stands in registers far in the west."""
    return chance.choice(_FROM_FAR)
