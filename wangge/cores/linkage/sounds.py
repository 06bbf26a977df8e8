"""Linkage's ear: how Chinese characters sound (toneless pinyin), and which are easily mistaken for others.

Everything is an array indexed by code point, so that a million pairs of characters are compared at once.
Readings come from pypinyin; the sounds that southwestern speakers do not keep apart (n/l, zh/z, ng/n) are
folded for the "nearly alike" comparison only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.lookalikes import GROUPS

_SIZE = 0x33480  # past the last ideograph of Unicode 16
_READINGS = 3
_FOLDS = tuple(
    (re.compile(p), s) for p, s in (("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^n", "l"), ("ng$", "n"))
)
# Characters read otherwise when they are a surname.
_SURNAME_LIST = """
单:shan 曾:zeng 仇:qiu 解:xie 查:zha 任:ren 区:ou 盖:ge 朴:piao 冼:xian 乐:yue 翟:zhai 折:she 缪:miao 华:hua
燕:yan 宁:ning 覃:qin 纪:ji 葛:ge 车:che 种:chong 秘:bi 重:chong 逄:pang 尉:yu 员:yun
"""
_SURNAMES = dict(pair.split(":") for pair in _SURNAME_LIST.split())


class Sounds(NamedTuple):
    """Sound tables by code point: ``readings`` (3, size), ``surname`` and ``folded`` (size,); 0 = none."""

    readings: npt.NDArray[np.int16]
    surname: npt.NDArray[np.int16]
    folded: npt.NDArray[np.int16]
    lookalikes: npt.NDArray[np.int64]


@lru_cache(maxsize=1)
def sounds() -> Sounds:
    """The tables, made once a process (0.3 s, most of it pypinyin's own loading)."""
    from pypinyin.pinyin_dict import pinyin_dict

    syllables: dict[str, int] = {"": 0}
    plain: dict[str, str] = {}
    readings = np.zeros((_READINGS, _SIZE), dtype=np.int16)
    for code, marked in pinyin_dict.items():
        for place, syllable in enumerate(marked.split(",")[:_READINGS]):
            if syllable not in plain:
                plain[syllable] = _toneless(syllable)
            readings[place, code] = syllables.setdefault(plain[syllable], len(syllables))
    surname = readings[0].copy()
    for character, syllable in _SURNAMES.items():
        surname[ord(character)] = syllables.setdefault(syllable, len(syllables))
    fold = np.array(
        [syllables.setdefault(_folded(s), len(syllables)) for s in list(syllables)], dtype=np.int16
    )
    return Sounds(readings, surname, fold[readings[0]], _pairs_of(GROUPS))


def same_sound(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Where two characters can be read alike: a usual reading of one is any reading of the other."""
    readings = sounds().readings
    a, b = readings[:, left], readings[:, right]
    return (a[0] != 0) & (b[0] != 0) & ((a[0] == b).any(axis=0) | (b[0] == a).any(axis=0))


def near_sound(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Where two characters sound alike to an ear that does not keep n/l, zh/z and ng/n apart."""
    folded = sounds().folded
    return (folded[left] != 0) & (folded[left] == folded[right])


def look_alike(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Where two characters are written so alike that one is mistaken for the other."""
    pairs = sounds().lookalikes
    wanted = np.minimum(left, right).astype(np.int64) * _SIZE + np.maximum(left, right)
    place = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.asarray(pairs[place] == wanted)


def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    return "".join(c for c in bare if c.isascii() and c.isalpha())


def _folded(syllable: str) -> str:
    for pattern, short in _FOLDS:
        syllable = pattern.sub(short, syllable)
    return syllable


def _pairs_of(groups: tuple[str, ...]) -> npt.NDArray[np.int64]:
    found = {
        min(ord(a), ord(b)) * _SIZE + max(ord(a), ord(b))
        for group in groups
        for a in group
        for b in group
        if a != b
    }
    return np.array(sorted(found), dtype=np.int64)
