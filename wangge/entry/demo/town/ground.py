"""The demo's town: the ground of one community, all that stands on it and is drawn on the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wangge.entry.demo.town.construction import Builder, Built
from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.frame import Frame, Points, densify
from wangge.entry.demo.town.layout import Layout
from wangge.entry.demo.town.partition import Box
from wangge.entry.demo.town.plots import Plots, cut_plots
from wangge.entry.demo.town.roads import Road

OCCUPIED = {"old": 0.88, "settled": 0.88, "new": 0.83, "rural": 0.84}
"""The share of dwellings in which someone lives."""
FULLEST = 0.97


@dataclass(frozen=True)
class Ground:
    """A community with its plan and its houses; `outline` is its border, closed, in ground metres."""

    community: Community
    households: int
    layout: Layout
    plots: Plots
    built: Built
    outline: Points

    @property
    def frame(self) -> Frame:
        """How the plan lies on the ground."""
        return self.layout.frame


def ground_of(layout: Layout, community: Community, households: int, seed: int) -> Ground:
    """Roads, blocks and houses of one community for so many living households."""
    plots = cut_plots(layout, community, seed)
    wanted = round(households / OCCUPIED[plots.character])
    built = Builder(community, plots, layout.frame, seed).build(wanted)
    # Where the plots are too small for them all, fewer families live.
    households = min(households, int(len(built.dwellings) * FULLEST))
    return Ground(community, households, layout, plots, built, _outline(layout, layout.outline(community)))


def line_of(layout: Layout, road: Road) -> Points:
    """A road's middle line in ground metres."""
    ends = [(road.at, road.start), (road.at, road.end)]
    plan = np.array(ends if road.axis == "u" else [(b, a) for a, b in ends])
    return layout.frame.ground(densify(plan))


def _outline(layout: Layout, box: Box) -> Points:
    """Corner points stand where neighbours have theirs: every 10 metres of the plan, so that borders tile."""
    us = np.unique(np.r_[box.u0, np.arange(np.ceil(box.u0 / 10) * 10, box.u1, 10), box.u1])
    vs = np.unique(np.r_[box.v0, np.arange(np.ceil(box.v0 / 10) * 10, box.v1, 10), box.v1])
    plan = np.vstack(
        [
            np.column_stack([us, np.full(len(us), box.v0)]),
            np.column_stack([np.full(len(vs) - 1, box.u1), vs[1:]]),
            np.column_stack([us[-2::-1], np.full(len(us) - 1, box.v1)]),
            np.column_stack([np.full(len(vs) - 1, box.u0), vs[-2::-1]]),
        ]
    )
    return layout.frame.ground(plan)
