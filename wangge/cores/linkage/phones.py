"""Linkage's reading of telephone numbers: several in one field, area codes, country codes, fillers."""

from __future__ import annotations

import re

from wangge.cores.linkage.numerals import narrow

_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
_PLAIN = re.compile(r"1[3-9]\d{9}")  # most numbers: nothing to clean
_LANDLINE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[- ]*([2-9]\d{6,7})(?!\d)")
_LOCAL = re.compile(r"(?<!\d)([2-9]\d{6,7})(?!\d)")
_NOT_DIGIT = re.compile(r"\D")
# People fill a compulsory field with these; they say nothing about who somebody is.
_FILLER = re.compile(r"^1[3-9]\d?(\d)\1{6,}$|(\d)\2{6,}|12345678|87654321")


def normalise_phone(text: str | None, area_code: str | None = None) -> tuple[str, ...]:
    """The telephone numbers of one field in digits, mobiles first, without country code or extension.

    A landline is written with its area code (``area_code`` is put before one that has none, e.g. 0717).
    Fillers such as 13800000000 and service lines (400, 800) are left out. Never raises.
    """
    if not text:
        return ()
    if _PLAIN.fullmatch(text):
        return () if _FILLER.search(text) else (text,)
    narrowed = re.sub(r"\.0$", "", narrow(text))
    rest, found = narrowed, []
    for pattern in (_MOBILE, _LANDLINE, _LOCAL):
        for match in pattern.finditer(rest):
            number = _NOT_DIGIT.sub("", "".join(match.groups()))
            if pattern is _LOCAL:
                number = (area_code or "") + number
            if not _FILLER.search(number) and number not in found:
                found.append(number)
        rest = pattern.sub("|", rest)
    return tuple(found)
