"""Rates over cases of every fate: the lists behind the figures, and the same rates from the exported workbook.

The cases are played once for all tests of this file; nothing stays of what a test does to them.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from wangge.cores.tables.reading import read_table
from wangge.oversight.assessment import formulas, queries
from wangge.platform.access import actors
from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.clock import clock
from wangge.work.cases import actions
from wangge.work.cases import queries as cases
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case, ClassOfCase

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "cases"))

import case_town
from case_town import bring

MOMENT = datetime(2026, 7, 31, 2, 5, tzinfo=UTC)


def later(**by):
    return clock.moved(MOMENT + timedelta(**by))


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with later(minutes=-1):
            town = case_town.build(actors.system("installer"))
        with later():
            play(town)
        with later(days=5):
            yield town
        transaction.set_rollback(True)


@pytest.fixture
def busy(played):
    with transaction.atomic():
        yield played
        transaction.set_rollback(True)


def play(town):
    """Cases of every fate: on time, late, overdue, waiting, reworked, given back, shelved, void, imported, of patrol and public."""
    bring(town, "closed")
    bring(town, "closed", by=town.worker)
    late, waiting, reworked, back, shelved, void = (bring(town, "handling") for _ in range(6))
    bring(town, "to_sign")  # will be overdue
    actions.void(case=void, reason="试报", by=town.chief)
    with later(hours=1):
        actions.apply(case=back, kind="give_back", reason="非我单位", by=town.clerk)
        actions.decide(case=back, grant=True, by=town.chief)
        actions.dispatch(case=back, department="water", by=town.dispatcher)
        actions.apply(
            case=shelved, kind="shelve", reason="待料", until=clock.today() + timedelta(9), by=town.clerk
        )
        actions.decide(case=shelved, grant=True, by=town.chief)
        actions.feed_back(case=reworked, note="好", by=town.clerk)
        actions.forward(case=reworked, by=town.dispatcher)
        town.settle(reworked, "failed")
        actions.rework(case=reworked, reason="未恢复", by=town.chief)
        actions.sign(case=reworked, by=town.clerk)
        actions.feed_back(case=reworked, note="又办", by=town.clerk)
    with later(days=4):
        actions.feed_back(case=late, note="迟了", by=town.clerk)
        actions.forward(case=late, by=town.dispatcher)
        town.settle(late, "passed")
        actions.close(case=late, by=town.chief)
    Case.objects.create(
        number="2017-1231-0001", of_class=ClassOfCase.objects.get(code="P0101"), source="hotline", state="closed", imported=True,
        area=case_town.GRID, department="shizheng", reported_at=clock.now(), filed_at=clock.now(), closed_at=clock.now(),
    )  # fmt: skip
    assert waiting


WEEK = {"from_on": date(2026, 7, 31), "to_on": date(2026, 8, 5)}


def test_every_figure_opens_its_list(busy):
    """The filter that stands with a figure, given to the case list, finds as many cases (or as many times)."""
    for who in (busy.chief, busy.clerk, busy.leader):
        for kind in ("", "part", "event"):
            for figure in queries.rates(who, **WEEK, kind=kind).figures:
                page = cases.cases(who, Filters.model_validate(figure.filter), limit=200)
                value = (
                    sum(one.reworks for one in page.items) if figure.code == "rework_times" else page.total
                )
                assert value == figure.value, figure
    figures = {one.code: one.value for one in queries.rates(busy.chief, **WEEK).figures}
    assert figures == {
        "due": 7, "closed": 3, "closed_on_time": 2, "due_to_handle": 7, "handled": 4, "handled_on_time": 3, "overdue": 3,
        "reworked": 1, "rework_times": 1, "passed_on": 1, "reopened": 0, "filed": 8, "from_patrol": 1, "from_public": 7, "shelved": 1,
    }  # fmt: skip


def test_the_rates_equal_those_recomputed_from_the_exported_list(busy):
    """Whoever has the workbook needs nothing else: no state of ours, only its columns."""
    content = cases.export(busy.chief, Filters(area=case_town.STREET))
    table = read_table(content, name="案件.xlsx", sheet="案件")
    meanings = read_table(content, name="案件.xlsx", sheet="说明")
    called = dict(zip(meanings.column("列代码"), meanings.column("列名"), strict=True))
    rows = [
        dict(zip(called, values, strict=True))
        for values in zip(*(table.column(name) for name in called.values()), strict=True)
    ]
    assert len(rows) == cases.cases(busy.chief).total == 10
    as_of = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M:%S")

    def due(row):
        if (
            row["imported"] == "是"
            or row["state_code"] in ("shelved", "voided", "merged", "rejected")
            or not row["due_at"]
        ):
            return False
        return bool(row["handled_at"]) or row["due_at"] < as_of

    def on_time(row):
        return bool(row["handled_at"]) and row["handled_at"] <= row["due_at"]

    counted = [row for row in rows if due(row)]
    filed = [
        row for row in rows if row["filed_at"] and row["imported"] == "否" and row["state_code"] != "voided"
    ]
    recomputed = {
        "closing_on_time": (sum(r["state_code"] == "closed" and on_time(r) for r in counted), len(counted)),
        "closing": (sum(r["state_code"] == "closed" for r in counted), len(counted)),
        "handling_on_time": (sum(map(on_time, counted)), len(counted)),
        "rework": (sum(int(r["reworks"]) > 0 for r in counted), len(counted)),
        "patrol_reports": (sum(r["source"] == "网格巡查" for r in filed), len(filed)),
        "public_reports": (sum(r["source"] != "网格巡查" for r in filed), len(filed)),
    }
    told = {one.code: one.percent for one in queries.rates(busy.chief, **WEEK).rates}
    assert told == {code: formulas.percent(*pair) for code, pair in recomputed.items()}
    assert [row["counts"] for row in rows].count("是") == len(counted)
    assert [row["on_time"] for row in rows if row["handled_at"]] == [
        "是" if on_time(r) else "否" for r in rows if r["handled_at"]
    ]


def test_imported_cases_never_enter_a_rate(busy):
    """Not even one that is handled here afterwards."""
    before = queries.rates(busy.chief, **WEEK)
    imported = Case.objects.get(imported=True)
    Case.objects.filter(pk=imported.pk).update(
        state="to_dispatch", open_since=imported.reported_at, rule=imported.of_class.rules.first()
    )
    actions.dispatch(case=str(imported.uid), department="shizheng", by=busy.dispatcher)
    actions.sign(case=str(imported.uid), by=busy.clerk)
    actions.feed_back(case=str(imported.uid), note="好", by=busy.clerk)
    after = queries.rates(busy.chief, **WEEK)
    assert [f.value for f in after.figures] == [f.value for f in before.figures]
    for name, figure in formulas.formulas().figures.items():
        assert figure.within(Filters(), start=None, end=None).filters.imported is False, name


def test_departments_are_listed_by_code_and_add_up(busy):
    each = queries.by_department(busy.chief, **WEEK)
    assert [one.department for one in each] == ["shizheng", "water"]
    whole = {f.code: f.value for f in queries.rates(busy.chief, **WEEK).figures}
    for code in ("due", "closed", "filed", "shelved", "rework_times"):
        assert sum(f.value for one in each for f in one.rates.figures if f.code == code) == whole[code]
    alone = queries.rates(busy.chief, **WEEK, department="water")
    assert {f.code: f.value for f in alone.figures} == {f.code: f.value for f in each[1].rates.figures}


def test_rates_go_through_the_scope(busy):
    assert {f.code: f.value for f in queries.rates(busy.east_dispatcher, **WEEK).figures}["filed"] == 0
    assert {f.code: f.value for f in queries.rates(busy.clerk, **WEEK).figures}["filed"] == 7
    assert [one.department for one in queries.by_department(busy.clerk, **WEEK)] == ["shizheng"]
    with pytest.raises(Forbidden):
        queries.rates(busy.worker, **WEEK)


def test_a_period_takes_in_its_days_and_no_others(busy):
    first = {
        f.code: f.value
        for f in queries.rates(busy.chief, from_on=date(2026, 7, 31), to_on=date(2026, 7, 31)).figures
    }
    rest = {
        f.code: f.value
        for f in queries.rates(busy.chief, from_on=date(2026, 8, 1), to_on=date(2026, 8, 31)).figures
    }
    whole = {f.code: f.value for f in queries.rates(busy.chief, **WEEK).figures}
    for code in set(whole) - {"shelved"}:
        assert first[code] + rest[code] == whole[code], code
    with pytest.raises(Invalid):
        queries.rates(busy.chief, from_on=date(2026, 8, 1), to_on=date(2026, 7, 1))


def test_rates_cost_a_few_queries(busy, django_assert_num_queries):
    chief = busy.chief
    with django_assert_num_queries(3):
        queries.rates(chief, **WEEK)
    with django_assert_num_queries(4):
        queries.by_department(chief, **WEEK)


def test_the_workbook_says_how_the_rates_are_made(busy):
    content = queries.export(busy.chief, **WEEK)
    table = read_table(content, name="rates.xlsx", sheet="Rates")
    assert table.column("Department") == ["All", "市政所", "水务"]
    assert table.column("按期处置率 %")[0] == str(formulas.percent(3, 7))
    made = read_table(content, name="rates.xlsx", sheet="Formulas")
    assert made.column("Of")[0] == "closed_on_time"
