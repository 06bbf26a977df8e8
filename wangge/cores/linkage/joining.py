"""Linkage's joining: which pairs become one person, in tiers: decisions, rules, the model."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage import name_comparison as names
from wangge.cores.linkage.clusters import Clusters, Numbers
from wangge.cores.linkage.comparing import NAME
from wangge.cores.linkage.decisions import Settled
from wangge.cores.linkage.doubles import Double, find_doubles, in_favour
from wangge.cores.linkage.model import Model
from wangge.cores.linkage.pairs import Found, Pairs, together
from wangge.cores.linkage.prepared import Prepared
from wangge.cores.linkage.scoring import against_rivals
from wangge.cores.linkage.vetoes import ID_OF_ANOTHER, NO_VETO

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# Of the edges on a record's way to its person, the weakest names the tier.
_STRENGTH = {"rule": 0, "decision": 1, "model": 2}


@dataclass(frozen=True)
class Batch:
    """Both sides; nodes are the records (left) and behind them the golden persons (right).

    ``first``: for each record the one it repeats word for word (itself if none).
    """

    left: Prepared
    right: Prepared
    first: Ints

    @property
    def records(self) -> int:
        """How many records there are: the first node number of a golden person."""
        return len(self.left)


@dataclass
class Joined:
    """Clusters, the edges that made them, and the reasons why other pairs were refused."""

    clusters: Clusters
    pairs: Pairs
    probability: Floats
    refused: dict[int, str] = field(default_factory=dict)  # pair → reason
    edges: dict[int, list[tuple[int, str, float]]] = field(default_factory=dict)
    doubles: list[Double] = field(default_factory=list)
    contradictions: int = 0

    def join(self, a: int, b: int, tier: str, probability: float, *, proven: bool) -> str:
        """Join two nodes' clusters and note how; returns the reason when that is refused."""
        apart = self.clusters.root(a) != self.clusters.root(b)
        reason = self.clusters.join(a, b, proven=proven, by_people=tier == "decision")
        if apart and not reason:
            self.edges.setdefault(a, []).append((b, tier, probability))
            self.edges.setdefault(b, []).append((a, tier, probability))
        return reason

    def ways(self, person: int) -> dict[int, tuple[str, float]]:
        """How each record of a golden person came to it: the weakest tier and probability on its way."""
        found: dict[int, tuple[str, float]] = {person: ("rule", 1.0)}
        waiting = [person]
        while waiting:
            node = waiting.pop()
            tier, probability = found[node]
            for other, step, chance in self.edges.get(node, ()):
                if other not in found:
                    found[other] = max(tier, step, key=_STRENGTH.__getitem__), min(probability, chance)
                    waiting.append(other)
        return found


def join_all(batch: Batch, golden: Found, within: Found, settled: Settled, model: Model) -> Joined:
    """Every pair decided: joined, refused with a reason, or left unsure."""
    pairs = _with_lent_numbers(together([golden.pairs, within.pairs]), batch.records)
    proven = _proven(pairs, batch)
    clusters = Clusters(
        batch.records,
        batch.left.source.__getitem__,
        _valid_numbers(batch),
        lambda a, b: _pair(batch.first[a], batch.first[b]) in proven or batch.first[a] == batch.first[b],
    )
    clusters.keep_apart(settled.apart, decided=True)
    _keep_vetoed_apart(clusters, np.concatenate([golden.apart, within.apart]), pairs)
    joined = Joined(clusters, pairs, np.zeros(len(pairs)))
    joined.contradictions = sum(
        bool(joined.join(a, b, "decision", 1.0, proven=True)) for a, b in settled.together
    )
    for record in np.flatnonzero(batch.first != np.arange(batch.records)):
        joined.join(int(batch.first[record]), int(record), "rule", 1.0, proven=True)
    _join_by_rule(joined, batch)
    joined.doubles = find_doubles(pairs, batch.right, batch.records)
    forward, claim = _probabilities(joined, batch)
    joined.probability = in_favour(forward, pairs, joined.doubles)
    _join_by_model(joined, batch, claim, model)
    return joined


def _join_by_rule(joined: Joined, batch: Batch) -> None:
    pairs = joined.pairs
    duplicate = pairs.proof & (pairs.veto == NO_VETO) & _one_file(pairs, batch)
    for at in _in_order(pairs, pairs.rule | duplicate):
        joined.join(int(pairs.left[at]), int(pairs.right[at]), "rule", 1.0, proven=True)


