"""The planner's bench: every scratch array a piece needs, made once, filled from the front by each step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wangge.cores.planner.kernels.ground import COLUMNS, Floats, Ints, Records

MARK = np.dtype([("group", np.int64), ("place", np.int64)])
CANDIDATE = np.dtype([("key", np.float64), ("edge", np.int64), ("origin", np.int64)])
BRANCH = np.dtype(
    [
        ("unit", np.int64),
        ("parent", np.int64),  # place of the parent, -1 at the root
        ("length", np.float64),  # metres to the parent
        ("first", np.int64),  # preorder number
        ("size", np.int64),  # the subtree of i is what has first_i <= first < first_i + size_i
        ("free", np.int64),
        ("part", np.int64),  # the part it falls to when the tree is cut
    ]
)
REACH = np.dtype(  # what `optimum` knows of a place
    [
        ("own", np.int64),  # households, a giant's as high + 1
        ("total", np.int64),  # households of the subtree
        ("begin", np.int64),  # its states, ascending in households
        ("end", np.int64),
        ("closed", np.int64),  # the state in which its part is best closed, and at what cost
        ("cost", np.float64),
        ("at", np.int64),
    ]
)
STATE = np.dtype(
    [
        ("households", np.int64),
        ("cost", np.float64),
        ("before", np.int64),  # the parent's state that this one grew from
        ("joined", np.int64),  # the child's state it took in, -1 if the edge was cut
    ]
)


class Bench(NamedTuple):
    """Arrays for a piece of n units; a group is the few grids under the knife."""

    marks: Records  # by unit: the last group it was gathered in, its place in that group's tree
    members: Ints  # the group's units
    grids: Ints  # the group's grids
    outside: Ints  # grids to mend
    tree: Records  # the group's tree, by place
    heap: Records  # edges that may enter the tree
    sums: Floats  # (n + 1) x COLUMNS: by place, over the subtree; the last row is zero
    parts: Floats  # n x COLUMNS: by part
    reach: Records
    best: Records  # of STATE, by households
    row: Floats  # 1 x COLUMNS


def bench_for(units: int, edges: int, most: int) -> Bench:
    """Scratch for a piece of so many units and directed edges, whose parts may hold at most `most` households."""
    return Bench(
        np.zeros(units, MARK),
        np.zeros(units, np.int64),
        np.zeros(units, np.int64),
        np.zeros(units, np.int64),
        np.zeros(units, BRANCH),
        np.zeros(edges + 1, CANDIDATE),
        np.zeros((units + 1, COLUMNS)),
        np.zeros((units, COLUMNS)),
        np.zeros(units, REACH),
        np.zeros(most + 1, STATE),
        np.zeros((1, COLUMNS)),
    )
