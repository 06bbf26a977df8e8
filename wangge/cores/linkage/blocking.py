"""Linkage's blocking: which pairs of rows are worth comparing, in memory that cannot explode.

Each rule is a key of evidence; rows that share a key are compared. A key that too many rows share (ten
thousand 张伟 without a birth date) says too little: its pairs are not made, the finer keys stand in for it,
and the rows are reported as crowded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.matrices import Keys, combined, hashed
from wangge.cores.linkage.prepared import Prepared, known_nodes

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rule:
    """A key of evidence, and the most pairs that one of its values may make."""

    name: str
    key: Callable[[Prepared], Keys]
    most: int


@dataclass(frozen=True)
class Candidates:
    """Pairs of rows (left, right) to compare, once each; ``crowded`` flags left rows all whose keys were skipped."""

    left: Rows
    right: Rows
    crowded: Flags


def _id_slice(*spans: tuple[int, int]) -> Callable[[Prepared], Keys]:
    def key(rows: Prepared) -> Keys:
        places = np.concatenate([np.arange(a, b) for a, b in spans])
        long_enough = rows.id_length >= 15
        return np.where(long_enough, hashed(rows.id_characters[:, places]), np.uint64(0))

    return key


RULES: tuple[Rule, ...] = (
    Rule("id_number", lambda r: r.id_number, 4_000),
    # Three of the four parts of a number (place, year, day, last four): one slip leaves one key standing.
    Rule("id_body", _id_slice((0, 14)), 400),
    Rule("id_year", _id_slice((0, 10), (14, 18)), 400),
    Rule("id_day", _id_slice((10, 18)), 400),
    Rule("sound+birth", lambda r: combined(r.sound, r.birth), 4_000),
    Rule("surname+birth", lambda r: combined(r.surname_sound, r.birth), 1_000),
    Rule("given+birth", lambda r: combined(r.given_sound, r.birth), 1_000),
    Rule("name+year", lambda r: combined(r.sound, r.year), 400),
    Rule("name+day", lambda r: combined(r.sound, r.birth % 10_000), 400),
    Rule("phone", lambda r: r.phones[:, 0].astype(np.uint64), 400),
    Rule("second_phone", lambda r: r.phones[:, 1].astype(np.uint64), 400),
    Rule("dwelling", lambda r: r.dwelling, 400),
    Rule("door", lambda r: r.door, 400),
    Rule("sound+building", lambda r: combined(r.sound, r.building), 400),
    Rule("sound+dwelling", lambda r: combined(r.sound, r.dwelling), 1_000),
    Rule("sound+phone", lambda r: combined(r.sound, r.phones[:, 0]), 1_000),
    Rule("name", lambda r: r.name, 60),
)


def candidates(left: Prepared, right: Prepared | None = None, skip: Flags | None = None) -> Candidates:
    """The pairs of rows that share a key under at least one rule; without a right side, within the left one.

    ``skip`` flags left rows that need no comparing.
    """
    within = right is None
    right = left if right is None else right
    skip = np.zeros(len(left), dtype=bool) if skip is None else skip
    codes, crowded, served = [], np.zeros(len(left), dtype=bool), np.zeros(len(left), dtype=bool)
    for rule in RULES:
        key = np.where(skip, np.uint64(0), rule.key(left))
        i, j, over = joined(key, key if within else rule.key(right), rule.most)
        if within:
            i, j = i[i < j], j[i < j]
        codes.append(i * len(right) + j)
        crowded |= over
        served |= (key != 0) & ~over
    if not within:
        codes.append(_known(left, right))
    code = np.unique(np.concatenate(codes))
    return Candidates(code // max(len(right), 1), code % max(len(right), 1), crowded & ~served)


def _known(left: Prepared, right: Prepared) -> Rows:
    """Left rows with a row of the person that already holds their record, as pair codes."""
    node = known_nodes(left, right)
    rows = np.flatnonzero(node >= 0)
    return rows * len(right) + np.searchsorted(right.node, node[rows])


def joined(left: Keys, right: Keys, most: int) -> tuple[Rows, Rows, Flags]:
    """Rows with equal keys, but for keys with more than ``most`` pairs: their left rows are flagged."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    first = np.searchsorted(ordered, left, side="left")
    count = np.searchsorted(ordered, left, side="right") - first
    count[left == 0] = 0
    _, key, holders = np.unique(left, return_inverse=True, return_counts=True)
    over = count * holders[key] > most
    count[over] = 0
    i = np.repeat(np.arange(len(left)), count)
    step = np.arange(len(i)) - np.repeat(np.cumsum(count) - count, count)
    return i, order[np.repeat(first, count) + step], over


def chunks(left: Rows, right: Rows, size: int) -> Iterator[tuple[Rows, Rows]]:
    """The pairs in pieces of about ``size``, never cutting between pairs of one left row."""
    start = 0
    while start < len(left):
        end = min(start + size, len(left))
        if end < len(left):
            end = int(np.searchsorted(left, left[end - 1], side="right"))
        yield left[start:end], right[start:end]
        start = end
