"""Listed sets chosen so that they share out the units: exact, by CP-SAT.

One worker, a fixed seed and a limit of the solver's own deterministic time: the same pieces give the same answer on any
machine, however busy. ortools is loaded by the first solve, not before: it takes half a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wangge.cores.planner.proving.ground import Ground, members

_UNFIT = 1_000_000  # a grid out of range costs more than any walk
_WALK = 1_000  # what the longest walk among the sets costs


@dataclass(frozen=True)
class Cover:
    """What the solver found.

    :param status: `best` - `chosen` has the fewest sets out of range; `none` - no choice exists; `unknown` - out of time.
    """

    status: Literal["best", "none", "unknown"]
    chosen: tuple[int, ...] = ()


def cover(ground: Ground, sets: Sequence[int], must: int, time: float) -> Cover:
    """Choose sets that share no unit and hold every unit of `must`: fewest out of range, then the shortest walks.

    :param sets: as listed by `grids_touching`.
    :param time: the limit, in the solver's deterministic seconds.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in sets]
    holding: dict[int, list[cp_model.IntVar]] = {u: [] for u in members(must)}
    for one, variable in zip(sets, taken, strict=True):
        for u in members(one):
            holding.setdefault(u, []).append(variable)
    for u, variables in holding.items():
        if must >> u & 1:
            model.add_exactly_one(variables)
        elif len(variables) > 1:
            model.add_at_most_one(variables)
    prices = _prices(ground, sets)
    if any(prices):
        model.minimize(sum(price * variable for price, variable in zip(prices, taken, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = time
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Cover("none")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Cover("unknown")
    chosen = tuple(one for one, variable in zip(sets, taken, strict=True) if solver.value(variable))
    unfit = sum(ground.is_outside(one) for one in chosen)
    # The count of sets out of range is proven where the bound leaves no room for one fewer.
    proven = solver.best_objective_bound > (unfit - 1) * _UNFIT + _UNFIT // 2
    return Cover("best" if proven or not unfit else "unknown", chosen)


def _prices(ground: Ground, sets: Sequence[int]) -> list[int]:
    """Whole prices: a set out of range is never worth a walk."""
    if ground.rows is None:
        return [_UNFIT * ground.is_outside(one) for one in sets]
    walks = [ground.walk(one) for one in sets]
    longest = max(walks, default=0.0) or 1.0
    return [
        _UNFIT * ground.is_outside(one) + round(_WALK * walk / longest)
        for one, walk in zip(sets, walks, strict=True)
    ]
