"""The demo's script: how often each class of case is reported, and when."""

from __future__ import annotations

from wangge.entry.demo.town.catalogues import classes

WEIGHTS = {
    "E0401": 12, "E0402": 10, "E0403": 14, "E0404": 10, "E0101": 12, "E0103": 7, "E0201": 8, "E0102": 5, "E0104": 3,
    "E0106": 2, "E0107": 5, "E0108": 2, "E0109": 0.6, "E0203": 3, "E0202": 1.5, "E0303": 1, "E0301": 1.2, "E0302": 0.6,
    "E0405": 0.8, "E0406": 3, "E0407": 2.5, "E0601": 2.2, "E0602": 3, "E0603": 0.9, "E0604": 0.8, "E0605": 0.8,
    "E0501": 0.3, "E0502": 0.06, "E0503": 0.15, "E0504": 0.05, "E0505": 0.5, "P0101": 0.8, "P0102": 1.2, "P0103": 1,
    "P0104": 1.5, "P0105": 0.5, "P0106": 3.5, "P0107": 0.8, "P0108": 0.6, "P0110": 0.4, "P0201": 2, "P0202": 3.5,
    "P0203": 0.8, "P0204": 0.3, "P0205": 0.6, "P0206": 0.8, "P0207": 0.3, "P0302": 3, "P0303": 1.2, "P0304": 0.4,
    "P0401": 1.5, "P0402": 0.4, "P0403": 0.4, "P0404": 0.4, "P0111": 0.4, "P0501": 0.1, "P0502": 0.1, "P0301": 0.5,
}  # fmt: skip
"""Weights; a class that isn't named has 0.2."""

IN_RAIN = {
    "E0109": 14.0,
    "P0104": 4.0,
    "P0103": 3.0,
    "P0102": 2.0,
    "E0503": 6.0,
    "E0401": 0.4,
    "E0301": 0.1,
    "E0303": 0.5,
}

_EVENING = (0.3, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.2, 2, 3, 3.5, 3.5, 3, 2, 1)
_RUSH = (0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 1.5, 4, 4, 1.5, 1, 1, 1, 1, 1, 1, 2, 4, 4, 2, 1, 0.6, 0.4, 0.3)
_NIGHT = (
    4,
    2.5,
    1,
    0.5,
    0.4,
    0.5,
    0.7,
    0.6,
    0.6,
    0.6,
    0.6,
    0.7,
    1.5,
    1,
    0.6,
    0.6,
    0.6,
    0.8,
    1,
    2,
    3,
    5,
    6,
    5,
)
_MEALS = (0.2, 0.1, 0.1, 0.1, 0.2, 1, 4, 4, 2, 1, 1.5, 3, 3, 1, 0.6, 0.6, 1.5, 4, 5, 5, 4, 3, 1, 0.5)
TIMES = {
    "E0403": _RUSH, "E0404": _RUSH, "P0204": _RUSH, "E0107": _NIGHT, "P0106": _EVENING, "E0401": _MEALS, "E0106": _MEALS,
    "E0108": _MEALS, "E0406": _EVENING, "E0601": _EVENING,
}  # fmt: skip
"""Weights of the 24 hours that a class adds to those of its reporter."""


def weight(code: str, rain: bool) -> float:
    """How often a class is reported on a dry or a wet day."""
    return WEIGHTS.get(code, 0.2) * (IN_RAIN.get(code, 1.0) if rain else 1.0)


def all_weights(rain: bool) -> dict[str, float]:
    """Every class with its weight."""
    return {code: weight(code, rain) for code in classes()}
