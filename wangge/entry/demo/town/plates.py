"""The demo's town: the codes on door plates. They tell nothing about the door: that is looked up.

DB42/T 2175 gives every address a code; its inner layout is not needed here, so a plate carries the district, ten
digits that don't follow each other from door to door, and a check digit (ISO/IEC 7064, MOD 11,10).
"""

from __future__ import annotations

_SPAN = 10**10
_STRIDE = 6_180_339_887  # odd and no multiple of 5: every serial has a plate of its own
_A_COMMUNITY = 1_000_000


def plate_code(district: str, ordinal: int, serial: int) -> str:
    """17 digits for the `serial`-th plate (0–999,999) of the city's `ordinal`-th community."""
    body = district + f"{(ordinal * _A_COMMUNITY + serial) * _STRIDE % _SPAN:010d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The last digit (ISO/IEC 7064, MOD 11,10)."""
    product = 10
    for digit in body:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)
