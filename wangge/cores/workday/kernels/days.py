"""Sampled days of a grid: which doors, which way round them, how many floors up."""

from __future__ import annotations

import numpy as np

from wangge.cores.planner.kernels.compiled import entrance, kernel
from wangge.cores.planner.records import Floats, Ints
from wangge.cores.workday.kernels.tours import improve, nearest_first, round_length


@kernel
def pick(shares: Floats) -> int:
    """A building drawn by its households. `shares` is their running sum, ending at 1."""
    return min(int(np.searchsorted(shares, np.random.random(), side="right")), len(shares) - 1)


@entrance
def sampled_days(
    x: Floats, y: Floats, shares: Floats, floors: Ints, lift: Ints, home: int, stops: float, doors: float,
    days: int, seed: int,
) -> tuple[float, float, float]:  # fmt: skip
    """What the ways of an average day are, over `days` days drawn at random.

    Of `stops` a day (a fraction is a chance of one more) the first `doors` are at a dwelling's door, on a floor drawn from
    the building's; the others are on the ground. Two doors of one staircase are one climb, to the higher of them.

    :param x, y, shares, floors, lift: one a building; `lift` is 1 where there is one; `home` is where the day begins.
    :returns: metres of the tour, floors climbed (up; down is the same again), rides in a lift: averages a day.
    """
    np.random.seed(seed)
    metres, climbed, rides = 0.0, 0, 0
    most = int(stops) + 2
    px, py = np.empty(most + 1), np.empty(most + 1)
    order, highest = np.empty(most + 1, np.int64), np.zeros(len(x), np.int64)
    for day in range(days):
        # Fractions are spread evenly over the days, so that their average is exact.
        count = int(np.floor((day + 1) * stops)) - int(np.floor(day * stops))
        at_doors = int(np.floor((day + 1) * doors)) - int(np.floor(day * doors))
        px[0], py[0], n = x[home], y[home], 1
        highest[:] = 0
        for s in range(count):
            b = pick(shares)
            px[n], py[n] = x[b], y[b]
            n += 1
            if s >= at_doors:
                continue
            floor = np.random.randint(0, floors[b])
            if lift[b]:
                rides += floor > 0
            elif floor > highest[b]:
                climbed += floor - highest[b]
                highest[b] = floor
        order[:n] = np.arange(n)
        nearest_first(order, n, px, py)
        improve(order, n, px, py)
        metres += round_length(order, n, px, py)
    return metres / days, climbed / days, rides / days
