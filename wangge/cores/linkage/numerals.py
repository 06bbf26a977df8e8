"""Linkage's reading of characters and numbers: full width to half width, Han numerals to Arabic ones."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_RUN = re.compile(r"[〇○零一二三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾佰]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣~～〜", "-"))


def narrow(text: str) -> str:
    """Text in half width (NFKC), without invisible characters, with one kind of dash, trimmed."""
    if text.isascii():
        return _INVISIBLE.sub("", text).strip()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_DASHES).strip()


def han_number(text: str) -> int | None:
    """The number a run of Han numerals means: 十八 → 18, 一百零二 → 102, 五〇一 → 501; None if it is none.

    Numerals without a unit are read digit by digit, as doors and years are written.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text or any(c not in _DIGITS and c not in _TENS for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, None
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        if digit is None and (total or _TENS[c] > 10):
            return None  # 百 without a count before it is a word (百货), not a number
        total, digit = total + (1 if digit is None else digit) * _TENS[c], None
    return total + (digit or 0)


def arabic(text: str) -> str:
    """Every Han numeral in a text written in Arabic digits: 果园二路十八号 → 果园2路18号.

    Applied to both sides of a comparison it also turns names (五一路 → 51路), which does no harm there.
    """
    return _RUN.sub(_arabic_run, text)


def _arabic_run(match: re.Match[str]) -> str:
    run = match.group()
    if all(c in _DIGITS for c in run):
        return "".join(str(_DIGITS[c]) for c in run)  # leading zeros are kept: 零五零一 is door 0501
    number = han_number(run)
    return run if number is None else str(number)
