"""Linkage's doubles: golden persons that a record shows to be one person, known twice so far.

A record with the telephone of one 严凯 and the dwelling of another is hardly about two people. Competing for
it, the two would each look improbable; here the record goes to the better known of them, and the two are
reported, for people to merge.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage import field_comparison as fields
from wangge.cores.linkage import id_comparison as ids
from wangge.cores.linkage import name_comparison as names
from wangge.cores.linkage.comparing import BIRTH, ID, NAME, PHONE, PLACE
from wangge.cores.linkage.pairs import Pairs
from wangge.cores.linkage.prepared import Prepared
from wangge.cores.linkage.vetoes import NO_VETO

Floats = npt.NDArray[np.float64]

# A person is known twice now and then, say one in fifty. At these odds with each of the two that explains the
# record twenty times better than one namesake who also happens to share its home or telephone.
_STRONG = 12.0
_FIRM = ("id_number", "birth", "sex")
_LOOSE = ("phones", "dwelling")


@dataclass(frozen=True, slots=True)
class Double:
    """Two golden nodes that a record shows to be one person, by its pairs with each; the first is kept."""

    kept: int
    other: int
    pair: int
    pair_of_other: int


def find_doubles(pairs: Pairs, right: Prepared, records: int) -> list[Double]:
    """Golden persons that one record points at with the same name, each strongly enough by itself."""
    alike = np.isin(pairs.levels[:, NAME], (names.EQUAL, names.SOUND))
    strong = (
        (pairs.right >= records) & (pairs.veto == NO_VETO) & (pairs.rule | (alike & (pairs.odds >= _STRONG)))
    )
    at = np.flatnonzero(strong)
    several = np.bincount(pairs.left[at], minlength=1)[pairs.left[at]] > 1
    of_record: defaultdict[int, list[int]] = defaultdict(list)
    for pair in at[several].tolist():
        of_record[int(pairs.left[pair])].append(pair)
    found: list[Double] = []
    for claims in of_record.values():
        best, *rest = sorted(claims, key=lambda pair: _preference(pair, pairs, right, records))
        kept = int(pairs.right[best])
        others = [int(pairs.right[pair]) for pair in rest]
        told_apart = pairs.rule[best] or all(
            _agreeing(pairs, pair) != _agreeing(pairs, best) for pair in rest
        )
        if told_apart and all(_may_be_one(right, kept - records, other - records) for other in others):
            found += [Double(kept, other, best, pair) for other, pair in zip(others, rest, strict=True)]
    return found


def in_favour(probability: Floats, pairs: Pairs, doubles: list[Double]) -> Floats:
    """Probabilities where doubles do not compete: theirs go to the person that is kept."""
    favoured = probability.copy()
    for double in doubles:
        favoured[double.pair] = min(favoured[double.pair] + probability[double.pair_of_other], 1.0)
        favoured[double.pair_of_other] = 0.0
    return favoured


def _preference(pair: int, pairs: Pairs, right: Prepared, records: int) -> tuple[bool, bool, float, int]:
    """Certain by rule first, then who has a number that holds, then the better odds, then the id."""
    rows = _rows(right, int(pairs.right[pair]) - records)
    numbered = bool(right.id_citizen[rows].any())
    return (not pairs.rule[pair], not numbered, -float(pairs.odds[pair]), int(pairs.right[pair]))


def _agreeing(pairs: Pairs, pair: int) -> tuple[bool, ...]:
    """In which of number, birth date, telephone and home a pair agrees; two that agree alike are a tie."""
    levels = pairs.levels[pair]
    return (
        bool(levels[ID] == ids.EQUAL),
        bool(levels[BIRTH] == fields.BIRTH_EQUAL),
        bool(levels[PHONE] == fields.PHONE_EQUAL),
        bool(levels[PLACE] in (fields.PLACE_DWELLING, fields.PLACE_DOOR)),
    )


def _may_be_one(right: Prepared, a: int, b: int) -> bool:
    """Whether nothing speaks against two golden persons being one: number, birth date, sex, or all else."""
    mine, theirs = _rows(right, a), _rows(right, b)
    if any(_differ(getattr(right, field)[mine], getattr(right, field)[theirs]) for field in _FIRM):
        return False
    return not all(_differ(getattr(right, field)[mine], getattr(right, field)[theirs]) for field in _LOOSE)


def _differ(mine: npt.NDArray[np.integer], theirs: npt.NDArray[np.integer]) -> bool:
    known, others = set(mine[mine != 0].ravel().tolist()), set(theirs[theirs != 0].ravel().tolist())
    return bool(known and others) and known.isdisjoint(others)


def _rows(right: Prepared, node: int) -> slice:
    first, last = np.searchsorted(right.node, [node, node + 1])
    return slice(int(first), int(last))
