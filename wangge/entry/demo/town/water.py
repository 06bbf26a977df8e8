"""The demo's town: the river with its bank and its bridge, and the hills behind the town."""

from __future__ import annotations

import numpy as np

from wangge.entry.demo.town.frame import Points, densify
from wangge.entry.demo.town.layout import BANK, Layout

_WIDTH = {"长江": 820.0}
_BEYOND = 900.0


def river(layout: Layout) -> Points:
    """The river's outline, closed, in ground metres; it runs on beyond the district at both ends."""
    u0, u1 = -_BEYOND, layout.whole.u1 + _BEYOND
    width = _WIDTH.get(layout.river, 160.0)
    us = np.linspace(u0, u1, 160)
    near = np.column_stack([us, np.full(len(us), BANK)])
    far = np.column_stack([us[::-1], BANK - width * (1 + 0.10 * np.sin(us[::-1] / 1300.0))])
    return layout.frame.ground(np.vstack([near, far, near[:1]]))


def bank(layout: Layout) -> Points:
    """The green between the road along the river and the water."""
    line = layout.roads.all[0]
    kerb = -line.width / 2 - 2
    corners = np.array(
        [(0, BANK), (layout.whole.u1, BANK), (layout.whole.u1, kerb), (0, kerb), (0, BANK)], dtype=float
    )
    return layout.frame.ground(densify(corners))


def hills(layout: Layout) -> Points:
    """The wooded hills behind the town."""
    us = np.linspace(-200, layout.whole.u1 + 200, 90)
    foot = layout.whole.v1 + 45
    back = foot + 650 + 180 * np.sin(us[::-1] / 700.0) + 90 * np.sin(us[::-1] / 260.0)
    near = np.column_stack([us, np.full(len(us), foot)])
    return layout.frame.ground(np.vstack([near, np.column_stack([us[::-1], back]), near[:1]]))


def bridge(layout: Layout) -> Points:
    """A bridge over the river, in line with the largest road that comes down to it."""
    down = [r for r in layout.roads.all if r.axis == "u" and r.start == 0 and 0 < r.at < layout.whole.u1]
    at = max(down, key=lambda r: (-r.rank, r.end, r.at)).at if down else layout.whole.u1 / 2
    plan = np.array([(at, 0.0), (at, 1.35 * BANK - _WIDTH.get(layout.river, 160.0) * 1.2)])
    return layout.frame.ground(densify(plan))
