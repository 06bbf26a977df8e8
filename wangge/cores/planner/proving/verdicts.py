"""Why a grid is out of range: what arithmetic proves, in words, and what nothing proves yet.

Two proofs need no search. A unit above the upper bound is out of range in whatever grid it lies. And a connected piece
of H households can be cut into k grids in range only if k x low <= H <= k x high for some whole k; where no k fits, at
least one of its grids is out of range. What stays is undecided: a finer proof is another pass over the same pieces.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wangge.cores.planner.records import Ints, Settings, Verdict

SENTENCES = {
    "nobody_lives_here": "nobody lives in {whose}: there are no households to fill a grid with",
    "unit_above_high": "building {unit} alone has {households} households, more than {high}",
    "too_few": "{whose} has only {households} households, fewer than {low}",
    "no_count_fits": (
        "{whose} has {households} households: no number of grids between {low} and {high} fits"
        " (cut into {fewer}, one holds more than {high}; cut into {more}, one holds fewer than {low})"
    ),
    "no_cover": (
        "of all connected grids of {low} to {high} households that hold any of {units}, no choice holds them all:"
        " at least {least} grid there must be out of range"
    ),
    "not_proven": (
        "{whose} has {households} households, by number enough for {grids} grids;"
        " no cut that keeps this one in range was found, nor proven impossible"
    ),
    "not_proven_beside": "{whose} has a grid that must be out of range; whether this one must too is not proven",
}


def reason(verdict: Verdict) -> str:
    """The verdict's reason as an English sentence without capital and stop; upper rooms translate by its code."""
    return SENTENCES[verdict.code].format(**verdict.params)


def least_outside(households: Ints, settings: Settings) -> int:
    """How many grids of a piece must be out of range, giants each by themselves."""
    total = int(households.sum())
    unfit = total > 0 and not counts(total, settings)
    return max(int(unfit), int(np.count_nonzero(households > settings.high)))


def counts(total: int, settings: Settings) -> range:
    """The numbers of grids that `total` households would fit; empty if there is none."""
    return range(-(-total // settings.high), total // settings.low + 1)


def judge(
    ids: Sequence[str], households: Ints, grid: Ints, whose: str, settings: Settings
) -> dict[int, Verdict]:
    """The verdict on each grid of one piece that is out of range.

    :param ids, households, grid: name, households and grid (0 .. k-1) of each unit of the piece.
    :param whose: what to call the piece in a sentence.
    """
    sizes = np.bincount(grid, households).astype(np.int64)
    off = np.maximum(settings.low - sizes, sizes - settings.high)
    # The grid farthest from the band stands for the one that must be out of range.
    outside = [int(g) for g in np.argsort(-off, kind="stable") if off[g] > 0]
    verdicts = {int(grid[u]): _giant(ids[u], households[u], settings) for u in _giants(households, settings)}
    proven = bool(verdicts)
    for g in outside:
        if g not in verdicts:
            verdicts[g] = _by_count(int(sizes.sum()), whose, settings, proven)
            proven = True
    return verdicts


def _giants(households: Ints, settings: Settings) -> Ints:
    """Units above the upper bound, the largest last."""
    giants = np.flatnonzero(households > settings.high)
    return giants[np.argsort(households[giants], kind="stable")]


def _giant(name: str, households: int, settings: Settings) -> Verdict:
    said = {"unit": name, "households": int(households), "high": settings.high}
    return Verdict("proven", "unit_above_high", said)


def _by_count(total: int, whose: str, settings: Settings, proven: bool) -> Verdict:
    said: dict[str, object] = {
        "whose": whose,
        "households": total,
        "low": settings.low,
        "high": settings.high,
    }
    fitting = counts(total, settings)
    if total == 0:
        return Verdict("proven", "nobody_lives_here", said)
    if total < settings.low:
        return Verdict("proven", "too_few", said)
    if fitting:
        grids = f"{fitting[0]}–{fitting[-1]}" if len(fitting) > 1 else f"{fitting[0]}"
        return Verdict("undecided", "not_proven", said | {"grids": grids})
    if proven:
        return Verdict("undecided", "not_proven_beside", said)
    fewer = total // settings.high
    return Verdict("proven", "no_count_fits", said | {"fewer": fewer, "more": fewer + 1})
