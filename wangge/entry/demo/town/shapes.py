"""The demo's town: outlines of houses, as corners around a middle (x along the front, y to the back)."""

from __future__ import annotations

import math
from random import Random

import numpy as np

from wangge.entry.demo.town.frame import Points


def outline(kind: str, length: float, depth: float, chance: Random) -> Points:
    """Corners of a house of `length` × `depth` metres, not closed, anticlockwise."""
    x, y = length / 2, depth / 2
    if kind == "tower":
        return _cross(x, y)
    if kind == "middle" and length > 20:
        return _notched(x, y, 2.5)
    if kind == "old" and chance.random() < 0.35:
        return _angled(x, y)
    if kind == "school":
        return _court(x, y)
    return np.array([[-x, -y], [x, -y], [x, y], [-x, y]])


def turned(corners: Points, angle: float) -> Points:
    """The same, turned by `angle` radians."""
    cos, sin = math.cos(angle), math.sin(angle)
    return np.column_stack(
        [cos * corners[:, 0] - sin * corners[:, 1], sin * corners[:, 0] + cos * corners[:, 1]]
    )


def _cross(x: float, y: float) -> Points:
    a, b = 0.45 * x, 0.5 * y
    return np.array(
        [
            [-a, -y],
            [a, -y],
            [a, -b],
            [x, -b],
            [x, b],
            [a, b],
            [a, y],
            [-a, y],
            [-a, b],
            [-x, b],
            [-x, -b],
            [-a, -b],
        ]
    )


def _notched(x: float, y: float, notch: float) -> Points:
    w = 0.12 * x
    return np.array([[-x, -y], [x, -y], [x, y], [w, y], [w, y - notch], [-w, y - notch], [-w, y], [-x, y]])


def _angled(x: float, y: float) -> Points:
    return np.array([[-x, -y], [x, -y], [x, 0.0], [-0.1 * x, 0.0], [-0.1 * x, y], [-x, y]])


def _court(x: float, y: float) -> Points:
    a, b = x - min(14.0, 0.4 * x), y - min(14.0, 0.4 * y)
    return np.array([[-x, -y], [x, -y], [x, y], [a, y], [a, -b], [-a, -b], [-a, y], [-x, y]])
