"""What a case is called: a number from a counter row per day, and a code by which its reporter follows it.

The tracking code is 10 characters of Crockford's base 32 (50 bits from the system's random source), without letters that
are mistaken for digits. Only its blind index is kept: nobody who reads the table can follow somebody else's case.
"""

from __future__ import annotations

import secrets
from datetime import date

from django.db import connection
from django.db.models import F

from wangge.platform.stores import sealing
from wangge.work.cases.models import TRACKING, Counter

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_MISTAKEN = str.maketrans("OIL", "011")


def reserve(day: date, count: int = 1) -> list[str]:
    """The next numbers of a day (``2026-0731-0042``), in order; call inside the transaction that uses them."""
    if not connection.in_atomic_block:
        raise RuntimeError(
            "case numbers are reserved in the transaction that uses them, or numbers would be lost"
        )
    if not Counter.objects.filter(day=day).update(last=F("last") + count):
        Counter.objects.get_or_create(day=day)
        Counter.objects.filter(day=day).update(last=F("last") + count)
    last = Counter.objects.values_list("last", flat=True).get(day=day)
    return [f"{day:%Y-%m%d}-{n:04d}" for n in range(last - count + 1, last + 1)]


def new_tracking_code() -> tuple[str, str]:
    """A fresh code as it is shown (``7K3QM-0ZX9T``), and its index as it is kept."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{code[:5]}-{code[5:]}", sealing.blind_index(code, TRACKING)


def tracking_indexes(code: str) -> list[str]:
    """The indexes under which a typed code may be kept: blanks and dashes fall away, O is 0, I and L are 1.

    Nothing for what can't be a code, so that guessing costs no look into the table.
    """
    plain = sealing.normalised(code).translate(_MISTAKEN)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET):
        return []
    return sealing.blind_indexes(plain, TRACKING)
