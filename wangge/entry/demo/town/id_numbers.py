"""The demo's town: citizens' numbers after GB 11643, valid and never the same for two people.

Communities draw their people without knowing of each other, so the numbers of one birthday and one division are
dealt out beforehand, as police stations do it: each community owns some of the 1,000 sequence numbers.
- Of its own district's numbers 000–899 each community owns a block.
- Of the other districts of Yichang it may use one pair among 900–999, but only on certain birthdays.
- Of a division far away it may use one pair among all, on a fourth of the birthdays.
"""

from __future__ import annotations

from datetime import date
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
    return CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


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


def sequences(community: Community, division: str, birth: date) -> range:
    """The sequence numbers (0–999) of this division and birthday that the community owns; may be none."""
    near = [d.code for d in districts()]
    if division == community.district:
        width = _OWN // community.siblings // 2 * 2
        return range(community.place * width, (community.place + 1) * width)
    if division in near:
        turn, pair = divmod(community.ordinal, _NEAR_PAIRS)
        open_today = (birth.toordinal() + 5 * near.index(division)) % _NEAR_DAYS == turn
        return range(_OWN + 2 * pair, _OWN + 2 * pair + 2) if open_today else range(0)
    turn, pair = divmod(community.ordinal, _FAR_PAIRS)
    open_today = (birth.toordinal() + int(division)) % _FAR_DAYS == turn
    return range(2 * pair, 2 * pair + 2) if open_today else range(0)


class Registrar:
    """Issues the numbers of one community's people."""

    def __init__(self, community: Community) -> None:
        self._community = community
        self._near = [d.code for d in districts() if d.code != community.district]
        self._far = list(FAR)
        self._issued: set[str] = set()

    def issue(self, chance: Random, birth: date, sex: str, origin: str) -> str:
        """A new number for someone of `sex` ("1" man, "2" woman); `origin` is own, near or far, as far as it goes."""
        for division in self._divisions(chance, origin):
            number = self.issue_in(division, birth, sex)
            if number:
                return number
        raise RuntimeError(f"no citizen's number is left for {birth} in {self._community.code}")

    def issue_in(self, division: str, birth: date, sex: str) -> str | None:
        """The next free number of one division, or None."""
        for sequence in sequences(self._community, division, birth):
            if (sequence % 2 == 1) != (sex == "1"):
                continue
            body = f"{division}{birth:%Y%m%d}{sequence:03d}"
            number = body + check_digit(body)
            if number not in self._issued:
                self._issued.add(number)
                return number
        return None

    def _divisions(self, chance: Random, origin: str) -> list[str]:
        near = chance.sample(self._near, len(self._near))
        far = chance.sample(self._far, len(self._far))
        own = [self._community.district]
        return {"own": own + near + far, "near": near + own + far, "far": far + near + own}[origin]
