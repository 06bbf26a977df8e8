"""Communities by themselves: sent elsewhere, they come out the same."""

from __future__ import annotations

import pickle
import subprocess
import sys

import numpy as np
import pytest
from planner_cities import city

from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.parts import parts_of, plan_community, plan_rows
from wangge.cores.planner.plan import plan
from wangge.cores.planner.processes import WORTH_IT, pool, workers_for
from wangge.cores.planner.records import Settings

BAND = Settings(moves=10, mends=10)


def test_the_number_of_processes_plays_no_part():
    units = city(21, 400, 9)
    alone = plan(units, settings=BAND)
    for workers in (1, 2, 3):
        with pool(workers) as mapper:
            made = plan(units, settings=BAND, mapper=mapper)
        assert made.codes == alone.codes
        assert made.grids == alone.grids


def test_a_part_is_planned_in_a_process_that_knows_nothing_else(tmp_path):
    units = city(22, 90, 2)
    whole = plan(units, settings=BAND)
    parts = [part for _, part in parts_of(units, neighbours(units), BAND, {})]
    file = tmp_path / "part"
    file.write_bytes(pickle.dumps(parts[1]))
    code = (
        "import pickle, sys; from wangge.cores.planner.parts import plan_rows;"
        "print(plan_rows(pickle.load(open(sys.argv[1], 'rb'))))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    mine = [row for row in range(90) if units.community[row] == "c1"]
    assert done.stdout.strip() == str([(units.ids[row], whole.codes[row]) for row in mine])


def test_what_is_sent_is_small_and_so_are_the_functions():
    units = city(23, 1000, 1)
    ((_, part),) = parts_of(units, neighbours(units), BAND, {})
    assert len(pickle.dumps(part)) < 150 * 1000
    assert pickle.loads(pickle.dumps(plan_community)) is plan_community  # noqa: S301
    assert pickle.loads(pickle.dumps(plan_rows)) is plan_rows  # noqa: S301


def test_parts_hold_each_unit_and_each_inner_edge_once():
    units = city(24, 200, 4)
    edges = neighbours(units)
    seen = np.zeros(200, int)
    pairs = set()
    for rows, part in parts_of(units, edges, BAND, {"c2": (10, 20)}):
        seen[rows] += 1
        assert [units.ids[row] for row in rows] == part.units.ids
        assert part.settings.low == (10 if part.units.community[0] == "c2" else 300)
        pairs |= set(zip(rows[part.edges.u].tolist(), rows[part.edges.v].tolist(), strict=True))
    assert (seen == 1).all()
    assert pairs == set(zip(edges.u.tolist(), edges.v.tolist(), strict=True))


@pytest.mark.parametrize(("units", "many"), [(WORTH_IT - 1, False), (WORTH_IT, True)])
def test_processes_are_started_where_they_pay(units, many, monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    assert workers_for(units) == (3 if many else 1)
