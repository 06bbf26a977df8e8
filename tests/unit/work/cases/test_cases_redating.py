"""A day declared a holiday or a workday moves the clocks of open cases, says so in their stories, and leaves closed ones alone."""

from datetime import date, datetime

import pytest
from case_town import bring

from wangge.platform.access import actors
from wangge.platform.access.errors import Forbidden
from wangge.platform.city import days
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.work.cases import actions, progress, queries, redating, standing
from wangge.work.cases.models import Case, Step
from wangge.work.cases.times import CityTimes

FRIDAY, SATURDAY = date(2026, 7, 31), date(2026, 8, 1)


def wall(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.city_zone())


def due(case):
    return clock.local(Case.objects.get(uid=case).due_at)


def reckon_anew(why="高温假"):
    after = 0
    while after is not None:
        after = actions.redate_chunk(after=after, why=why, by=actors.system("calendar"))


def check_sum(case):
    row = Case.objects.get(uid=case)
    steps = redating.happenings(Step.objects.filter(case=row).order_by("n"))
    assert progress.fold(steps, CityTimes()) == standing.progress_of(row)


def test_a_declared_day_counts_from_the_next_act_on(town, installer):
    times = CityTimes()
    assert times.due(wall("2026-07-31T17:00"), "4 工作时") == wall("2026-08-03T11:30")
    days.declare(day=SATURDAY, working=True, note="调休", by=installer)
    assert CityTimes().due(wall("2026-07-31T17:00"), "4 工作时") == wall("2026-08-01T11:30")
    days.declare(day=SATURDAY, working=False, note="", by=installer)
    days.declare(day=date(2026, 8, 3), working=False, note="台风", by=installer)
    assert CityTimes().due(wall("2026-07-31T17:00"), "4 工作时") == wall("2026-08-04T11:30")
    assert days.withdraw(day=date(2026, 8, 3), by=installer)
    assert not days.withdraw(day=date(2026, 8, 3), by=installer)
    assert CityTimes().due(wall("2026-07-31T17:00"), "4 工作时") == wall("2026-08-03T11:30")


def test_days_are_read_once_where_settings_are_and_a_change_is_seen(db, installer, django_assert_num_queries):
    with city.read_once():
        assert days.overrides() == {}
        with django_assert_num_queries(0):
            assert days.overrides() == {}
        days.declare(day=FRIDAY, working=False, note="", by=installer)
        assert days.overrides() == {FRIDAY: False}


def test_open_cases_follow_a_day_declared_late(town, installer, later):
    case = bring(town, "to_sign")  # Friday 10:05, 4 working hours
    assert due(case) == wall("2026-07-31T16:35")
    with later(days=3):  # on Monday the city says that Friday was a day off
        days.declare(day=FRIDAY, working=False, note="高温假", by=installer)
        reckon_anew()
        row = Case.objects.get(uid=case)
        assert due(case) == wall("2026-08-03T15:00")
        assert row.counts_at == row.due_at
        last = queries.case(town.clerk, case).steps[-1]
        assert (last.verb, last.note, last.due_at) == ("redate", "高温假", row.due_at)
        assert "系统 日历变动" in last.text
        check_sum(case)
        actions.sign(case=case, by=town.clerk)
        check_sum(case)
        steps = Step.objects.count()
        reckon_anew()  # nothing moves twice
        assert Step.objects.count() == steps
    with later(days=3, hours=2):
        days.withdraw(day=FRIDAY, by=installer)
        reckon_anew("撤销")
        assert due(case) == wall("2026-07-31T16:35")


def test_time_used_before_a_stop_is_reckoned_anew_too(town, installer, later):
    case = bring(town, "to_check")
    with later(hours=1):
        town.settle(case, "failed")
    with later(days=3):
        actions.rework(case=case, reason="未恢复", by=town.chief)
        days.declare(day=FRIDAY, working=False, note="", by=installer)
        reckon_anew()
        check_sum(case)


def test_what_is_over_or_brought_in_keeps_its_moments(town, installer, later):
    closed, open_ = bring(town, "closed"), bring(town, "to_sign")
    Case.objects.filter(uid=open_).update(imported=True, counts_at=None)
    before = list(Case.objects.order_by("pk").values())
    days.declare(day=FRIDAY, working=False, note="", by=installer)
    reckon_anew()
    assert list(Case.objects.order_by("pk").values()) == before
    assert due(closed) == wall("2026-07-31T16:35")


def test_chunks_go_on_where_the_last_one_ended(town, installer, monkeypatch):
    monkeypatch.setattr(redating, "AT_ONCE", 1)
    cases = [bring(town, "to_sign"), bring(town, "to_accept")]
    days.declare(day=FRIDAY, working=False, note="", by=installer)
    reckon_anew()
    assert [Step.objects.filter(case__uid=case, verb="redate").count() for case in cases] == [1, 1]


def test_nobody_else_reckons_anew(town):
    with pytest.raises(Forbidden):
        actions.redate_chunk(after=0, why="", by=town.chief)
