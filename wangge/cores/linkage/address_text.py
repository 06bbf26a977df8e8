"""Linkage's reading of a free-text address without any book: which numbers, under which name.

Enough to tell that two texts mean the same door; which dwelling that is, only ``addresses`` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from wangge.cores.linkage.numerals import arabic, narrow

_NOTE = re.compile(r"[(\[【〔{].*?[)\]】〕}]")
PARTS_OF_NAMES = ("组", "队", "巷")  # 3组 names a part of a village; it is no number of a house
_STOREYS = ("层", "楼层", "楼")
_ATTACHED = "附"
_BLANK = re.compile(r"\s+")
_UNIT = r"号楼|号院|号|栋|幢|座|单元|门洞|门|楼层|楼|层|室|户|房|弄|巷|组|队|#"
_TOKEN = re.compile(
    rf"附?(\d+[A-Z]?|[A-Z](?![A-Z])|[甲乙丙丁东西南北](?={_UNIT}))(?![\d路街道村桥])({_UNIT})?(?![路街道村桥])[-/,. ]*"
)
_ADMIN = re.compile(
    r"省|自治区|市(?!场)|县|(?<![小园校厂住])区(?![一-龥]?路)|街道(?:办事处)?|街办|镇|乡(?!路)|"
    r"社区(?:居委会)?|居委会|村委会|村(?!\d+[组队])(?=.)"
)
_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{1,9}?(?:省|自治区|(?<![超菜])市(?![场政])|县(?!城)|(?<![社小园校厂住矿库景新发])区)"
)
_CLEAN = re.compile(r"[\u4e00-\u9fff0-9A-Z#-]*")  # most addresses: nothing to clean
_TAIL_CHARACTERS = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁东西南北附号楼院栋幢座单元门洞层室户房弄#-/,. "
)
# 甲乙丙丁 and A-D name the same entrances on different forms.
_LETTERS = str.maketrans("甲乙丙丁", "ABCD")


class Token(NamedTuple):
    """One number of an address with the unit behind it (``""`` when it stands alone)."""

    number: str
    unit: str


def canonical(text: str) -> str:
    """An address text made comparable: half width, capitals, no notes or blanks, Han numerals as digits."""
    if not _CLEAN.fullmatch(text):
        text = _BLANK.sub("", _NOTE.sub("", narrow(text).upper()))
    return arabic(text)


def divisions(text: str) -> list[str]:
    """Province, city, district or county that a canonical text begins with, as written."""
    return _DIVISION.findall(text)


def tokens(text: str) -> list[Token]:
    """The numbers of a canonical address text, in order, leading zeros dropped."""
    return _tokens(_TOKEN.finditer(text))


def tail(text: str) -> tuple[str, tuple[Token, ...]]:
    """A canonical address text without the run of numbers it ends with, and those numbers."""
    rough = text.rstrip(_TAIL_CHARACTERS)
    name, found = _tail(text[len(rough) :])
    return rough + name, found


@lru_cache(maxsize=200_000)
def _tail(text: str) -> tuple[str, tuple[Token, ...]]:
    """``tail`` of what may be numbers and units only: the same doors stand in every building."""
    matches = list(_TOKEN.finditer(text))
    start, at = len(text), len(matches)
    while at and matches[at - 1].end() == start and matches[at - 1].group(2) not in PARTS_OF_NAMES:
        at -= 1
        start = matches[at].start()
    return text[:start], tuple(_tokens(matches[at:]))


def _tokens(matches: Iterable[re.Match[str]]) -> list[Token]:
    found: list[Token] = []
    for match in matches:
        number, unit = match.groups(default="")
        number = number.translate(_LETTERS).lstrip("0") or "0"
        if found and match.group().startswith(_ATTACHED):
            # 15号附6号 is one plate, split off plate 15 when a building was put beside it.
            found[-1] = Token(found[-1].number + _ATTACHED + number, found[-1].unit)
        else:
            found.append(Token(number, unit))
    return found


def door_parts(text: str | None) -> tuple[str, tuple[str, ...]] | None:
    """Name and numbers of an address (``("学院街", ("18", "2", "501"))``); None where there is no number.

    Floors are left out when the door repeats them; the name is what stands behind province, city,
    district, street and community.
    """
    if not text:
        return None
    place, found = tail(canonical(text))
    if not found:
        return None
    name = place
    for division in _ADMIN.finditer(place):
        name = place[division.end() :] or name
    return name[-6:], tuple(token.number for token in without_floor(found))


def without_floor(found: Sequence[Token]) -> list[Token]:
    """Tokens without those that only name the storey: 5层501 → 501, 5楼501 → 501."""
    if not any(token.unit in _STOREYS for token in found[:-1]):
        return list(found)
    kept = []
    for token, following in zip(found, [*found[1:], None], strict=True):
        storey = token.unit in _STOREYS and following is not None
        if not storey or (token.unit == "楼" and following and not following.number.startswith(token.number)):
            kept.append(token)
    return kept
