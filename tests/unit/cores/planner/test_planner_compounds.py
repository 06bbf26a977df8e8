"""Compounds stay in one grid, unless none can hold them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import city

from wangge.cores.planner.compounds import contract
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.plan import plan
from wangge.cores.planner.records import Compound, Edges, Settings, Units
from wangge.cores.planner.report import report


def blocks(units: Units, side_m: float) -> list[str]:
    """Every square of the ground is a compound, but for every other row of squares."""
    names = []
    for x, y in zip(units.x, units.y, strict=True):
        names.append(f"yard {x // side_m:.0f} {y // side_m:.0f}" if y // side_m % 2 else "")
    return names


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), buildings=st.integers(1, 150), side_m=st.sampled_from([90, 200, 400]))
def test_a_compound_is_never_parted(seed, buildings, side_m):
    plain = city(seed, buildings, communities=2)
    units = replace(plain, together=blocks(plain, side_m))
    made = plan(units, settings=Settings(moves=10, mends=10))
    assert sum(grid.households for grid in made.grids) == units.households.sum()
    assert sum(grid.buildings for grid in made.grids) == buildings
    large = {(compound.community, compound.name) for compound in made.let_go}
    grids, households = {}, {}
    for row in range(buildings):
        if units.together[row]:
            whose = (units.community[row], units.together[row])
            grids.setdefault(whose, set()).add(made.grid[row])
            households[whose] = households.get(whose, 0) + units.households[row]
    assert large == {whose for whose, count in households.items() if count > 500}
    assert all(len(grids[whose]) == 1 for whose in grids.keys() - large)


def test_one_name_in_two_communities_is_two_compounds():
    units = city(3, 60, communities=2)
    made = plan(replace(units, together=["x"] * 60), bands={"c0": (1, 5000), "c1": (1, 5000)})
    assert {grid.community for grid in made.grids} == {"c0", "c1"}
    assert len(made.grids) == 2


def test_what_is_too_large_is_said_and_planned_all_the_same():
    units = replace(city(4, 60, most=40, least=10), together=["花园"] * 60)
    made = plan(units)
    total = int(units.households.sum())
    assert made.let_go == (Compound("c0", "花园", total),)
    assert len(made.grids) > 1
    assert (
        f"compound 花园 of community c0 has {total} households, more than 500"
        in list(report(units, made, 1.0))[-1]
    )


def test_borders_and_ways_between_compounds():
    # Four blocks in a row, the middle two one compound; an edge said twice counts once.
    units = Units(
        list("abcd"), np.arange(4) * 100.0, np.zeros(4), [9, 10, 30, 40], ["c"] * 4,
        np.full(4, 10_000.0), np.full(4, 400.0), ["", "m", "m", ""],
    )  # fmt: skip
    edges = Edges([0, 1, 2, 2, 1], [1, 2, 3, 1, 3], [100.0, 100, 60, 100, 40], [100.0, 100, 100, 100, 30])
    one = contract(units, edges, Settings())
    assert one.units.ids == ["a", "b", "d"]
    assert one.unit.tolist() == [0, 1, 1, 2]
    assert one.units.households.tolist() == [9, 40, 40]
    assert one.units.area_m2.tolist() == [10_000, 20_000, 10_000]
    assert one.units.perim_m.tolist() == [400, 600, 400]
    assert one.units.x.tolist() == [0, (1100 + 6200) / 42, 300]
    links = zip(one.edges.u, one.edges.v, one.edges.border_m, one.edges.len_m, strict=True)
    assert list(links) == [(0, 1, 100, 100), (1, 2, 100, 30)]


def test_without_compounds_nothing_is_changed():
    units = city(5, 80)
    edges = neighbours(units)
    alone = replace(units, together=[""] * 80)
    assert contract(alone, edges, Settings()).units is alone
    assert plan(alone, edges).codes == plan(units, edges).codes
