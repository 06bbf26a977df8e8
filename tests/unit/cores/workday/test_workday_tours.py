"""Tours: never shorter than the exact optimum (Held & Karp 1962), and close to it."""

from itertools import combinations

import numpy as np
import pytest

from wangge.cores.workday.kernels.tours import tour


def shortest(x, y):
    """Length of the best round tour, by dynamic programming over sets of stops."""
    n = len(x)
    d = np.hypot(x[:, None] - x, y[:, None] - y)
    best = {(1 << j, j): d[0, j] for j in range(1, n)}
    for size in range(2, n):
        for chosen in combinations(range(1, n), size):
            bits = sum(1 << j for j in chosen)
            for j in chosen:
                best[bits, j] = min(best[bits ^ (1 << j), k] + d[k, j] for k in chosen if k != j)
    return min(best[(1 << n) - 2, j] + d[j, 0] for j in range(1, n))


@pytest.mark.parametrize("stops", [2, 3, 5, 8, 9])
def test_tours_are_near_the_optimum(stops):
    excess = []
    for seed in range(12):
        x, y = np.random.default_rng([seed, stops]).uniform(0, 500, (2, stops))
        order, length = tour(x, y)
        assert order[0] == 0
        assert sorted(order) == list(range(stops))
        walked = sum(
            np.hypot(x[a] - x[b], y[a] - y[b]) for a, b in zip(order, np.roll(order, -1), strict=True)
        )
        assert length == pytest.approx(walked)
        excess.append(length / shortest(x, y) - 1)
    assert min(excess) > -1e-9
    assert max(excess) < 0.10
    assert np.mean(excess) < 0.02


def test_the_bound_would_see_an_unsolved_tour():
    x, y = np.random.default_rng(3).uniform(0, 500, (2, 9))
    as_it_came = np.hypot(x - np.roll(x, 1), y - np.roll(y, 1)).sum()
    assert as_it_came > 1.10 * shortest(x, y)
