"""What a hand may do to a few buildings in a row: each refusal by itself."""

from __future__ import annotations

import numpy as np
import pytest

from wangge.cores.planner.records import Edges, Units
from wangge.work.planning.handwork import Community, Refused, merge, move, split

KEYS = [10, 11, 12, 13, 14]
A, B, C = "A1", "A2", "A3"


@pytest.fixture
def row():
    """Buildings 10-11-12 in grid A, in a row; 13 beside the middle one in B; 14 behind it in C."""
    units = Units(
        ids=[str(key) for key in KEYS], x=np.array([0.0, 10, 20, 10, 10]), y=np.array([0.0, 0, 0, 10, 20]),
        households=np.array([5, 5, 5, 5, 5]), community=["A"] * 5,
    )  # fmt: skip
    edges = Edges(np.array([0, 1, 1, 3]), np.array([1, 2, 3, 4]))
    return Community("A", KEYS, units, edges, [A, A, A, B, C])


def refused(code, act, *args):
    with pytest.raises(Refused) as found:
        act(*args)
    assert found.value.code == code
    return found.value


def test_a_grid_must_not_lose_what_holds_it_together(row):
    assert refused("source_apart", move, row, [11], B).grid == A
    assert move(row, [11, 12, 10], B) == {10: B, 11: B, 12: B}


def test_what_joins_a_grid_stands_next_to_it(row):
    assert refused("target_apart", move, row, [10], B).grid == B
    assert refused("target_apart", move, row, [10, 14], B).grid == B
    assert move(row, [14], B) == {14: B}


def test_a_building_that_stands_there_already_moves_nothing(row):
    assert move(row, [13], B) == {}


def test_only_neighbours_merge(row):
    assert merge(row, B, A) == {13: A}
    assert merge(row, A, B) == {10: B, 11: B, 12: B}
    error = refused("no_neighbours", merge, row, A, C)
    assert (error.grid, error.other) == (A, C)
    refused("same_grid", merge, row, A, A)
    refused("no_such_grid", merge, row, "A9", A)


def test_both_parts_of_a_split_hold_together_and_the_smaller_gets_the_new_code(row):
    assert split(row, A, [10], "A4") == {10: "A4"}
    assert split(row, A, [10, 11], "A4") == {12: "A4"}
    refused("parts_apart", split, row, A, [11], "A4")
    refused("no_part", split, row, A, [10, 11, 12], "A4")
    refused("no_part", split, row, A, [10, 13], "A4")
    refused("other_community", split, row, A, [99], "A4")
    refused("nothing_chosen", move, row, [], B)


def test_a_single_building_has_no_halves(row):
    refused("no_cut", split, row, B, [], "A4")
