"""Room `cores.tables`: one box of a sheet as the text that a person typed into it."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from decimal import Decimal

from wangge.cores.messages.said import said
from wangge.cores.tables.formulas import unguarded

EXACT = 10**15
"""Spreadsheets keep 15 digits of a number: from here on the last ones are lost."""

# An identity number shown in scientific notation, as a csv saved from a spreadsheet holds it.
SCIENTIFIC = r"^[1-9](\.\d+)?[Ee]\+?(1[1-9]|[2-9]\d)$"

NO_NUMBER = ("no_number", said("a number such as 12.5"), said("Enter digits and one decimal point only."))
"""Code, expectation and advice for a text that is no number."""

_GROUPED = re.compile(r"^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$", re.ASCII)
_NUMBER = re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?$", re.ASCII)
_BETWEEN_HAN = re.compile(r"(?<=[⺀-鿿＀-￯])\s+(?=[⺀-鿿＀-￯])")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")


def is_damaged(value: object) -> bool:
    """True for a number too long for a spreadsheet to have kept all of its digits."""
    return isinstance(value, float) and abs(value) >= EXACT and value not in (float("inf"), float("-inf"))


def number_text(value: float) -> str:
    """A number as typed: 3.0 → "3", 0.30000000000000004 → "0.3", never in scientific notation."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer():
        return str(int(value))
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def box_text(value: object) -> str:
    """Any value that a reader may give, as text; dates and times in ISO 8601, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time(0) and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=box_text)
    return str(value)


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02d}:{rest % 60:02d}"


def label(value: object) -> str:
    """A column's name: no invisible marks, no blanks between Han characters, single blanks elsewhere."""
    text = unguarded(_INVISIBLE.sub("", box_text(value)).strip())
    return " ".join(_BETWEEN_HAN.sub("", text).split())


def narrow(text: str) -> str:
    """Full-width digits and signs made narrow, blanks at the ends taken off."""
    return unicodedata.normalize("NFKC", text).strip()


def number_digits(text: str) -> str | None:
    """A number as Python spells it (`１，２００．５` → `1200.5`), or None for what is none."""
    plain = narrow(text)
    if _GROUPED.match(plain):
        plain = plain.replace(",", "")
    return plain if _NUMBER.match(plain) else None


def letters(index: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 → A, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
