"""Compounds: units that must stay in one grid are one unit while a community is planned (`Units.together`)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wangge.cores.planner.records import Compound, Edges, Floats, Ints, Settings, Units


class Contracted(NamedTuple):
    """A community whose compounds are single units.

    :param unit: of each original unit, the row of the one that stands for it.
    :param let_go: compounds that no grid can hold; their units are planned one by one.
    """

    units: Units
    edges: Edges
    unit: Ints
    let_go: tuple[Compound, ...]


def contract(units: Units, edges: Edges, settings: Settings) -> Contracted:
    """Units of one community with its compounds as single units at their middle, weighed by households.

    A compound counts as connected whatever the edges inside it: it is one yard. Where two are neighbours, the borders of
    their units add up and the shortest way counts.
    """
    unit, let_go = _stand_in(units, settings)
    if unit.max(initial=-1) + 1 == len(units):
        return Contracted(units, edges, np.arange(len(units)), let_go)
    # Summed from west to east: the order of the file must not show even in the last digit.
    order = np.lexsort((units.y, units.x, unit))
    starts = np.flatnonzero(np.diff(unit[order], prepend=-1))

    def summed(values: np.ndarray) -> Floats:
        return np.asarray(np.add.reduceat(values[order], starts), np.float64)

    weight = units.households + 1.0
    links, inner = _links(units, edges, unit)
    one = Units(
        [units.ids[row] for row in order[starts]],
        summed(weight * units.x) / summed(weight),
        summed(weight * units.y) / summed(weight),
        summed(units.households).astype(np.int64),
        [units.community[row] for row in order[starts]],
        None if units.area_m2 is None else summed(units.area_m2),
        None if units.perim_m is None else np.maximum(summed(units.perim_m) - 2.0 * inner, 0.0),
    )
    return Contracted(one, links, unit, let_go)


def _stand_in(units: Units, settings: Settings) -> tuple[Ints, tuple[Compound, ...]]:
    """The stand-in of each unit (0, 1, ... in the order of their first rows), and the compounds that are too large."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(units.together or ()):
        if name:
            rows.setdefault(name, []).append(row)
    head, let_go = np.arange(len(units)), []
    for name, mine in rows.items():
        households = int(units.households[mine].sum())
        if households > settings.high:
            let_go.append(Compound(units.community[mine[0]], name, households))
        else:
            head[mine] = mine[0]
    return np.unique(head, return_inverse=True)[1].astype(np.int64), tuple(sorted(let_go))


def _links(units: Units, edges: Edges, unit: Ints) -> tuple[Edges, Floats]:
    """Edges between the stand-ins, and the metres of border inside each."""
    u, v = np.minimum(edges.u, edges.v), np.maximum(edges.u, edges.v)
    _, once = np.unique(u * len(units) + v, return_index=True)
    once = once[u[once] != v[once]]
    u, v = u[once], v[once]
    length = np.hypot(units.x[u] - units.x[v], units.y[u] - units.y[v])
    length = length if edges.len_m is None else edges.len_m[once]
    border = np.zeros(len(u)) if edges.border_m is None else edges.border_m[once]
    a, b, count = np.minimum(unit[u], unit[v]), np.maximum(unit[u], unit[v]), unit.max() + 1
    inner = np.bincount(a[a == b], border[a == b], count).astype(np.float64)
    a, b, border, length = (values[a != b] for values in (a, b, border, length))
    keys, pair = np.unique(a * count + b, return_inverse=True)
    shortest = np.full(len(keys), np.inf)
    np.minimum.at(shortest, pair, length)
    borders = np.bincount(pair, border, len(keys)).astype(np.float64)
    return Edges(keys // count, keys % count, borders, shortest), inner
