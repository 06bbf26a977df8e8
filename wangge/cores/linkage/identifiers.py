"""Linkage's reading of identity numbers: GB 11643 citizen numbers, legacy ones, permits, passports.

Also the unified social credit code of organisations (GB 32100).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from wangge.cores.linkage.numerals import narrow

RESIDENT = "resident_id"
PERMIT = "hk_macao_taiwan_permit"
PASSPORT = "passport"
NONE = "none"
KINDS = (RESIDENT, PERMIT, PASSPORT, NONE)

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
# Provinces of GB/T 2260; 81-83 are the residence permits of Hong Kong, Macao and Taiwan residents and 9x
# the foreigners' permanent residence cards: same layout, same check digit, other kinds of paper.
_PROVINCE_LIST = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71"
)
PROVINCES = frozenset(_PROVINCE_LIST.split())
PERMIT_PROVINCES = frozenset(("81", "82", "83"))
_SEPARATORS = re.compile(r"[\s\-_.·,，'`’*]")
_LABEL = re.compile(r"^(?:身份证号?码?|公民身份号码|证件号码?|ID)[::]?")
_FLOAT = re.compile(r"^\d(?:\.\d+)?E\+?\d+$")
_FILLER = re.compile(r"(\d)\1{7}|123456789")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUE = {c: i for i, c in enumerate(_CREDIT_ALPHABET)}


@dataclass(frozen=True, slots=True)
class IdNumber:
    """One identity number made comparable.

    ``value`` is the comparable text (18 characters for a citizen), None when nothing usable was there;
    ``valid`` means that its own rules hold. ``reason`` says why: ``ok``, ``legacy`` (15 digits, brought to
    18: its birth date holds but nothing checks its digits), ``blank``, ``masked`` (4205**), ``filler``, ``length``, ``characters``,
    ``region``, ``birth_date``, ``check_digit``, ``no_check_digit``, ``rounded`` (a spreadsheet read it as
    a number), ``unrecognised``.
    """

    value: str | None
    kind: str
    valid: bool
    reason: str

    @property
    def birth_date(self) -> str | None:
        """The ISO birth date a valid 18-character number carries."""
        if not self.valid or self.value is None or len(self.value) != 18:
            return None
        return f"{self.value[6:10]}-{self.value[10:12]}-{self.value[12:14]}"

    @property
    def sex(self) -> str | None:
        """GB/T 2261.1 sex (``1`` male, ``2`` female) a valid 18-character number carries."""
        if not self.valid or self.value is None or len(self.value) != 18:
            return None
        return "1" if int(self.value[16]) % 2 else "2"


def id_check_digit(first17: str) -> str:
    """The 18th character of a citizen number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return ID_CHECKS[sum(w * int(c) for w, c in zip(ID_WEIGHTS, first17, strict=True)) % 11]


def normalise_id(text: str | None, kind: str | None = None) -> IdNumber:
    """An identity number as comparable text with its kind, validity and the reason for it.

    ``kind`` is what the file says about the paper; without it the shape decides. Never raises.
    """
    cleaned = (text or "").upper()
    if "**" in cleaned or "＊＊" in cleaned or "XXX" in cleaned:
        return IdNumber(None, kind if kind in KINDS else NONE, False, "masked")
    if not (cleaned.isascii() and cleaned.isalnum()):
        narrowed = narrow(text or "").upper()
        if _FLOAT.match(narrowed):
            return IdNumber(None, RESIDENT, False, "rounded")
        cleaned = _LABEL.sub("", _SEPARATORS.sub("", narrowed))
    if _FILLER.match(cleaned):
        return IdNumber(None, kind if kind in KINDS else NONE, False, "filler")
    if cleaned in ("", "无", "NONE", "NULL", "NAN", "0"):
        return IdNumber(None, kind if kind in KINDS else NONE, False, "blank")
    if kind in (PERMIT, PASSPORT) and not _citizen_shape(cleaned):
        return _paper(cleaned, kind)
    if _citizen_shape(cleaned) or kind == RESIDENT:
        return _citizen(cleaned)
    return _paper(cleaned, kind)


def _citizen_shape(text: str) -> bool:
    digits = text[:-1] if text.endswith("X") else text
    return digits.isascii() and digits.isdigit() and 13 <= len(text) <= 20


def _citizen(text: str) -> IdNumber:
    kind = _citizen_kind(text)
    if len(text) == 15 and text.isdigit():
        return _legacy(text, kind)
    if len(text) == 17 and text.isdigit() and real_date(text[6:14]):
        return IdNumber(text + id_check_digit(text), kind, False, "no_check_digit")
    if len(text) != 18:
        return IdNumber(text, kind, False, "length")
    if not (text[:17].isascii() and text[:17].isdigit() and text[17] in "0123456789X"):
        return IdNumber(text, kind, False, "characters")
    if text[:2] not in PROVINCES and kind == RESIDENT:
        return IdNumber(text, kind, False, "region")
    if not real_date(text[6:14]):
        return IdNumber(text, kind, False, "birth_date")
    if id_check_digit(text[:17]) != text[17]:
        return IdNumber(text, kind, False, "rounded" if text.endswith("000") else "check_digit")
    return IdNumber(text, kind, True, "ok")


def _citizen_kind(text: str) -> str:
    if text[:2] in PERMIT_PROVINCES:
        return PERMIT
    return PASSPORT if text[:1] == "9" else RESIDENT


def _legacy(text: str, kind: str) -> IdNumber:
    # Sequence numbers 996-999 were kept for people born before 1900 (GB 11643-1989).
    century = "18" if text[12:15] in ("996", "997", "998", "999") else "19"
    first17 = text[:6] + century + text[6:]
    value = first17 + id_check_digit(first17)
    if text[:2] not in PROVINCES and kind == RESIDENT:
        return IdNumber(value, kind, False, "region")
    if not real_date(value[6:14]):
        return IdNumber(value, kind, False, "birth_date")
    return IdNumber(value, kind, True, "legacy")


def _paper(text: str, kind: str | None) -> IdNumber:
    if not re.fullmatch(r"[0-9A-Z()]+", text):
        return IdNumber(text, kind if kind in KINDS else NONE, False, "characters")
    text = re.sub(r"\(\w+\)$", "", text)
    if re.fullmatch(r"[HM]\d{8}(\d\d)?", text):
        return IdNumber(text[:9], PERMIT, True, "ok")  # the last two digits only count renewals
    if kind == PERMIT:
        return IdNumber(text, PERMIT, bool(re.fullmatch(r"\d{8}(\d\d)?|[A-Z]?\d{6,10}[A-Z]?", text)), "ok")
    if re.fullmatch(r"[A-Z]{1,3}\d{6,12}", text) or kind == PASSPORT:
        valid = bool(re.fullmatch(r"[A-Z0-9]{6,15}", text))
        return IdNumber(text, PASSPORT, valid, "ok" if valid else "length")
    return IdNumber(text, kind if kind in KINDS else NONE, False, "unrecognised")


def real_date(digits: str) -> bool:
    """Whether eight digits are a calendar day between 1850 and 2099."""
    try:
        return 1850 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= 2099
    except ValueError:
        return False


def normalise_credit_code(text: str | None) -> tuple[str | None, bool]:
    """A unified social credit code (GB 32100-2015) in upper case, and whether its check character holds."""
    code = _SEPARATORS.sub("", narrow(text or "").upper())
    if len(code) != 18 or any(c not in _CREDIT_VALUE for c in code):
        return code or None, False
    total = sum(_CREDIT_VALUE[c] * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return code, _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]
