"""Linkage's reading of personal names: what is compared is the name itself, not how a form wrote it."""

from __future__ import annotations

import re
from functools import lru_cache

from wangge.cores.linkage.numerals import narrow

_DOTS = re.compile(r"[·•‧∙⋅・･●.。`'’]")
_NOTE = re.compile(r"[(\[【〔{<《].*?[)\]】〕}>》]")
_MASKED = re.compile("[某*○×]")  # 张某某, 张*伟: not the whole name
_TITLE = re.compile(r"(?<=..)(?:先生|女士|同志|小姐)$")
_FILLER_LIST = "无 不详 未知 不明 无名 无名氏 待定 未填 未取名 未命名 测试 暂无 空 户主 本人"
_FILLERS = frozenset(_FILLER_LIST.split())
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,3}")  # most names: nothing to clean
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# Simplified in a list, but kept as they are by people who bear them.
_KEPT = frozenset("乾著於徵藉瞭甯")
_COMPOUND_LIST = """
欧阳 上官 皇甫 令狐 诸葛 司徒 司马 申屠 夏侯 公孙 慕容 尉迟 东方 西门 南宫 宇文 长孙 独孤 端木 轩辕 呼延 太史
闻人 澹台 濮阳 淳于 单于 钟离 公冶 宗政 赫连 万俟 第五 百里 东郭 拓跋 司空 巫马 公羊 乐正 完颜
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND_LIST.split())


def normalise_name(text: str | None) -> str | None:
    """The name to compare: simplified, half width, without blanks, dots, notes and titles; Latin in capitals.

    None when the field says nothing (blank, 不详, 测试) or not all (张*伟). Never raises.
    """
    if not text:
        return None
    if _PLAIN.fullmatch(text):
        return None if text in _FILLERS or _MASKED.search(text) else text.translate(_simple_characters())
    narrowed = _NOTE.sub("", narrow(text)).strip()
    if not _HAN.search(narrowed):
        return _latin(narrowed)
    name = _TITLE.sub("", re.sub(r"[\s0-9A-Za-z_,，/\\-]", "", _DOTS.sub("", narrowed)))
    if not name or name in _FILLERS or _MASKED.search(name):
        return None
    return name.translate(_simple_characters())


def surname_length(name: str) -> int:
    """How many characters of a Han name are the surname (1, or 2 for a compound surname)."""
    return 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1


def is_han(name: str) -> bool:
    """Whether a name holds Chinese characters."""
    return _HAN.search(name) is not None


def _latin(text: str) -> str | None:
    words = re.sub(r"[^A-Z ]", "", re.sub(r"[\s,·/.-]+", " ", text.upper())).split()
    name = " ".join(words)
    return name if len(name) > 1 and name not in ("NULL", "NONE", "NAN", "TEST") else None


@lru_cache(maxsize=1)
def _simple_characters() -> dict[int, int]:
    import opencc  # a compiled library: loaded when the first Han name is read

    characters = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)) if chr(c) not in _KEPT]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(a): ord(b) for a, b in zip(characters, simple, strict=True) if a != b and len(b) == 1}
