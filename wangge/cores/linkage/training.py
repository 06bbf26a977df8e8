"""Linkage's training: a model's chances estimated from files whose links are known, or by EM where not.

Nothing trains while linking: a trained model is saved as JSON and shipped or kept by a city. Chances are
estimated field by field among pairs where both sides say something, and leant on the model one starts from,
so that a level which a small file never shows does not become impossible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wangge.cores.linkage import field_comparison as fields
from wangge.cores.linkage.blocking import candidates
from wangge.cores.linkage.comparing import BIRTH, FIELDS, ID, PHONE, PLACE, SEX, Compared, compare
from wangge.cores.linkage.frequencies import Holders, holders
from wangge.cores.linkage.model import LEVELS, Level, Model, chinese
from wangge.cores.linkage.prepared import Prepared, prepare
from wangge.cores.linkage.scoring import ID_SPEAKS, against_rivals, score

Floats = npt.NDArray[np.float64]

_ROUNDS = 10
# Random pairs to see strangers in: as many as their rarest level needs, and fewer than a second's work.
_STRANGERS = 200_000
_SMALLEST = 1e-7
# One event under two conditions (is the address resolved, do both numbers hold): learnt together.
_POOLED = {"place": {"door": "dwelling"}, "id_number": {"both_valid": "different"}}
# Half-known dates are too rare to learn from.
_KEPT = {"birth_date": ("same_month", "only_year")}


@dataclass(frozen=True)
class _Shares:
    """How far each candidate pair is one person's or kin's, and each random pair one of strangers."""

    same: Floats
    kin: Floats
    stranger: Floats


@dataclass(frozen=True)
class _Evidence:
    """Candidate pairs to learn from, the random pairs, and what scoring needs."""

    pairs: Compared
    strangers: Compared
    people: int
    holders: int


def train(
    records: pa.Table,
    golden: pa.Table,
    *,
    truth: Mapping[str, str] | None = None,
    model: Model | None = None,
    lean: float = 200.0,
    trained_on: str = "",
) -> Model:
    """A model whose chances follow two tables of people (columns as for ``link``).

    ``truth``: record → person, for records that have one; without it the chances are found by expectation
    maximisation (Dempster, Laird and Rubin 1977), with strangers held fixed. ``model``: where to start;
    ``lean``: how many pairs that start is worth, per field. ``trained_on`` is kept with the result.
    """
    model = model or chinese()
    left, right = prepare(records, "record"), prepare(golden, "person")
    evidence = _gather(left, right, model)
    if truth is not None:
        return _updated(model, evidence, _labelled(evidence, left, right, truth), lean, trained_on)
    found, stranger = model, _unlikely(evidence, model)
    for _ in range(_ROUNDS):
        found = _updated(model, evidence, _expected(evidence, found, stranger), lean, trained_on)
    return found


def _gather(left: Prepared, right: Prepared, model: Model) -> _Evidence:
    held = holders(left, right)
    found = candidates(left, right)
    pairs = compare(left, found.left, right, found.right, held, model)
    return _Evidence(pairs, _random_pairs(left, right, held, model), len(right.labels), held.people)


def _random_pairs(left: Prepared, right: Prepared, held: Holders, model: Model) -> Compared:
    """Pairs drawn evenly over both tables, the same on every run."""
    rng = np.random.default_rng(0)
    count = min(_STRANGERS, len(left) * len(right))
    i = np.sort(rng.integers(0, max(len(left), 1), count))
    return compare(left, i, right, rng.integers(0, max(len(right), 1), count), held, model)


def _labelled(evidence: _Evidence, left: Prepared, right: Prepared, truth: Mapping[str, str]) -> _Shares:
    place = {label: at for at, label in enumerate(right.labels)}
    person = np.array([place.get(truth.get(label, ""), -1) for label in left.labels], dtype=np.int64)
    same = person[evidence.pairs.left] == evidence.pairs.right
    kin = ~same & _one_household(evidence.pairs)
    strangers = person[evidence.strangers.left] != evidence.strangers.right
    strangers &= ~_one_household(evidence.strangers)
    return _Shares(same.astype(float), kin.astype(float), strangers.astype(float))


def _one_household(pairs: Compared) -> npt.NDArray[np.bool_]:
    home = np.isin(pairs.levels[:, PLACE], (fields.PLACE_DWELLING, fields.PLACE_DOOR))
    return home | (pairs.levels[:, PHONE] == fields.PHONE_EQUAL)


def _expected(evidence: _Evidence, model: Model, stranger: Floats) -> _Shares:
    """How far each pair is one person's or kin's under a model."""
    scores = score(evidence.pairs, model, evidence.people, evidence.holders)
    same = against_rivals(scores.odds, evidence.pairs.left, evidence.pairs.right)
    return _Shares(same, (1.0 - same) * _one_household(evidence.pairs), stranger)


def _unlikely(evidence: _Evidence, model: Model) -> Floats:
    """The random pairs that a first look takes for strangers."""
    odds = score(evidence.strangers, model, evidence.people, evidence.holders).odds
    return ((odds < 0) & ~_one_household(evidence.strangers)).astype(float)


def _updated(model: Model, evidence: _Evidence, shares: _Shares, lean: float, trained_on: str) -> Model:
    learnt = {field: _field(model, evidence, shares, at, lean) for at, field in enumerate(FIELDS)}
    return model.with_fields(learnt, trained_on)


def _field(model: Model, evidence: _Evidence, shares: _Shares, at: int, lean: float) -> dict[str, Level]:
    field = FIELDS[at]
    old = model.fields[field]
    usable, level, drawn = (
        _usable(evidence.pairs, at),
        evidence.pairs.levels[:, at],
        evidence.strangers.levels[:, at],
    )
    same = _learnt(field, level, shares.same * usable, {n: v.same for n, v in old.items()}, lean)
    kin = _learnt(field, level, shares.kin * usable, {n: v.kin for n, v in old.items()}, lean)
    stranger = _learnt(field, drawn, shares.stranger, {n: v.stranger for n, v in old.items()}, lean)
    return {
        # What a frequency stands for is counted when linking; its start is a matter of the population.
        n: Level(same[n], kin[n], v.stranger if v.by_frequency else stranger[n], v.by_frequency)
        for n, v in old.items()
    }


def _usable(pairs: Compared, field: int) -> npt.NDArray[np.bool_]:
    """Where a number agrees, birth date and sex follow from it and teach nothing."""
    implied = np.isin(pairs.levels[:, ID], ID_SPEAKS)
    return ~implied if field in (BIRTH, SEX) else np.ones(len(pairs), dtype=bool)


def _learnt(
    field: str, level: npt.NDArray[np.int8], weight: Floats, before: dict[str, float], lean: float
) -> dict[str, float]:
    """Share of each level among the known ones, leant on the shares before."""
    names = [n for n in LEVELS[field][1:] if n not in _KEPT.get(field, ())]
    pooled = {n: _POOLED.get(field, {}).get(n, n) for n in names}
    seen: dict[str, float] = dict.fromkeys(pooled.values(), 0.0)
    for name in names:
        seen[pooled[name]] += float(weight[level == LEVELS[field].index(name)].sum())
    total, start = sum(seen.values()), sum(before[n] for n in seen)
    shares = {n: (seen[n] + lean * before[n] / start) / (total + lean) for n in seen}
    return before | {n: min(max(shares[pooled[n]], _SMALLEST), 1.0) for n in names}
