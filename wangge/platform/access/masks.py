"""Which fields are shown, and how much of them. A masked list is not a look; the whole value is (``purposes.open_person``)."""

from __future__ import annotations

from collections.abc import Callable


def name(value: str) -> str:
    """王秀兰 → 王*兰, 张伟 → 张*, 欧阳小明 → 欧**明."""
    if len(value) <= 1:
        return value
    if len(value) == 2:
        return value[0] + "*"
    return value[0] + "*" * (len(value) - 2) + value[-1]


def telephone(value: str) -> str:
    """13812345521 → 138****5521."""
    return value[:3] + "*" * max(len(value) - 7, 0) + value[-4:] if len(value) >= 8 else "*" * len(value)


def identity(value: str) -> str:
    """The first three and the last characters stay: 420***********002X → 420**************X."""
    return value[:3] + "*" * max(len(value) - 4, 0) + value[-1:] if len(value) >= 8 else "*" * len(value)


def year_only(value: str) -> str:
    """1944-05-12 → 1944."""
    return value[:4]


MASKS: dict[str, Callable[[str], str]] = {
    "name": name,
    "guardian_name": name,
    "phone": telephone,
    "guardian_phone": telephone,
    "id_number": identity,
    "birth_date": year_only,
    "death_date": year_only,
    "disability_certificate": identity,
}


def mask(element: str, value: object) -> object:
    """The value as a list shows it. Elements without a mask of their own are shown as they are; None stays None."""
    if value is None or value == "" or element not in MASKS:
        return value
    return MASKS[element](str(value))
