"""How few grids out of range some units can do with, found anew: by trying everything in a small piece, else by HiGHS.

HiGHS is a solver of linear programs in floating point: it counts as no proof by itself, but as a second one that shares
nothing with the first. Pieces of 16 units and fewer need none: every choice is tried.
"""

from __future__ import annotations

from functools import cache

from wangge.cores.planner.verifying.listing import Band, Set, TooLarge, list_sets
from wangge.cores.planner.verifying.reading import City

SMALL = 16
_SECONDS = 120.0


def fewest_unfit(city: City, band: Band, piece: set[int], units: set[int], least: int) -> int:
    """The fewest sets out of range among disjoint connected sets that hold all of `units`, counted up to `least`.

    :raises TooLarge: if it can't be told here.
    """
    # Whether one is needed is the question whether good sets do by themselves.
    listed = list_sets(city, band, units, unfit=least > 1)
    priced = [(one, 0) for one in listed.good] + ([(one, 1) for one in listed.unfit] if least > 1 else [])
    found = _by_trying(priced, units) if len(piece) <= SMALL else _by_solver(priced, units)
    return least if found is None else min(found, least)


def _by_trying(priced: list[tuple[Set, int]], units: set[int]) -> int | None:
    """The least price of disjoint sets over all units; None if there are none."""
    holding = {u: [(one, price) for one, price in priced if u in one] for u in units}

    @cache
    def fewest(taken: Set) -> float:
        open_units = units - taken
        if not open_units:
            return 0
        prices = (price + fewest(taken | one) for one, price in holding[min(open_units)] if not one & taken)
        return min(prices, default=float("inf"))

    found = fewest(frozenset())
    return None if found == float("inf") else int(found)


def _by_solver(priced: list[tuple[Set, int]], units: set[int]) -> int | None:
    """The same by mixed-integer programming: each of `units` in exactly one chosen set, any other in one at most."""
    if not priced:
        return None
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows = {u: i for i, u in enumerate(sorted(units | {u for one, _ in priced for u in one}))}
    at = [(rows[u], column) for column, (one, _) in enumerate(priced) for u in one]
    matrix = csr_array((np.ones(len(at)), tuple(zip(*at, strict=True))), shape=(len(rows), len(priced)))
    must = np.array([float(u in units) for u in rows])
    made = milp(
        np.array([float(price) for _, price in priced]),
        integrality=np.ones(len(priced)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, must, np.ones(len(rows))),
        options={"time_limit": _SECONDS},
    )
    if made.status == 2:  # infeasible
        return None
    if made.status != 0:
        raise TooLarge(f"the solver did not settle it: {made.message}")
    return round(float(made.fun))
