"""What the planner's figures rest on: a process' costs with its children's, peers' plans that hold, and the table."""

import json
import re
import sys
from pathlib import Path

import numpy as np

from benchmarks.planning import growing_peer, measuring, peers
from benchmarks.planning.peers import counts
from benchmarks.planning.scorer import score
from benchmarks.planning.table import tables
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.pieces import pieces
from wangge.cores.planner.records import Units

BURN = "import time; began = time.process_time()\nwhile time.process_time() - began < 0.3: pass"


def test_a_process_costs_what_its_children_cost_too():
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}]); print('done')"
    took = measuring.checked([sys.executable, "-c", nested])
    assert took.said == "done\n"
    assert 0.3 <= took.cpu_s < 3
    assert took.wall_s >= 0.3


def test_the_memory_of_children_at_one_moment_adds_up():
    hold = "import time; held = b'x' * 60_000_000; time.sleep(1)"
    nested = f"import subprocess, sys; both = [subprocess.Popen([sys.executable, '-c', {hold!r}]) for _ in range(2)]; [one.wait() for one in both]"
    assert 120 < measuring.checked([sys.executable, "-c", nested]).peak_mb < 300


def test_numbers_of_grids_are_those_that_the_bounds_allow():
    assert counts(2000, 300, 500) == [4, 5, 6]
    assert counts(400, 300, 500) == [1]
    assert counts(540, 300, 500) == [1, 2], "no number fits: the two nearest"
    assert counts(100, 300, 500) == [1]


def test_region_growing_leaves_no_unit_out_and_no_grid_torn():
    chance = np.random.default_rng(1)
    n = 150
    units = Units([str(u) for u in range(n)], chance.uniform(0, 1500, n), chance.uniform(0, 1500, n), chance.integers(0, 90, n), ["a"] * n)  # fmt: skip
    edges = neighbours(units)
    (piece,) = pieces(units, edges)
    labels = growing_peer.cut(piece, units.households[piece.rows], 300, 500)
    assert labels.min() == 0
    plan, seconds = peers.asked("growing", units, edges, 300, 500)
    found = score(units, edges, plan, 300, 500)
    assert (found["not_contiguous"], found["across_communities"]) == (0, 0)
    assert found["in_range_pct"] > 50
    assert found["most"] <= 500
    assert seconds > 0


PLAN = {
    "cpu_s": 1.5, "grids": 1234, "least_grids": 1000, "in_range_pct": 99.5, "out_of_range": 6, "avoidable": 2, "not_contiguous": 1,
    "across_communities": 1, "mean_distance_m": 48.1,
}  # fmt: skip
COSTS = {"cpu_s": 3.0, "wall_s": 3.5, "peak_mb": 300}
WHOLE = {
    "machine": {"processor": "P", "cores": 2, "load": 0.5, "python": "3.11"},
    "figures": {"low": 300, "high": 500, "times": 3, "versions": {"numpy": "2"}, "sets": {
        "town": {"units": 9092, "ours": PLAN | {"process_cold": COSTS, "process_warm": COSTS}, "metis": PLAN}
    }},
}  # fmt: skip


def test_the_table_says_what_was_measured_and_leaves_out_what_was_not():
    said = tables(json.loads(json.dumps(WHOLE)))
    assert (
        "| town, 9,092 | **ours** | 1.5 | 3.0 / 3.5 / 300 | 3.0 / 3.5 / 300 | 1,234 (1,000) | 99.5 | 6 | 2 | 2 | 48.1 | – |"
        in said
    )
    assert "| town, 9,092 | METIS, best of many | 1.5 | – | – |" in said
    assert "plan-prove" not in said
    assert "Scale" not in said
    proved = PLAN | {
        "repaired": 2,
        "proven": 4,
        "undecided": 0,
        "plan_prove": {"status": 1},
        "process": COSTS,
    }
    WHOLE["figures"]["sets"]["town"]["proved"] = proved
    assert "| town | 6 | 1.5 | 2 | 4 | 0 | exit 1 |" in tables(WHOLE)


def test_the_peers_are_installed_beside_the_tests_without_changing_what_those_need():
    requirements = Path(__file__).parents[3] / "requirements"
    needed, beside = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (requirements / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("test", "bench")
    )
    both = needed.keys() & beside.keys()
    assert {"numpy", "scipy", "numba"} <= both
    assert {name: beside[name] for name in both} == {name: needed[name] for name in both}
