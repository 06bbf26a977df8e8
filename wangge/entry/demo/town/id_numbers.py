"""The demo's town: citizens' numbers after GB 11643, valid and never the same for two people.

Communities draw their people without knowing of each other, so the numbers of one birthday and one division are
dealt out beforehand, as police stations do it: each community owns some of the 1,000 sequence numbers.
- Of its own district's numbers 000–899 each community owns a block.
- Of the other districts of Yichang it may use one pair among 900–999, but only on certain birthdays.
- Of a division far away it may use one pair among all, on a fourth of the birthdays.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from operator import mul
from random import Random

from wangge.entry.demo.town.divisions import Community, districts
from wangge.entry.demo.town.origins import FAR

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"

_OWN = 900
_NEAR_PAIRS = 50
_NEAR_DAYS = 34
_FAR_PAIRS = 500
_FAR_DAYS = 4


def check_digit(body: str) -> str:
    """The 18th place of a number from its first 17 (GB 11643)."""
    return CHECKS[sum(map(mul, WEIGHTS, map(int, body))) % 11]


def is_valid(number: str) -> bool:
    """True for 18 places with a day that exists and the right check digit."""
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return check_digit(number[:17]) == number[17]


def legacy(number: str) -> str:
    """The 15 places that stood on the cards of before 1999: no century, no check digit."""
    return number[:6] + number[8:17]


@cache
def _near() -> dict[str, int]:
    return {d.code: index for index, d in enumerate(districts())}


def sequences(community: Community, division: str, birth: date) -> range:
    """The sequence numbers (0–999) of this division and birthday that the community owns; may be none."""
    if division == community.district:
        width = _OWN // community.siblings // 2 * 2
        return range(community.place * width, (community.place + 1) * width)
    if division in _near():
        turn, pair = divmod(community.ordinal, _NEAR_PAIRS)
        first = _OWN + 2 * pair
        return range(first, first + 2) if _near_day(division, birth) == turn else range(0)
    turn, pair = divmod(community.ordinal, _FAR_PAIRS)
    return (
        range(2 * pair, 2 * pair + 2) if (birth.toordinal() + int(division)) % _FAR_DAYS == turn else range(0)
    )


def _near_day(division: str, birth: date) -> int:
    return (birth.toordinal() + 5 * _near()[division]) % _NEAR_DAYS


@cache
def _far_by_turn() -> dict[int, list[str]]:
    """Divisions far away by the remainder that opens them: see `sequences`."""
    return {turn: [d for d in FAR if int(d) % _FAR_DAYS == turn] for turn in range(_FAR_DAYS)}


class Registrar:
    """Issues the numbers of one community's people."""

    def __init__(self, community: Community) -> None:
        self._community = community
        self._issued: set[str] = set()

    def issue(self, chance: Random, birth: date, sex: str, origin: str) -> str:
        """A new number for someone of `sex` ("1" man, "2" woman); `origin` is own, near or far, as far as it goes."""
        for wave in {"own": "onf", "near": "nof", "far": "fno"}[origin]:
            for division in self._divisions(chance, wave, birth):
                number = self.issue_in(division, birth, sex, chance)
                if number:
                    return number
        raise RuntimeError(f"no citizen's number is left for {birth} in {self._community.code}")

    def issue_in(self, division: str, birth: date, sex: str, chance: Random) -> str | None:
        """A free number of one division, or None."""
        own = [s for s in sequences(self._community, division, birth) if (s % 2 == 1) == (sex == "1")]
        if len(own) > 1:
            chance.shuffle(own)
        for sequence in own:
            body = f"{division}{birth:%Y%m%d}{sequence:03d}"
            number = body + check_digit(body)
            if number not in self._issued:
                self._issued.add(number)
                return number
        return None

    def _divisions(self, chance: Random, wave: str, birth: date) -> list[str]:
        """The divisions of a wave that are open to the community on a birthday, from any of them on."""
        own = self._community
        if wave == "o":
            return [own.district]
        if wave == "n":
            turn = own.ordinal // _NEAR_PAIRS
            return [d for d in _near() if d != own.district and _near_day(d, birth) == turn]
        places = _far_by_turn()[(own.ordinal // _FAR_PAIRS - birth.toordinal()) % _FAR_DAYS]
        start = int(chance.random() * len(places))
        return places[start:] + places[:start]
