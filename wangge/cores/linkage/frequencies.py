"""Linkage's frequencies: how many people share a value, so that rare agreements weigh more than common ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.matrices import Keys
from wangge.cores.linkage.prepared import Prepared

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Holders:
    """For each row of one side: how many people of both sides have its value (phones: shape (rows, PHONES))."""

    people: int
    name: Ints
    sound: Ints
    id_number: Ints
    birth: Ints
    phones: Ints
    dwelling: Ints
    door: Ints


def holders(side: Prepared, other: Prepared | None = None) -> Holders:
    """Holders of each value of ``side``'s rows among the people (nodes) of it and of the other side."""

    def counted(field: str) -> Ints:
        key: Keys = getattr(side, field).astype(np.uint64)
        parts = [_distinct(side, key)]
        if other is not None:
            parts.append(_distinct(other, getattr(other, field).astype(np.uint64)))
        return _counts(np.concatenate(parts), key)

    return Holders(
        people=len(side.labels) + (len(other.labels) if other is not None else 0),
        name=counted("name"),
        sound=counted("sound"),
        id_number=counted("id_number"),
        birth=counted("birth"),
        phones=counted("phones"),
        dwelling=counted("dwelling"),
        door=counted("door"),
    )


def _distinct(side: Prepared, key: Keys) -> Keys:
    """Each node's values once: a person with five rows is one holder of a name."""
    if side.single and key.ndim == 1:
        return key
    wide = key.reshape(len(key), key.shape[1] if key.ndim > 1 else 1)
    node = np.repeat(side.node, wide.shape[1])
    order = np.lexsort((wide.ravel(), node))
    value, node = wide.ravel()[order], node[order]
    fresh = np.ones(len(value), dtype=bool)
    fresh[1:] = (value[1:] != value[:-1]) | (node[1:] != node[:-1])
    return value[fresh]


def _counts(population: Keys, wanted: Keys) -> Ints:
    values, counts = np.unique(population, return_counts=True)
    if not len(values):
        return np.zeros(wanted.shape, dtype=np.int64)
    at = np.minimum(np.searchsorted(values, wanted), len(values) - 1)
    return np.where((values[at] == wanted) & (wanted != 0), counts[at], 0).astype(np.int64)
