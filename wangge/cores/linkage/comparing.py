"""Linkage's comparing: the levels of agreement of many pairs, the best over all that is known of a person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage import field_comparison as fields
from wangge.cores.linkage import id_comparison as ids
from wangge.cores.linkage import name_comparison as names
from wangge.cores.linkage.frequencies import Holders
from wangge.cores.linkage.model import LEVELS, Model
from wangge.cores.linkage.prepared import Prepared, known_nodes

FIELDS = tuple(LEVELS)
NAME, ID, BIRTH, SEX, PHONE, PLACE = range(len(FIELDS))

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Compared:
    """Pairs of nodes with, per field (columns as FIELDS), the level and how many others have the value.

    ``known`` says where the right node already holds a row that came from the very left record.
    """

    row: Rows  # the left row
    left: Rows
    right: Rows
    levels: npt.NDArray[np.int8]
    others: Rows
    known: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)


def compare(left: Prepared, i: Rows, right: Prepared, j: Rows, holders: Holders, model: Model) -> Compared:
    """Compare rows ``i`` of the left side with the nodes of rows ``j`` of the right one.

    ``i`` ascending; ``holders`` are those of the left rows. A person's variants are taken together, field
    by field: the name of one row and the telephone of another are both theirs.
    """
    if not right.single:
        i, j = _with_variants(i, right.node[j], right)
    levels, others = _levels(left, i, right, j, holders)
    pair = left.node[i] * max(len(right.labels), 1) + right.node[j]
    start = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]]) if len(pair) else np.zeros(0, dtype=np.int64)
    if len(start) < len(pair):
        levels, others = _best(levels, others, start, _ranks(model))
    i, node = i[start], right.node[j[start]]
    known = known_nodes(left, right)[i] == node
    return Compared(i, left.node[i], node, levels, others, known)


def _with_variants(i: Rows, node: Rows, right: Prepared) -> tuple[Rows, Rows]:
    """Pairs (left row, every row of the node), each once; a node's rows stand together."""
    code = np.unique(i * len(right.labels) + node)
    i, node = code // len(right.labels), code % len(right.labels)
    first = np.searchsorted(right.node, np.arange(len(right.labels)))
    count = np.bincount(right.node, minlength=len(right.labels))[node]
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(i, count), np.repeat(first[node], count) + step


def _levels(
    left: Prepared, i: Rows, right: Prepared, j: Rows, held: Holders
) -> tuple[npt.NDArray[np.int8], Rows]:
    levels = np.zeros((len(i), len(FIELDS)), dtype=np.int8)
    others = np.zeros((len(i), len(FIELDS)), dtype=np.int64)
    levels[:, NAME] = names.compare_names(left, i, right, j)
    levels[:, ID] = ids.compare_ids(left, i, right, j)
    levels[:, BIRTH] = fields.compare_births(left, i, right, j)
    levels[:, SEX] = fields.compare_sexes(left, i, right, j)
    levels[:, PHONE], which = fields.compare_phones(left, i, right, j)
    levels[:, PLACE] = fields.compare_places(left, i, right, j)
    others[:, NAME] = np.where(levels[:, NAME] == names.EQUAL, held.name[i], held.sound[i])
    others[:, ID] = held.id_number[i]
    others[:, BIRTH] = held.birth[i]
    others[:, PHONE] = held.phones[i, which]
    others[:, PLACE] = np.where(levels[:, PLACE] == fields.PLACE_DWELLING, held.dwelling[i], held.door[i])
    return levels, np.maximum(others - 2, 0)  # the two of the pair itself do not count


def _ranks(model: Model) -> list[npt.NDArray[np.float64]]:
    """How much each level speaks for one person; what is unknown never hides what is known.

    Two valid numbers are never hidden behind a slip: only the very number clears them.
    """
    ranks = []
    for field in FIELDS:
        levels = [model.fields[field][name] for name in LEVELS[field][1:]]
        ranks.append(np.array([-np.inf, *(np.log2(level.same / level.stranger) for level in levels)]))
    ranks[ID][[ids.EQUAL, ids.BOTH_VALID]] = np.inf, np.finfo(float).max
    return ranks


def _best(
    levels: npt.NDArray[np.int8], others: Rows, start: Rows, ranks: list[npt.NDArray[np.float64]]
) -> tuple[npt.NDArray[np.int8], Rows]:
    group = np.repeat(np.arange(len(start)), np.diff(np.r_[start, len(levels)]))
    best = np.zeros((len(start), len(FIELDS)), dtype=np.int8)
    fewest = np.zeros((len(start), len(FIELDS)), dtype=np.int64)
    for field in range(len(FIELDS)):
        order = np.lexsort((others[:, field], -ranks[field][levels[:, field]], group))[start]
        best[:, field], fewest[:, field] = levels[order, field], others[order, field]
    return best, fewest
