"""Pairwise scores against pairs counted one by one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.linkage.evaluate import evaluate


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_counted_as_if_every_pair_were_made(labels: list[tuple[int, int]]) -> None:
    clusters = {n: a for n, (a, _) in enumerate(labels)}
    truth = {n: b for n, (_, b) in enumerate(labels)}
    score = evaluate(clusters, truth)
    pairs = [
        (labels[i][0] == labels[j][0], labels[i][1] == labels[j][1])
        for i, j in combinations(range(len(labels)), 2)
    ]
    assert score.right == sum(ours and theirs for ours, theirs in pairs)
    assert score.wrong == sum(ours and not theirs for ours, theirs in pairs)
    assert score.missed == sum(theirs and not ours for ours, theirs in pairs)
    assert 0 <= score.f1 <= 1


def test_perfect_and_empty() -> None:
    assert evaluate({1: "a", 2: "a"}, {1: "x", 2: "x"}).f1 == 1.0
    assert evaluate({}, {}).f1 == 1.0
    assert evaluate({1: "a", 2: "b"}, {1: "x", 2: "x"}).recall == 0.0
