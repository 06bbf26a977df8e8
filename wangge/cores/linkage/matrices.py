"""Linkage's texts as numpy matrices of code points, and keys hashed from them.

Keys are 64-bit, the same on every run and machine (Python's own hash is salted); 0 means "nothing there"
and survives every combination, so that a blank never meets a blank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]

_START = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_STIR = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(33)
_LONGEST = 64


def text_matrix(texts: Sequence[str | None], width: int) -> Codes:
    """Code points of each text's first ``width`` characters, shape (rows, width), 0 after its end."""
    if not len(texts):
        return np.zeros((0, width), dtype=np.uint32)
    packed = np.array([t or "" for t in texts], dtype=f"<U{width}")
    return packed.view(np.uint32).reshape(len(texts), width)


def hashed(matrix: npt.NDArray[np.unsignedinteger]) -> Keys:
    """One key per row of code points; zeros are skipped, a row of zeros has the key 0."""
    key = np.full(len(matrix), _START, dtype=np.uint64)
    for column in matrix.T:
        key = np.where(column != 0, (key ^ column.astype(np.uint64)) * _PRIME, key)
    key = _stirred(key)
    return np.where((matrix != 0).any(axis=1), np.maximum(key, np.uint64(1)), np.uint64(0))


def hashed_texts(texts: Sequence[str | None]) -> Keys:
    """One key per text of any length; None and the empty text have the key 0."""
    short = [t if t is None or len(t) <= _LONGEST else _digest(t) for t in texts]
    width = max((len(t) for t in short if t), default=1)
    return hashed(text_matrix(short, width))


def _digest(text: str) -> str:
    """A stand-in for a long text, so that one endless cell does not widen the matrix for all."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_LONGEST // 2).hexdigest()


def combined(*parts: npt.NDArray[np.integer]) -> Keys:
    """One key from several columns of keys or numbers; 0 where any part is 0."""
    key = np.full(len(parts[0]), _START, dtype=np.uint64)
    blank = np.zeros(len(parts[0]), dtype=bool)
    for part in parts:
        key = _stirred((key ^ part.astype(np.uint64)) * _PRIME)
        blank |= part == 0
    return np.where(blank, np.uint64(0), np.maximum(key, np.uint64(1)))


def _stirred(key: Keys) -> Keys:
    key = (key ^ (key >> _HALF)) * _STIR
    return key ^ (key >> _HALF)
