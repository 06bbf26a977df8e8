"""A community by itself: all that its plan needs, small enough to be sent to another process, and the plan that comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.planner.grids import codes_of, grids_of, judged, whose
from wangge.cores.planner.numbering import in_order
from wangge.cores.planner.proving.verdicts import judge
from wangge.cores.planner.records import Bands, Compound, Edges, Grid, Ints, Settings, Units

if TYPE_CHECKING:
    from wangge.cores.planner.pieces import Cut


@dataclass(frozen=True, eq=False)
class Part:
    """One community's units, the edges between them (rows of these units), and its own settings."""

    units: Units
    edges: Edges
    settings: Settings


@dataclass(frozen=True, eq=False)
class Planned:
    """A community's plan: the grid of each of its units (positions in `grids`), and compounds that were let go."""

    grid: Ints
    grids: tuple[Grid, ...]
    let_go: tuple[Compound, ...] = ()


def parts_of(units: Units, edges: Edges, settings: Settings, bands: Bands) -> Iterator[tuple[Ints, Part]]:
    """Each community, in the order of their names: the rows of its units, and its part.

    :raises ValueError: if an edge names a unit that is not there.
    """
    ends = np.concatenate([edges.u, edges.v])
    if len(ends) and not 0 <= ends.min() <= ends.max() < len(units):
        off = ends.max() if ends.min() >= 0 else ends.min()
        raise ValueError(f"an edge names unit {off}; rows are 0 to {len(units) - 1}")
    names, code = np.unique(np.asarray(units.community, dtype=object).astype(str), return_inverse=True)
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(len(names) + 1))
    place = np.empty(len(units), np.int64)
    place[order] = np.arange(len(units)) - starts[code[order]]
    inner = np.flatnonzero(code[edges.u] == code[edges.v])
    inner = inner[np.argsort(code[edges.u[inner]], kind="stable")]
    links = np.searchsorted(code[edges.u[inner]], np.arange(len(names) + 1))
    for c, name in enumerate(names.tolist()):
        rows, mine = order[starts[c] : starts[c + 1]], inner[links[c] : links[c + 1]]
        own = Edges(
            place[edges.u[mine]],
            place[edges.v[mine]],
            None if edges.border_m is None else edges.border_m[mine],
            None if edges.len_m is None else edges.len_m[mine],
        )
        yield rows, Part(units.take(rows), own, settings.of(name, bands))


def plan_community(part: Part) -> Planned:
    """Plan one community. It hangs on nothing but the part: over processes or partitions it comes out the same."""
    # The kernels load numba, which takes its time: only now.
    from wangge.cores.planner.compounds import contract
    from wangge.cores.planner.cutting import cut_up
    from wangge.cores.planner.pieces import pieces

    one = contract(part.units, part.edges, part.settings)
    buildings = np.bincount(one.unit, minlength=len(one.units))
    grid, grids = np.empty(len(one.units), np.int64), list[Grid]()
    for cut in pieces(one.units, one.edges):
        label = cut_up(cut, one.units.households[cut.rows], part.settings)
        label = in_order(label, one.units.x[cut.rows], one.units.y[cut.rows])
        grid[cut.rows] = label + len(grids)
        codes = codes_of(cut, label, len(grids))
        grids += judged_grids(cut, one.units, label, codes, part.settings, buildings)
    return Planned(grid[one.unit], tuple(grids), one.let_go)


def plan_rows(part: Part) -> list[tuple[str, str]]:
    """(unit, code of its grid) of one community: what `flatMap` over a province's parts wants."""
    made = plan_community(part)
    return [(unit, made.grids[g].code) for unit, g in zip(part.units.ids, made.grid, strict=True)]


def judged_grids(
    cut: Cut, units: Units, label: Ints, codes: list[str], settings: Settings, buildings: Ints
) -> list[Grid]:
    """The grids of a piece, each with the verdict of arithmetic. Parameters as of `grids.grids_of`."""
    verdicts = judge(*judged(cut, units), label, whose(cut), settings)
    return grids_of(cut, units, label, codes, verdicts, buildings)
