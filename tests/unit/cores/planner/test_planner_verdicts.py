"""What arithmetic proves about a grid out of range, in words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.planner.plan import plan
from wangge.cores.planner.proving.verdicts import SENTENCES, counts, judge, least_outside, reason
from wangge.cores.planner.records import Edges, Settings, Units

BAND = Settings(300, 500)


def row_of(*households: int, gap_after: int | None = None) -> tuple[Units, Edges]:
    """Houses in a row, each linked to the next, one link left out if asked."""
    n = len(households)
    units = Units([f"b{i}" for i in range(n)], np.arange(n) * 30.0, np.zeros(n), households, ["东山"] * n)
    u = np.array([i for i in range(n - 1) if i != gap_after], dtype=int)
    return units, Edges(u, u + 1)


def verdicts_of(*households: int, gap_after: int | None = None):
    made = plan(*row_of(*households, gap_after=gap_after), BAND)
    return [(grid.households, grid.verdict) for grid in made.grids if grid.verdict]


def test_a_community_that_no_number_of_grids_fits():
    ((households, verdict),) = verdicts_of(*[60] * 9)
    assert (verdict.kind, verdict.code) == ("proven", "no_count_fits")
    assert "东山 has 540 households: no number of grids between 300 and 500 fits" in reason(verdict)
    assert households in range(200, 541)


def test_a_community_with_too_few():
    ((households, verdict),) = verdicts_of(100, 90)
    assert (households, verdict.kind) == (190, "proven")
    assert reason(verdict) == "community 东山 has only 190 households, fewer than 300"


def test_a_building_above_the_band():
    ((households, verdict),) = verdicts_of(200, 200, 640, 200, 200)
    assert (households, verdict.kind, verdict.code) == (640, "proven", "unit_above_high")
    assert reason(verdict) == "building b2 alone has 640 households, more than 500"


def test_a_part_that_is_cut_off():
    found = dict(verdicts_of(200, 200, 100, gap_after=1))
    assert reason(found[100]) == "community 东山, part 2 of 2, has only 100 households, fewer than 300"
    assert set(found) == {100}


def test_houses_of_nobody():
    ((households, verdict),) = verdicts_of(0, 0)
    assert (households, verdict.kind, verdict.code) == (0, "proven", "nobody_lives_here")


def test_what_arithmetic_does_not_prove_is_undecided():
    # 900 households would be two or three grids, but no run of these houses gives them.
    found = verdicts_of(290, 290, 320)
    assert found
    assert {(verdict.kind, verdict.code) for _, verdict in found} == {("undecided", "not_proven")}
    assert "enough for 2–3 grids" in reason(found[0][1])


def test_only_as_many_are_proven_as_must_be():
    units = row_of(*[60] * 9)[0]
    found = judge(units.ids, units.households, np.array([0] * 4 + [1] * 5), "it", Settings(310, 500))
    assert sorted(verdict.kind for verdict in found.values()) == ["proven", "undecided"]
    assert "which" not in reason(found[0])


@given(st.integers(0, 5000), st.integers(1, 600), st.integers(0, 400))
def test_counts_are_those_that_fit(total, low, more):
    band = Settings(low, low + more)
    fitting = [k for k in range(1, total // low + 2) if k * low <= total <= k * (low + more)]
    assert [k for k in counts(total, band) if k] == fitting
    assert least_outside(np.array([total // 2, total - total // 2]), band) >= (total > 0 and not fitting)


def test_every_verdict_has_its_sentence():
    said = {
        "whose": "it",
        "households": 1,
        "low": 1,
        "high": 2,
        "unit": "b",
        "units": "b, c",
        "least": 1,
        "grids": "1",
        "fewer": 1,
        "more": 2,
    }
    assert all(sentence.format(**said) for sentence in SENTENCES.values())
