"""Grid codes: one each, none given twice, and a grid that stays mostly the same keeps its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.work.planning.codes import NewGrid, TooMany, number

C = "420502001001"


def code(n):
    return f"{C}{n:03d}"


def test_the_first_plan_counts_from_the_north_west():
    grids = [NewGrid({1: 400}, 111.2, 30.0), NewGrid({2: 400}, 111.0, 30.1), NewGrid({3: 400}, 111.1, 30.1)]
    assert number(C, grids, former={}, given=[], digits=3) == [code(3), code(1), code(2)]


def test_a_grid_that_stays_mostly_the_same_keeps_its_code():
    former = {1: code(1), 2: code(1), 3: code(2), 4: code(2), 5: code(2)}
    grids = [NewGrid({3: 100, 4: 100, 2: 90}, 0, 0), NewGrid({1: 200}, 0, 1), NewGrid({5: 100}, 0, 2)]
    assert number(C, grids, former=former, given=[code(1), code(2), code(7)], digits=3) == [
        code(2),
        code(1),
        code(8),
    ]


def test_a_number_once_given_is_never_given_to_other_ground():
    grids = [NewGrid({1: 400}, 0, 0)]
    assert number(C, grids, former={}, given=[code(1), code(9)], digits=3) == [code(10)]


def test_the_layout_decides_the_length_and_its_end():
    grids = [NewGrid({n: 400}, 0, n) for n in range(10)]
    assert number(C, grids[:9], former={}, given=[], digits=1)[0] == f"{C}9"
    with pytest.raises(TooMany):
        number(C, grids, former={}, given=[], digits=1)
    # Codes of another layout are not kept: their length would not be the city's any more.
    assert number(C, grids[:1], former={0: code(4)}, given=[code(4)], digits=2) == [f"{C}05"]


buildings = st.dictionaries(st.integers(0, 30), st.integers(0, 500), max_size=8)


@settings(deadline=None)
@given(
    st.lists(buildings, min_size=1, max_size=8),
    st.dictionaries(st.integers(0, 30), st.integers(1, 12).map(code)),
    st.sets(st.integers(1, 12).map(code)),
)
def test_codes_are_distinct_well_formed_and_the_same_every_time(members, former, given_codes):
    grids = [NewGrid(m, i * 0.1, -i * 0.1) for i, m in enumerate(members)]
    found = number(C, grids, former=former, given=given_codes | set(former.values()), digits=3)
    assert len(set(found)) == len(grids)
    assert all(len(one) == 15 and one.startswith(C) for one in found)
    assert found == number(
        C, grids, former=former, given=sorted(given_codes | set(former.values())), digits=3
    )
    for grid, one in zip(grids, found, strict=True):
        kept = {former[b] for b in grid.households if b in former}
        assert one in kept or one not in given_codes


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=9))
def test_the_same_plan_again_has_the_same_codes(households):
    grids = [NewGrid({i: n}, i * 0.1, 0.0) for i, n in enumerate(households)]
    first = number(C, grids, former={}, given=[], digits=3)
    former = dict(enumerate(first))
    assert number(C, grids[::-1], former=former, given=first, digits=3) == first[::-1]
