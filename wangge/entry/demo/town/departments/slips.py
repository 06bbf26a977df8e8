"""The demo's departments: slips of the pen, one function each. Every one returns what was written instead, or None
where the slip can't be made.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from wangge.entry.demo.town.person_names import lines

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@cache
def _confused(kind: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in lines("confusions.txt"):
        mark, characters = line.split()
        if mark == kind:
            for character in characters:
                table[character] = table.get(character, "") + characters.replace(character, "")
    return table


def another_character(chance: Random, name: str, kind: str) -> str | None:
    """One character of a name replaced by one that sounds ("=") or looks ("~") like it; the surname seldom."""
    table = _confused(kind)
    places = [i for i, character in enumerate(name) if table.get(character)]
    later = [i for i in places if i > 0]
    if not places:
        return None
    place = chance.choice(later) if later and chance.random() < 0.85 else chance.choice(places)
    return name[:place] + chance.choice(table[name[place]]) + name[place + 1 :]


def blanks(chance: Random, name: str) -> str:
    """Blanks where none belong."""
    if len(name) == 2 and chance.random() < 0.7:
        return name[0] + chance.choice((" ", "\u3000", "  ")) + name[1]
    return chance.choice((" " + name, name + " ", name + "\u3000"))


def swapped_digits(chance: Random, number: str) -> str | None:
    """Two neighbouring digits exchanged, past the division code."""
    places = [i for i in range(6, len(number) - 1) if number[i] != number[i + 1] and number[i + 1].isdigit()]
    if not places:
        return None
    i = chance.choice(places)
    return number[:i] + number[i + 1] + number[i] + number[i + 2 :]


def mistyped_digit(chance: Random, number: str, first: int = 6) -> str | None:
    """One digit wrong."""
    places = [i for i in range(first, len(number)) if number[i].isdigit()]
    if not places:
        return None
    i = chance.choice(places)
    return number[:i] + str((int(number[i]) + chance.randint(1, 9)) % 10) + number[i + 1 :]


def another_shape(chance: Random, number: str) -> str:
    """The same number, written in another way."""
    shapes = [
        number.translate(WIDE),
        " " + number,
        f"{number[:6]} {number[6:14]} {number[14:]}",
        "'" + number,
    ]
    if number.endswith("X"):
        shapes += [number[:-1] + "x", number[:-1] + "x"]
    return chance.choice(shapes)


def as_number(number: str) -> str:
    """What a spreadsheet makes of eighteen digits."""
    return f"{float(number[:17] + '0'):.5E}".replace("E+0", "E+")


def swapped_month_and_day(birth: date) -> date | None:
    """Month and day exchanged, where that is another day."""
    if birth.day > 12 or birth.day == birth.month:
        return None
    return birth.replace(month=birth.day, day=birth.month)


def impossible_day(chance: Random, birth: date) -> tuple[int, int, int]:
    """Year, month and day of a day that never was."""
    return chance.choice(((birth.year, 2, 30), (birth.year, birth.month, 32), (birth.year, 13, birth.day)))


def absurd_year(birth: date) -> tuple[int, int, int]:
    """About 180 years ago, the slip of somebody who takes one year for another."""
    return (1840 + birth.year % 10, birth.month, birth.day)
