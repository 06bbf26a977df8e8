"""Linkage's comparison of identity numbers: a slip of the pen is told from another person's number.

The check digit finds every single wrong or swapped digit, so two *valid* numbers that differ belong to two
people (or one of them is somebody else's): they are never taken for a slip.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.identifiers import KINDS, NONE
from wangge.cores.linkage.prepared import Prepared

LEVELS = (
    "unknown",
    "equal",
    "near",  # one digit wrong, left out, put in, or two swapped; one of the numbers does not hold
    "near_tail",  # such a slip among the last four, where the numbers of twins differ too
    "two_digits",
    "tail",  # the same place and birth date, another person's last digits
    "different",
    "both_valid",  # two numbers that both hold, and differ
)
UNKNOWN, EQUAL, NEAR, NEAR_TAIL, TWO, TAIL, DIFFERENT, BOTH_VALID = range(len(LEVELS))

Rows = npt.NDArray[np.int64]
_NO_KIND = KINDS.index(NONE)
_BODY = 14  # place and birth date


def compare_ids(left: Prepared, i: Rows, right: Prepared, j: Rows) -> npt.NDArray[np.int8]:
    """The level (index in LEVELS) of each pair of rows; numbers of different kinds are not compared."""
    level = np.zeros(len(i), dtype=np.int8)
    known = (left.id_number[i] != 0) & (right.id_number[j] != 0)
    kinds, others = left.id_kind[i], right.id_kind[j]
    known &= (kinds == others) | (kinds == _NO_KIND) | (others == _NO_KIND)
    at = np.flatnonzero(known)
    level[at] = _known(left, i[at], right, j[at])
    return level


def _known(left: Prepared, i: Rows, right: Prepared, j: Rows) -> npt.NDArray[np.int8]:
    a, b = left.id_characters[i], right.id_characters[j]
    equal = (a == b).all(axis=1)
    differ = (a != b).sum(axis=1)
    citizens = left.id_citizen[i] & right.id_citizen[j]
    full = (left.id_length[i] == 18) & (right.id_length[j] == 18)
    slip = (differ == 1) | _swapped(a, b, differ) | _one_missing(a, b, left.id_length[i], right.id_length[j])
    tail = full & (a[:, :_BODY] == b[:, :_BODY]).all(axis=1)
    conditions = [equal, citizens, slip & tail, slip, tail, full & (differ == 2)]
    return np.select(conditions, [EQUAL, BOTH_VALID, NEAR_TAIL, NEAR, TAIL, TWO], DIFFERENT).astype(np.int8)


def _swapped(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], differ: Rows) -> npt.NDArray[np.bool_]:
    """Two places differ and hold each other's digit; they need not stand side by side."""
    unequal = a != b
    first = unequal.argmax(axis=1)
    last = a.shape[1] - 1 - unequal[:, ::-1].argmax(axis=1)
    rows = np.arange(len(a))
    crossed = (a[rows, first] == b[rows, last]) & (a[rows, last] == b[rows, first])
    return (differ == 2) & crossed & (last - first <= 2)


def _one_missing(
    a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], length: Rows, other: Rows
) -> npt.NDArray[np.bool_]:
    """The numbers agree up to a place, and behind it when the longer one skips a digit there."""
    found = np.zeros(len(a), dtype=bool)
    rows = np.flatnonzero((np.abs(length - other) == 1) & (np.minimum(length, other) >= 8))
    if len(rows):
        longer = np.where((length > other)[rows, None], a[rows], b[rows])
        shorter = np.where((length > other)[rows, None], b[rows], a[rows])
        before = np.cumprod(longer == shorter, axis=1).sum(axis=1)
        shifted = np.column_stack([longer[:, 1:], np.zeros(len(rows), dtype=np.uint32)])
        # The last place of a number cut at the width of the matrix cannot be seen.
        behind = np.cumprod((shifted == shorter)[:, ::-1], axis=1).sum(axis=1)
        found[rows] = before + behind >= np.minimum(longer.shape[1], np.maximum(length, other)[rows]) - 1
    return found
