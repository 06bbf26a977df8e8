"""Linkage's scoring: from levels of agreement to the odds that two nodes are one person.

Three explanations compete (see ``model``): the same person, kin in one household, strangers. Then the
golden persons compete for a record: it belongs to one of them at most, so two equally good ones are each
improbable. All odds are log2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage import field_comparison as fields
from wangge.cores.linkage import id_comparison as ids
from wangge.cores.linkage.comparing import BIRTH, FIELDS, ID, PLACE, SEX, Compared
from wangge.cores.linkage.model import LEVELS, Model

Floats = npt.NDArray[np.float64]

# These levels already hold the birth date, and its last digits the sex: their agreement is no news.
ID_SPEAKS = (ids.EQUAL, ids.NEAR, ids.NEAR_TAIL, ids.TWO, ids.TAIL)


@dataclass(frozen=True)
class Scored:
    """Odds of each pair and what made them: ``odds`` = ``start`` + the sum of ``weights`` (columns FIELDS).

    Weights compare "one person" with the likelier of the two other explanations; ``kin`` says which.
    """

    odds: Floats
    start: Floats
    weights: Floats
    kin: npt.NDArray[np.bool_]


def score(compared: Compared, model: Model, people: int, holders: int) -> Scored:
    """Odds that each pair is one person, before rivals.

    ``people``: how many the right side has (at least ``model.population`` are thought of); ``holders``:
    how many the frequencies were counted over.
    """
    same, kin, stranger = _chances(compared, model, holders)
    crowd = max(people, model.population)
    household = np.full(len(compared), model.household)
    lives_together = np.isin(compared.levels[:, PLACE], (fields.PLACE_DWELLING, fields.PLACE_DOOR))
    household = np.where(lives_together, np.maximum(household, compared.others[:, PLACE]), household)
    before = np.log2(model.coverage / (1 - model.coverage) / crowd)
    as_kin = np.log2(household / crowd) + kin.sum(axis=1)
    as_stranger = stranger.sum(axis=1)
    odds = before + same.sum(axis=1) - np.logaddexp2(as_kin, as_stranger)
    likelier_kin = as_kin > as_stranger
    weights = same - np.where(likelier_kin[:, None], kin, stranger)
    return Scored(odds, odds - weights.sum(axis=1), weights, likelier_kin)


def against_rivals(odds: Floats, claimant: npt.NDArray[np.int64], rival: npt.NDArray[np.int64]) -> Floats:
    """Probability of each pair when the ``claimant`` can be only one of its ``rival`` entities.

    Pairs of the same claimant and entity do not compete with each other: the best of them stands for it.
    """
    if not len(odds):
        return odds
    order = np.lexsort((-odds, rival, claimant))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (claimant[order][1:] != claimant[order][:-1]) | (rival[order][1:] != rival[order][:-1])
    best = np.exp2(np.minimum(odds[order][first], 1000.0))
    everyone = np.bincount(claimant[order][first], weights=best, minlength=int(claimant.max()) + 1)
    entity = np.empty(len(order), dtype=np.int64)
    entity[order] = np.cumsum(first) - 1
    mine = np.exp2(np.minimum(odds, 1000.0))
    return np.asarray(mine / (1.0 + np.maximum(everyone[claimant] - best[entity], 0.0) + mine))


def _chances(compared: Compared, model: Model, holders: int) -> tuple[Floats, Floats, Floats]:
    same = np.zeros((len(compared), len(FIELDS)))
    kin, stranger = same.copy(), same.copy()
    for at, field in enumerate(FIELDS):
        level = compared.levels[:, at]
        chances = [model.fields[field][name] for name in LEVELS[field][1:]]
        same[:, at] = np.log2([1.0, *(c.same for c in chances)])[level]
        kin[:, at] = np.log2([1.0, *(c.kin for c in chances)])[level]
        expected = np.array([1.0, *(c.stranger for c in chances)])[level]
        counted = np.array([False, *(c.by_frequency for c in chances)])[level]
        share = (compared.others[:, at] + expected * model.population) / (holders + model.population)
        stranger[:, at] = np.log2(np.where(counted, share, expected))
    silent = np.isin(compared.levels[:, ID], ID_SPEAKS)
    for at, equal in ((BIRTH, fields.BIRTH_EQUAL), (SEX, 1)):
        implied = silent & (compared.levels[:, at] == equal)
        same[implied, at] = kin[implied, at] = stranger[implied, at] = 0.0
    return same, kin, stranger