def _join_by_model(joined: Joined, batch: Batch, claim: Floats, model: Model) -> None:
    """Pairs that are probable enough; from one file, or against a better claim from it, only with proof."""
    pairs = joined.pairs
    probable = (joined.probability >= model.merge_above) & ~pairs.rule & (pairs.veto == NO_VETO)
    allowed = pairs.proof | ((claim >= model.merge_above) & ~_one_file(pairs, batch))
    for at in _in_order(pairs, probable, joined.probability):
        a, b, proven = int(pairs.left[at]), int(pairs.right[at]), bool(pairs.proof[at])
        reason = "second_record"
        if allowed[at]:
            reason = joined.join(a, b, "model", float(joined.probability[at]), proven=proven)
        if reason:
            joined.refused[int(at)] = reason


def _in_order(pairs: Pairs, chosen: Flags, first: Floats | None = None) -> Ints:
    """The chosen pairs, best first; ties by node, hence by id."""
    at = np.flatnonzero(chosen)
    best = pairs.odds[at] if first is None else first[at]
    return at[np.lexsort((pairs.right[at], pairs.left[at], -pairs.odds[at], -best))]


def _probabilities(joined: Joined, batch: Batch) -> tuple[Floats, Floats]:
    """Each pair's probability among the rivals of its record, and as a claim among the records of its file.

    From the record's end its golden candidates compete; from the other end the records of one file do.
    """
    pairs = joined.pairs
    entity = np.array([joined.clusters.root(node) for node in range(batch.records)], dtype=np.int64)
    golden = pairs.right >= batch.records
    inside = np.where(golden, 0, pairs.right)
    file, files = batch.left.source + 1, int(batch.left.source.max(initial=0)) + 2
    right_entity = np.where(golden, pairs.right, entity[inside])
    forward = against_rivals(pairs.odds, pairs.left * files + np.where(golden, 0, file[inside]), right_entity)
    claim = against_rivals(pairs.odds, pairs.right * files + file[pairs.left], entity[pairs.left])
    return np.where(golden, forward, np.minimum(forward, claim)), claim


def _one_file(pairs: Pairs, batch: Batch) -> Flags:
    inside = pairs.right < batch.records
    other = np.where(inside, pairs.right, 0)
    return np.asarray(inside & (batch.left.source[pairs.left] == batch.left.source[other]))


def _with_lent_numbers(pairs: Pairs, records: int) -> Pairs:
    """Numbers that seem to be lent, or held by two persons, prove nothing.

    A record whose number belongs to a golden person under another name goes to people with all its pairs; so
    does one whose name fits somebody else at the same home better. A number that two persons hold is left
    to the model.
    """
    golden = pairs.right >= records
    people = int(pairs.left.max(initial=0)) + 1
    rules = np.bincount(pairs.left[pairs.rule & golden], minlength=people)
    held_twice = pairs.rule & golden & (rules[pairs.left] > 1)
    better = np.zeros(people, dtype=bool)
    better[pairs.left[pairs.proof & golden & (pairs.levels[:, NAME] == names.EQUAL) & ~pairs.rule]] = True
    loosely = pairs.rule & golden & ~np.isin(pairs.levels[:, NAME], (names.EQUAL, names.UNKNOWN))
    another = golden & (pairs.veto == ID_OF_ANOTHER) & (rules[pairs.left] == 0)
    lent = np.zeros(people, dtype=bool)
    lent[pairs.left[another | (loosely & better[pairs.left])]] = True
    held = lent[pairs.left] & (pairs.veto == NO_VETO) & golden
    return Pairs(
        **{
            **vars(pairs),
            "rule": pairs.rule & ~held_twice & ~held,
            "veto": np.where(held, ID_OF_ANOTHER, pairs.veto).astype(np.int8),
        }
    )


def _proven(pairs: Pairs, batch: Batch) -> set[tuple[int, int]]:
    inside = pairs.proof & (pairs.veto == NO_VETO) & (pairs.right < batch.records)
    return {
        _pair(a, b) for a, b in zip(pairs.left[inside].tolist(), pairs.right[inside].tolist(), strict=True)
    }


def _pair(a: int, b: int) -> tuple[int, int]:
    return (int(a), int(b)) if a < b else (int(b), int(a))


def _keep_vetoed_apart(clusters: Clusters, apart: Ints, pairs: Pairs) -> None:
    """Only nodes that may be joined at all need to be watched."""
    live = np.unique(np.concatenate([pairs.left[pairs.veto == NO_VETO], pairs.right[pairs.veto == NO_VETO]]))
    apart = apart[np.isin(apart, live).all(axis=1)]
    clusters.keep_apart(map(tuple, apart.tolist()))


def _valid_numbers(batch: Batch) -> Numbers:
    left, right, records = batch.left, batch.right, batch.records

    def numbers(node: int) -> frozenset[tuple[int, int]]:
        side, at = (left, node) if node < records else (right, node - records)
        first, last = np.searchsorted(side.node, [at, at + 1])
        return frozenset(
            (int(side.id_kind[row]), int(side.id_number[row]))
            for row in range(first, last)
            if side.id_citizen[row]
        )

    return numbers
