"""A real bulletin's figures, and formulas as data."""

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.oversight.assessment import formulas, queries
from wangge.work.cases.models import Case, ClassOfCase

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "cases"))

import case_town

JULY = {"from_on": date(2026, 7, 1), "to_on": date(2026, 7, 31)}


@pytest.fixture(scope="module")
def standing(writing, moment):
    return case_town.standing(writing, moment)


@pytest.fixture
def town(standing, db, at_moment):
    return case_town.lent(standing)


def test_a_real_bulletin(town, at_moment):
    """Tianmen: due 972, closed 911, on time 737; events 902 of 956, parts 9 of 16; filed 996: patrol 953, public 43."""
    event, part = (ClassOfCase.objects.get(code=code) for code in ("E0101", "P0101"))
    day, rows = timedelta(days=1), []

    def add(count, of_class, *, closed, on_time, counts=True):
        for _ in range(count):
            due = at_moment - day if counts else at_moment + day
            handled = (due - day if on_time else due + timedelta(hours=1)) if closed else None
            rows.append(
                Case(
                    number=f"T{len(rows)}", of_class=of_class, source="patrol" if len(rows) < 953 else "hotline",
                    state="closed" if closed else "handling", area=case_town.GRID, department="shizheng",
                    reported_at=at_moment - 4 * day,
                    open_since=None if closed else at_moment - 4 * day, filed_at=at_moment - 3 * day, dispatched_at=at_moment - 3 * day, due_at=due,
                    handled_at=handled, closed_at=handled, counts_at=min(handled, due) if handled else due, clock_since=at_moment - 3 * day,
                    clock_stopped_at=handled,
                )
            )  # fmt: skip

    add(730, event, closed=True, on_time=True)
    add(172, event, closed=True, on_time=False)
    add(54, event, closed=False, on_time=False)
    add(7, part, closed=True, on_time=True)
    add(2, part, closed=True, on_time=False)
    add(7, part, closed=False, on_time=False)
    add(24, event, closed=False, on_time=False, counts=False)  # filed, but not due yet
    Case.objects.bulk_create(rows)

    bulletin = queries.rates(town.chief, **JULY)
    figures = {one.code: one.value for one in bulletin.figures}
    rates = {one.code: one.percent for one in bulletin.rates}
    assert (figures["due"], figures["closed"], figures["closed_on_time"], figures["filed"]) == (
        972,
        911,
        737,
        996,
    )
    assert rates["closing"] == Decimal("93.72")
    assert rates["closing_on_time"] == Decimal("75.82")
    assert (rates["patrol_reports"], rates["public_reports"]) == (Decimal("95.68"), Decimal("4.32"))
    for kind, closed, due, percent in (("event", 902, 956, "94.35"), ("part", 9, 16, "56.25")):
        one = queries.rates(town.chief, **JULY, kind=kind)
        found = {f.code: f.value for f in one.figures}
        assert (found["closed"], found["due"]) == (closed, due)
        assert {r.code: r.percent for r in one.rates}["closing"] == Decimal(percent)


# -- formulas as data ----------------------------------------------------------------------------------------------------


def test_a_formula_that_makes_no_sense_is_refused_with_its_place():
    good = formulas.formulas()
    assert list(good.rates) == list(formulas.formulas().rates)
    with pytest.raises(ValueError, match="no figure 'nothing'"):
        formulas.read(
            "figures: {a: {zh: 甲, en: A, filter: {}}}\nrates: {r: {zh: 率, en: R, of: a, over: nothing}}"
        )
    with pytest.raises(ValueError, match="clossed"):
        formulas.read("figures: {a: {zh: 甲, en: A, filter: {clossed: true}}}\nrates: {}")


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_per_cent_is_exact_to_two_places(of, over):
    found = formulas.percent(of, over)
    if over == 0:
        assert found is None
    else:
        assert abs(found - Decimal(100 * of) / over) <= Decimal("0.005")
