"""A former plan fitted to today's city."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from planner_cities import check, city

from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.plan import plan
from wangge.cores.planner.records import Edges, Settings, Units
from wangge.cores.planner.replanning import replan

BAND = Settings(moves=20, mends=50)


def of(units: Units) -> tuple[dict[str, str], dict[str, int]]:
    """A plan as it is remembered: grids and households by unit."""
    codes = plan(units, settings=BAND).codes
    return dict(zip(units.ids, codes, strict=True)), dict(
        zip(units.ids, units.households.tolist(), strict=True)
    )


def changed(units: Units, seed: int, share: float) -> Units:
    """Some buildings gone, some new, some with other households; the rest as they were, in another order."""
    rng = np.random.default_rng(seed)
    kept = rng.permutation(np.flatnonzero(rng.random(len(units)) >= share))
    kept = kept if len(kept) else np.array([0])
    some = units.take(kept)
    households = some.households.copy()
    households[rng.random(len(kept)) < share] += 7
    new = units.take(kept[rng.random(len(kept)) < share])
    return Units(
        [*some.ids, *(f"new {name}" for name in new.ids)], np.concatenate([some.x, new.x + 9.0]),
        np.concatenate([some.y, new.y + 9.0]), np.concatenate([households, new.households]),
        [*some.community, *new.community],
    )  # fmt: skip


cities = st.builds(
    city,
    seed=st.integers(0, 10_000),
    buildings=st.integers(1, 90),
    communities=st.integers(1, 3),
    most=st.sampled_from([20, 60, 300, 700]),
    least=st.just(0),
)


@settings(max_examples=40, deadline=None)
@given(units=cities)
def test_where_nothing_changed_nobody_moves(units):
    former, was = of(units)
    made = replan(units, former, settings=BAND, was=was)
    assert made.moves == ()
    assert made.plan.codes == [former[name] for name in units.ids]
    assert (made.new, made.gone, made.before) == ((), (), units.households.sum())


@settings(max_examples=40, deadline=None)
@given(units=cities, seed=st.integers(0, 10_000), share=st.sampled_from([0.02, 0.2, 0.7]))
def test_a_changed_city_gets_a_plan_that_keeps_its_promises(units, seed, share):
    former, was = of(units)
    today = changed(units, seed, share)
    edges = neighbours(today)
    made = replan(today, former, edges, BAND, was=was)
    check(today, edges, made.plan)
    codes = dict(zip(today.ids, made.plan.codes, strict=True))
    moved = {name for name in today.ids if name in former and former[name] != codes[name]}
    assert {move.unit for move in made.moves} == moved
    assert all((former[move.unit], codes[move.unit]) == (move.former, move.now) for move in made.moves)
    assert made.moved == sum(move.households for move in made.moves)
    assert set(made.new) == set(codes.values()) - set(former.values())
    assert set(made.gone) == set(former.values()) - set(codes.values())
    again = replan(today, former, edges, BAND, was=was)
    assert again.plan.codes == made.plan.codes
    assert again.plan.grids == made.plan.grids


def row_of(*households: int) -> tuple[Units, Edges]:
    n = len(households)
    units = Units([f"b{i}" for i in range(n)], np.arange(n) * 30.0, np.zeros(n), households, ["c"] * n)
    return units, Edges(np.arange(n - 1), np.arange(1, n))


def test_the_fewest_households_go_over_the_border():
    # The left grid has 60 too few; b2 brings 70, and b3 after it isn't needed.
    units, edges = row_of(120, 120, 70, 90, 200, 100)
    former = dict(zip(units.ids, ["l", "l", "r", "r", "r", "r"], strict=True))
    made = replan(units, former, edges)
    assert [(move.unit, move.former, move.now, move.households) for move in made.moves] == [
        ("b2", "r", "l", 70)
    ]
    assert made.moved == 70


def test_a_grid_that_grew_gives_away_what_is_new_before_what_was_there():
    units, edges = row_of(150, 150, 150, 160, 160)
    former = {"b0": "l", "b1": "l", "b3": "r", "b4": "r"}
    made = replan(units, former, edges)
    assert made.moves == ()
    assert made.plan.outside == []


def test_a_quarter_that_is_new_becomes_a_grid_of_its_own():
    units, edges = row_of(200, 200, 180, 180)
    made = replan(units, {"b0": "c-001", "b1": "c-001"}, edges)
    assert made.plan.codes == ["c-001", "c-001", "c-002", "c-002"]
    assert made.new == ("c-002",)


def test_a_grid_that_is_twice_too_large_is_parted_and_one_that_is_too_small_joins():
    units, edges = row_of(200, 200, 200, 200)
    made = replan(units, dict.fromkeys(units.ids, "g"), edges)
    assert sorted(grid.households for grid in made.plan.grids) == [400, 400]
    assert made.moved == 400
    units, edges = row_of(100, 100, 100, 150)
    made = replan(units, {"b0": "g", "b1": "g", "b2": "g", "b3": "h"}, edges)
    assert (made.moved, made.gone, made.plan.outside) == (150, ("h",), [])


def test_a_grid_cut_by_a_new_barrier_keeps_its_larger_side():
    units, _ = row_of(200, 200, 100, 300)
    edges = Edges([0, 2], [1, 3])
    made = replan(units, dict(zip(units.ids, "gggh", strict=True)), edges)
    assert [move.unit for move in made.moves] == ["b2"]
    assert made.plan.codes == ["g", "g", "h", "h"]


def test_what_no_grid_can_hold_stays_as_it_is():
    units, edges = row_of(200, 200, 640, 200, 200)
    former = dict(zip(units.ids, "llmrr", strict=True))
    assert replan(units, former, edges).moves == ()


def test_a_code_stays_with_one_community():
    units = Units(["a", "b"], [0.0, 30.0], [0.0, 0.0], [400, 350], ["c", "d"])
    made = replan(units, {"a": "g", "b": "g"})
    assert made.plan.codes == ["g", "d-001"]
    assert made.moved == 350


def test_compounds_stay_together_when_plans_change():
    plain, edges = row_of(120, 120, 70, 90, 200, 100)
    units = replace(plain, together=["", "", "m", "m", "", ""])
    former = dict(zip(units.ids, ["l", "l", "r", "r", "r", "r"], strict=True))
    made = replan(units, former, edges)
    assert {move.unit for move in made.moves} == {"b2", "b3"}
    assert made.plan.outside == []


def test_a_few_changes_move_a_few_households():
    units = city(31, 2000, communities=5, most=40, size_m=4000)
    former, was = of(units)
    today = changed(units, 5, 0.01)
    made = replan(today, former, settings=BAND, was=was)
    assert made.moved < 0.01 * made.before
    assert len(made.plan.outside) <= len(plan(today, settings=BAND).outside) + 2
