"""Linkage's door for single values: each field made comparable, the original stays with the caller."""

from __future__ import annotations

from wangge.cores.linkage.dates import DateReading, normalise_date, read_date
from wangge.cores.linkage.identifiers import IdNumber, id_check_digit, normalise_credit_code, normalise_id
from wangge.cores.linkage.names import normalise_name
from wangge.cores.linkage.phones import normalise_phone

__all__ = [
    "DateReading",
    "IdNumber",
    "id_check_digit",
    "normalise_credit_code",
    "normalise_date",
    "normalise_id",
    "normalise_name",
    "normalise_phone",
    "normalise_sex",
    "read_date",
]

_SEXES = {"1": "1", "男": "1", "男性": "1", "M": "1", "MALE": "1", "2": "2", "女": "2", "女性": "2"}
_SEXES |= {"F": "2", "FEMALE": "2", "0": "0", "未知": "0", "9": "9", "未说明": "9"}


def normalise_sex(text: str | None) -> str | None:
    """GB/T 2261.1 code of a sex field (1 male, 2 female, 0 unknown, 9 unstated), None when it says nothing."""
    return _SEXES.get(text.strip().upper().removesuffix(".0")) if text else None
