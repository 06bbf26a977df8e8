"""What the command prints about a plan."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wangge.cores.planner.proving.verdicts import reason
from wangge.cores.planner.records import Plan, Units
from wangge.cores.planner.replanning import Replan


def report(units: Units, plan: Plan, seconds: float) -> Iterator[str]:
    """Lines: what was planned, how long it took, what is in range, and the verdict on every grid that is not."""
    peopled, outside = plan.peopled, plan.outside
    band = f"{plan.settings.low} to {plan.settings.high} households"
    if plan.bands:
        band = f"the households of their community's band ({band} where it has none of its own)"
    yield (
        f"{len(units):,} buildings, {int(units.households.sum()):,} households,"
        f" {len({grid.community for grid in plan.grids}):,} communities"
    )
    inside = len(peopled) - len(outside)
    share = f" ({100 * inside / len(peopled):.2f} %)" if peopled else ""
    yield (
        f"{len(peopled):,} grids in {seconds:.1f} seconds: {inside:,}{share} hold {band},"
        f" {len(outside):,} do not"
    )
    if peopled:
        sizes = np.array([grid.households for grid in peopled])
        yield f"households a grid: least {sizes.min()}, median {np.median(sizes):.0f}, most {sizes.max()}"
    for grid in plan.grids:
        if grid.verdict is not None:
            yield f"  {grid.code}: {grid.households} households; {grid.verdict.kind}: {reason(grid.verdict)}"
    for compound in plan.let_go:
        yield (
            f"  compound {compound.name} of community {compound.community} has {compound.households} households,"
            f" more than {plan.settings_of(compound.community).high}: it was planned building by building"
        )


def report_moves(made: Replan) -> Iterator[str]:
    """Lines: who changes grid against a former plan, and which grids come and go."""
    share = 100 * made.moved / made.before if made.before else 0.0
    yield f"households moved: {made.moved:,} ({share:.2f} %)"
    for move in made.moves:
        yield f"  {move.unit}: {move.households} households from {move.former} to {move.now}"
    for what, codes in (("new", made.new), ("gone", made.gone)):
        if codes:
            yield f"grids that are {what}: {', '.join(codes)}"
