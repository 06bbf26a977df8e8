"""Linkage's check of citizen numbers (GB 11643) for whole columns: one matrix of characters, no loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.identifiers import (
    ID_CHECKS,
    ID_WEIGHTS,
    KINDS,
    PROVINCES,
    IdNumber,
    normalise_id,
)
from wangge.cores.linkage.matrices import Codes, text_matrix

WIDTH = 20
_ROUNDED = 0.05
_ZERO, _X = ord("0"), ord("X")
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_PROVINCE_CODES = np.array(sorted(int(p) for p in PROVINCES))
_CHECK_CODES = np.array([ord(c) for c in ID_CHECKS], dtype=np.int64)


@dataclass(frozen=True)
class IdColumn:
    """A column of identity numbers: ``texts`` (comparable), ``kinds`` (index in KINDS), ``valid``, ``reasons``.

    All of the same length as the column; ``matrix`` holds the texts' code points, shape (rows, WIDTH).
    """

    texts: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.int8]
    valid: npt.NDArray[np.bool_]
    reasons: npt.NDArray[np.str_]

    @property
    def matrix(self) -> Codes:
        """Code points of the texts, shape (rows, WIDTH)."""
        return text_matrix(self.texts.tolist(), WIDTH)


def normalise_ids(texts: Sequence[str | None], kinds: Sequence[str | None] | None = None) -> IdColumn:
    """``normalise_id`` over a column; numbers of 18 clean characters that hold are settled in one sweep.

    A column as a whole tells one thing more than its values: whether a spreadsheet has rounded it.
    """
    raw = np.array([t or "" for t in texts], dtype=f"<U{WIDTH + 4}")
    column = IdColumn(
        texts=raw.astype(f"<U{WIDTH}"),
        kinds=np.zeros(len(raw), dtype=np.int8),
        valid=_sound(raw),
        reasons=np.full(len(raw), "ok", dtype="<U20"),
    )
    for row in np.flatnonzero(~column.valid).tolist():
        _fill(column, row, normalise_id(texts[row], kinds[row] if kinds is not None else None))
    _doubt_rounded(column)
    return column


def _doubt_rounded(column: IdColumn) -> None:
    """A spreadsheet that reads numbers keeps 15 digits and writes 000; one in eleven of those even "holds".

    One number in a thousand ends so by itself; where many do, all are taken for rounded.
    """
    suspect = np.char.endswith(column.texts, "000") & (np.char.str_len(column.texts) == 18)
    if suspect.sum() > max(2, _ROUNDED * len(suspect)):
        column.valid[suspect] = False
        column.reasons[suspect] = "rounded"


def _fill(column: IdColumn, row: int, number: IdNumber) -> None:
    column.texts[row] = number.value or ""
    column.kinds[row] = KINDS.index(number.kind)
    column.valid[row] = number.valid
    column.reasons[row] = number.reason


def _sound(raw: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """Which texts are 18 characters that hold as a resident's number; the rest is looked at one by one."""
    if not len(raw):
        return np.zeros(0, dtype=bool)
    codes = raw.view(np.uint32).reshape(len(raw), -1).astype(np.int64)
    digits = codes[:, :17] - _ZERO
    shaped = ((digits >= 0) & (digits <= 9)).all(axis=1) & (codes[:, 18] == 0)
    sums = (digits * np.array(ID_WEIGHTS)).sum(axis=1) % 11
    province = digits[:, 0] * 10 + digits[:, 1]
    holds = shaped & (codes[:, 17] == _CHECK_CODES[sums]) & np.isin(province, _PROVINCE_CODES)
    return holds & real_days(digits[:, 6:14])


def real_days(digits: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which rows of eight digits are calendar days between 1850 and 2099 (``real_date`` over a matrix)."""
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 4] * 10 + digits[:, 5], digits[:, 6] * 10 + digits[:, 7]
    known = (month >= 1) & (month <= 12)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _DAYS[np.where(known, month, 0)] - ((month == 2) & ~leap)
    return known & (day >= 1) & (day <= longest) & (year >= 1850) & (year <= 2099)
