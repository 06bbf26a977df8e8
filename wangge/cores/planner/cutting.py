"""From settings to kernels: one piece with its yardstick, its chance and its effort, cut into grids."""

from __future__ import annotations

import numpy as np

from wangge.cores.planner.kernels.chance import state_for
from wangge.cores.planner.kernels.ground import AREA, Terms
from wangge.cores.planner.kernels.piece import Effort, plan_piece
from wangge.cores.planner.pieces import Cut
from wangge.cores.planner.proving.verdicts import least_outside
from wangge.cores.planner.records import Ints, Settings

# In walks of an average grid. One grid out of range less is worth more than any walk, and than two that are nearer to
# the band; of as many, the nearer ones are cheaper, so that 540 households become 540 rather than 300 and 240. But
# where nothing fits, many grids a little off are better than few far off.
OUTSIDE, BEYOND_PER_HALF_BAND = 10.0, 3.0
# The same for two cities of different kinds (tower blocks as points, street blocks with borders); the optima are flat.
HOT, COLD, WILD, TRIPLE = 0.5, 0.005, 2.0, 0.5


def cut_up(cut: Cut, households: Ints, settings: Settings) -> Ints:
    """The grid of each unit of a piece: numbers, not dense.

    :param households: of each of its units.
    """
    if households.sum() == 0:
        return np.zeros(len(households), np.int64)
    effort = Effort(settings.moves, settings.mends, HOT, COLD, WILD, TRIPLE)
    chance = state_for(settings.seed, f"{cut.community}\x1f{cut.number}")
    return plan_piece(
        cut.piece, _terms(cut, households, settings), effort, least_outside(households, settings), chance
    )


def _terms(cut: Cut, households: Ints, settings: Settings) -> Terms:
    half = (settings.high - settings.low) / 2.0 + 1.0
    # A first guess at an average grid's walk, replaced by the first draft's: a disc of as many units as the target needs.
    per_grid = max(1.0, settings.aim * len(households) / households.sum())
    spacing = float(np.median(cut.piece.edges["length"])) if len(cut.piece.edges) else 1.0
    return Terms(
        low=settings.low,
        high=settings.high,
        target=settings.aim,
        balance=settings.balance,
        shape=settings.shape if cut.piece.sums[:, AREA].any() else 0.0,
        outside=OUTSIDE,
        beyond=BEYOND_PER_HALF_BAND / half,
        worker=settings.worker,
        walk=settings.aim * 0.4 * spacing * float(np.sqrt(per_grid)),
    )
