"""The demo's town: telephone numbers that ring nowhere. They begin with segments that no operator has been given
(160, 161, 163, 164, 169), and landlines with a 9, so that no message of a demo ever reaches a real person.
"""

from __future__ import annotations

_SEGMENTS = ("160", "161", "163", "164", "169")
# Primes: multiplying by a stride then deals out every number once, in no visible order.
_SPAN = 499_999_993
_STRIDE = 161_803_399
_LANDLINES = 999_983
AREA = "0717"


class Numbers:
    """The numbers of one community, of `count` communities: no two communities share one. `first` skips some."""

    def __init__(self, ordinal: int, count: int, first: int = 0) -> None:
        self._ordinal, self._count = ordinal, count
        self._serial = first

    def mobile(self) -> str:
        """A new number of 11 digits."""
        index = (self._serial * self._count + self._ordinal) * _STRIDE % _SPAN
        self._serial += 1
        return _SEGMENTS[index // 10**8] + f"{index % 10**8:08d}"

    def landline(self) -> str:
        """A new number with its area code."""
        index = (self._serial * self._count + self._ordinal) * 618_033 % _LANDLINES
        self._serial += 1
        return f"{AREA}-9{index:06d}"
