"""The yardstick of grid plans, by plans that can be judged by hand."""

import math

import numpy as np
import pytest

from benchmarks.planning.scorer import score
from wangge.cores.planner.records import Edges, Units

# Two rows of four squares of 100 m; the upper row is another community.
SQUARE = 100.0
UNITS = Units(
    ids=[str(u) for u in range(8)],
    x=[50, 150, 250, 350] * 2,
    y=[50] * 4 + [150] * 4,
    households=[200, 200, 200, 200, 100, 100, 100, 240],
    community=["low"] * 4 + ["high"] * 4,
    area_m2=[SQUARE**2] * 8,
    perim_m=[4 * SQUARE] * 8,
)
EDGES = Edges(
    u=[0, 1, 2, 4, 5, 6, 0, 1, 2, 3],
    v=[1, 2, 3, 5, 6, 7, 4, 5, 6, 7],
    border_m=[SQUARE] * 10,
    len_m=[SQUARE] * 10,
)


def judged(plan, low=300, high=500, units=UNITS, edges=EDGES):
    return score(units, edges, list(plan), low, high)


def test_a_good_plan():
    found = judged("aabbcccc")
    assert (found["grids"], found["least_grids"]) == (3, 4), (
        "540 households need two grids by number, 800 two"
    )
    assert (found["least"], found["most"]) == (400, 540)
    assert (found["not_contiguous"], found["across_communities"]) == (0, 0)


def test_what_no_number_of_grids_fits_is_not_avoidable():
    found = judged("aabbcccc")
    assert (found["out_of_range"], found["avoidable"]) == (1, 0)
    assert found["in_range_pct"] == pytest.approx(66.67)
    assert judged("abbbcccc")["avoidable"] == 2, "800 households are two grids: 200 and 600 could be better"


def test_a_unit_above_the_upper_bound_excuses_its_piece():
    assert judged("abbbcccc", low=100, high=180)["avoidable"] == 0
    assert judged("abbbccde", low=100, high=250)["avoidable"] == 1, (
        "600 out of 800, at 100 to 250, could be better"
    )


def test_a_grid_in_two_parts_and_one_in_two_communities():
    assert judged("abbacccc")["not_contiguous"] == 1
    assert judged("aabbaccc")["not_contiguous"] == 1, "an edge across communities connects nothing"
    assert judged("aabbaccc")["across_communities"] == 1
    alone = Edges(EDGES.u[1:], EDGES.v[1:], EDGES.border_m[1:], EDGES.len_m[1:])
    assert judged("aabbcccc", edges=alone)["not_contiguous"] == 1


def test_distance_is_that_of_households_to_the_middle_of_theirs():
    assert judged("aabbcdef")["mean_distance_m"] == round(50 * 800 / 1340, 1)
    lopsided = Units(["a", "b"], [0.0, 100.0], [0.0, 0.0], [300, 100], ["one"] * 2)
    found = score(lopsided, Edges([0], [1]), ["g", "g"], 300, 500)
    assert found["mean_distance_m"] == (25 * 300 + 75 * 100) / 400
    assert "compactness" not in found


def test_compactness_is_that_of_polsby_and_popper():
    square, pair, row = math.pi / 4, 4 * math.pi * 2 / 36, 4 * math.pi * 4 / 100
    assert judged("abcdefgh")["compactness"] == round(square, 3)
    assert judged("aabbcccc")["compactness"] == round((2 * pair + row) / 3, 3)


def test_grids_of_nobody_are_not_counted():
    empty = Units(UNITS.ids, UNITS.x, UNITS.y, np.array([200, 200, 200, 200, 0, 0, 0, 0]), UNITS.community)
    found = judged("aabbcccd", units=empty)
    assert (found["grids"], found["least"], found["out_of_range"], found["least_grids"]) == (2, 400, 0, 2)
