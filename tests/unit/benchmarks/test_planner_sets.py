"""Sets of data for the planner's benchmark: read, written, laid side by side, changed, made from shapes and from points."""

import json

import numpy as np
import pytest
import shapely

from benchmarks.planning import judge, ours, sets
from benchmarks.planning.cities import from_points, from_polygons, households_of
from wangge.cores.planner.records import Units

SHAPES = [shapely.box(10 * column, 10 * row, 10 * column + 10, 10 * row + 10) for row in (0, 1) for column in (0, 1)]  # fmt: skip


def city():
    return from_polygons(SHAPES, np.array([100, 200, 300, 400]), ["a", "a", "b", "b"])


def test_blocks_are_neighbours_over_a_border_and_not_over_a_corner():
    units, edges = city()
    pairs = dict(zip(zip(edges.u.tolist(), edges.v.tolist(), strict=True), edges.border_m, strict=True))
    assert pairs == {(0, 1): 10, (0, 2): 10, (1, 3): 10, (2, 3): 10}
    assert edges.len_m.tolist() == [10] * 4
    assert (units.area_m2.tolist(), units.perim_m.tolist()) == ([100] * 4, [40] * 4)
    assert (units.x.tolist(), units.y.tolist()) == ([5, 15, 5, 15], [5, 5, 15, 15])


def test_a_border_shorter_than_a_metre_parts():
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(10, 9.5, 20, 19.5)]
    assert len(from_polygons(shapes, np.array([1, 1]), ["a", "a"])[1]) == 0


def test_points_are_neighbours_by_the_planners_own_graph_inside_a_community():
    units, edges = from_points([0.0, 10.0, 20.0, 30.0], [0.0] * 4, np.array([1, 2, 3, 4]), ["a", "a", "b", "b"])  # fmt: skip
    assert sorted(zip(edges.u.tolist(), edges.v.tolist(), strict=True)) == [(0, 1), (2, 3)]
    assert units.area_m2 is None


def test_persons_become_whole_households_and_none_less_than_none():
    assert households_of([0, 1, 2, 11], 2.2).tolist() == [0, 0, 1, 5]
    for bad in ([1, -1], [1, np.nan]):
        with pytest.raises(ValueError, match="missing or negative"):
            households_of(bad, 2.2)


def test_what_is_written_is_read_again(tmp_path):
    units, edges = city()
    sets.write(tmp_path, "town", units, edges)
    assert sets.names_in(tmp_path) == ["town"]
    again = sets.read(tmp_path, "town")
    for name in ("ids", "x", "y", "households", "community", "area_m2", "perim_m"):
        assert list(getattr(again.units, name)) == list(getattr(units, name)), name
    for name in ("u", "v", "border_m", "len_m"):
        assert getattr(again.edges, name).tolist() == getattr(edges, name).tolist(), name


def test_copies_lie_apart_and_share_nothing():
    units, edges = sets.tiled(*city(), 3)
    assert (len(units), len(edges), len(set(units.ids)), len(set(units.community))) == (12, 12, 12, 6)
    assert (edges.u // 4 == edges.v // 4).all()
    assert units.x[4:8].min() - units.x[:4].max() == sets.GAP_M
    assert units.households.sum() == 3000


def test_a_change_empties_as_many_as_it_fills_and_what_stood_all_along_is_what_is_left():
    units = Units([str(u) for u in range(100)], np.arange(100.0), np.zeros(100), np.full(100, 50), ["a"] * 100)  # fmt: skip
    before, after, stayed = sets.before_and_after(units, 0.1, seed=1)
    assert ((before.households == 0).sum(), (after.households == 0).sum()) == (5, 5)
    assert not ((before.households == 0) & (after.households == 0)).any()
    assert (stayed == np.minimum(before.households, after.households)).all()
    assert (sets.before_and_after(units, 0.1, seed=2)[2] != stayed).any()


def test_households_that_change_grid_are_counted_with_the_grids_paired_best(tmp_path):
    units, edges = city()
    town = sets.write(tmp_path, "town", units, edges)
    plans = {"one": "ppqq", "renamed": "qqpp", "other": "pqqq"}
    for name, plan in plans.items():
        rows = "".join(f"{unit},{grid}\n" for unit, grid in zip(units.ids, plan, strict=True))
        (tmp_path / f"{name}.csv").write_text(f"unit_id,grid_id\n{rows}")
    files = {name: tmp_path / f"{name}.csv" for name in plans}
    assert ours.moved_pct(town, files["one"], files["renamed"], units.households) == 0
    assert ours.moved_pct(town, files["one"], files["other"], units.households) == 20


def test_anybodys_plan_is_judged_and_a_unit_without_a_grid_is_named(tmp_path, capsys):
    town = sets.write(tmp_path, "town", *city())
    plan = tmp_path / "plan.csv"
    asked = [str(town.units_file), str(town.edges_file), str(plan)]
    plan.write_text("unit_id,grid_id\n4,q\n3,q\n2,p\n1,p\n")
    assert judge.main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["grids"], found["least"], found["most"], found["compactness"]) == (2, 300, 700, 0.698)
    for broken, said in (
        ("4,q\n3,q\n2,p\n", "1 units have no grid, the first is 1"),
        ("4,q\n4,p\n", "row 3: unit 4 stands there twice"),
    ):
        plan.write_text(f"unit_id,grid_id\n{broken}")
        assert judge.main(asked) == 1
        assert said in capsys.readouterr().err
