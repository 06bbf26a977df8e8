"""The red-line lint: names, labels and choice values are held against the concepts that the product refuses.

It must pass 重点优抚对象 (a benefit) and refuse 重点人员 (a control). It works on Han text, English words and pinyin; what it
misses and what it refuses wrongly is measured on the published sample ``lint_sample.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True)
class RedLine:
    """Why a text is refused: the concept, the words found, and the reason in both languages."""

    concept: str
    found: str
    zh: str
    en: str


@dataclass(frozen=True)
class _Concept:
    code: str
    zh: str
    en: str
    han: re.Pattern[str]
    latin: re.Pattern[str]


@cache
def _rules() -> tuple[re.Pattern[str], tuple[_Concept, ...]]:
    text = resources.files(__package__).joinpath("red_lines.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    allowed = re.compile("|".join(sorted(map(re.escape, data["allowed"]), key=len, reverse=True)))
    concepts = tuple(
        _Concept(
            c["code"],
            c["zh"],
            c["en"],
            re.compile("|".join(c["han"])),
            re.compile(r"(?<![a-z])(?:" + "|".join(c["latin"]) + r")(?![a-z])"),
        )
        for c in data["concepts"]
    )
    return allowed, concepts


def _plain(text: str) -> str:
    """Full width folded, camel case parted, case folded, blanks and punctuation inside Han words removed."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", text))
    folded = parted.casefold()
    return re.sub(r"(?<=[\u4e00-\u9fff])[\s·\-_./、,*|]+(?=[\u4e00-\u9fff])", "", folded)


def check(*texts: str) -> RedLine | None:
    """The first red line that one of the texts touches, or None."""
    allowed, concepts = _rules()
    for text in texts:
        plain = allowed.sub("", _plain(text))
        latin = re.sub(r"[_\-./\s]+", " ", plain)
        for concept in concepts:
            hit = concept.han.search(plain) or concept.latin.search(latin)
            if hit:
                return RedLine(concept.code, hit.group(), concept.zh, concept.en)
    return None
