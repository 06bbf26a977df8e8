"""Linkage's pairs: everything the linker found out about two nodes, as parallel arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage import field_comparison as fields_of
from wangge.cores.linkage import id_comparison as ids
from wangge.cores.linkage import name_comparison as names
from wangge.cores.linkage.blocking import Candidates, chunks
from wangge.cores.linkage.comparing import BIRTH, FIELDS, ID, NAME, Compared, compare
from wangge.cores.linkage.frequencies import holders
from wangge.cores.linkage.model import Model
from wangge.cores.linkage.prepared import Prepared
from wangge.cores.linkage.scoring import score
from wangge.cores.linkage.vetoes import NO_VETO, SAME_NAME, by_rule, vetoes

CHUNK = 400_000
# Pairs less likely than this (log2 odds) are forgotten: neither linked nor worth anybody's time.
_FORGET = -10.0
# A second record of somebody in one file is rare: at these odds it is taken for a duplicate.
_PROOF = 12.0


@dataclass(frozen=True)
class Pairs:
    """Parallel arrays, one entry a pair. ``right`` counts records first, golden persons behind them.

    ``rule``: certain by rule. ``proof``: so much alike that even one file may hold both.
    """

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]
    start: npt.NDArray[np.float64]
    odds: npt.NDArray[np.float64]
    kin: npt.NDArray[np.bool_]
    veto: npt.NDArray[np.int8]
    rule: npt.NDArray[np.bool_]
    proof: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    def take(self, at: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Pairs:
        """Some of the pairs, by index or flag."""
        return Pairs(**{f.name: getattr(self, f.name)[at] for f in fields(Pairs)})


def together(parts: list[Pairs]) -> Pairs:
    """Several lots of pairs as one."""
    return Pairs(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Pairs)})


@dataclass(frozen=True)
class Found:
    """What comparing found: the pairs worth keeping, and every vetoed pair as (left, right), shape (n, 2)."""

    pairs: Pairs
    apart: npt.NDArray[np.int64]


def find_pairs(left: Prepared, right: Prepared, found: Candidates, model: Model, *, golden: bool) -> Found:
    """Compare and score candidate rows, chunk by chunk; keeps what is certain, likely, or worth a question.

    ``golden``: the right side are persons, their node numbers stand behind those of the records.
    """
    held = holders(left, right if golden else None)
    offset = len(left.labels) if golden else 0
    parts = [Found(_scored(_nothing(), left, model, 1, 1, 0), np.zeros((0, 2), dtype=np.int64))]
    for i, j in chunks(found.left, found.right, CHUNK):
        compared = compare(left, i, right, j, held, model)
        pairs = _scored(compared, left, model, len(right.labels), held.people, offset)
        worth = pairs.rule | (pairs.odds > _FORGET) | (pairs.levels[:, ID] == ids.EQUAL)
        vetoed = pairs.veto != NO_VETO
        apart = np.column_stack([pairs.left[vetoed], pairs.right[vetoed]])
        parts.append(Found(pairs.take(worth), apart))
    return Found(together([p.pairs for p in parts]), np.concatenate([p.apart for p in parts]))


def _scored(compared: Compared, left: Prepared, model: Model, people: int, held: int, offset: int) -> Pairs:
    scores = score(compared, model, people, held)
    veto = vetoes(compared)
    rule = by_rule(compared, left.id_citizen[compared.row] | _firm_paper(compared, left))
    rule |= compared.known & (veto == NO_VETO)
    return Pairs(
        left=compared.left,
        right=compared.right + offset,
        levels=compared.levels,
        weights=scores.weights,
        start=scores.start,
        odds=scores.odds,
        kin=scores.kin,
        veto=np.where(rule, NO_VETO, veto).astype(np.int8),
        rule=rule,
        proof=rule | ((scores.odds >= _PROOF) & _identical(compared)),
    )


def _firm_paper(compared: Compared, left: Prepared) -> npt.NDArray[np.bool_]:
    """Papers without a check digit are certain only under the very name and no other birth date."""
    name, birth = compared.levels[:, NAME], compared.levels[:, BIRTH]
    fits = np.isin(name, (names.EQUAL, names.SOUND)) & np.isin(birth, (0, fields_of.BIRTH_EQUAL))
    return left.id_valid[compared.row] & fits


def _identical(compared: Compared) -> npt.NDArray[np.bool_]:
    """The very name, or the same name written otherwise with a number (or slip of it)."""
    name, number = compared.levels[:, NAME], compared.levels[:, ID]
    return (name == names.EQUAL) | (np.isin(name, SAME_NAME) & np.isin(number, (ids.EQUAL, ids.NEAR)))


def _nothing() -> Compared:
    none = np.zeros(0, dtype=np.int64)
    wide = np.zeros((0, len(FIELDS)), dtype=np.int64)
    return Compared(none, none, none, wide.astype(np.int8), wide, none.astype(bool))
