"""Compile the planner's kernels once, so that the first plan of an installation doesn't wait for it."""

from __future__ import annotations


def warm() -> None:
    """Plan a made-up community: every kernel is compiled on the way, or loaded where it was before."""
    import numpy as np

    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.records import Units

    side = 12
    east, north = np.meshgrid(np.arange(side) * 50.0, np.arange(side) * 50.0)
    households = 20 + (np.arange(side * side) * 7) % 60
    plan(
        Units(
            [str(number) for number in range(side * side)],
            east.ravel(),
            north.ravel(),
            households,
            ["one"] * (side * side),
        )
    )


if __name__ == "__main__":
    warm()
