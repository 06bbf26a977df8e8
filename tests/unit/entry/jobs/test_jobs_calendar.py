"""Each day that passes is turned once, late ones made up for; a declared day and what follows from it are written together."""

from datetime import date, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from wangge.entry.jobs import calendar, schedule, worker
from wangge.entry.jobs.models import Cursor
from wangge.ground.registry import actions as registry
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.models import Entry
from wangge.platform.city.models import DayOverride
from wangge.platform.clock import clock


@pytest.fixture
def turned(monkeypatch):
    spans = []
    monkeypatch.setattr(
        registry, "turn_days", lambda *, after, upto, by: spans.append((str(after), str(upto), by.id))
    )
    return spans


def test_every_day_is_turned_once_and_missed_days_are_made_up(db, moment, turned):
    for days in (0, 0, 1, 4):
        with clock.moved(moment + timedelta(days=days)):
            calendar.turn_days.enqueue()
            worker.drain()
    by = "system:calendar"
    assert turned == [
        ("2026-07-30", "2026-07-31", by), ("2026-07-31", "2026-08-01", by), ("2026-08-01", "2026-08-04", by)
    ]  # fmt: skip
    assert date.fromordinal(Cursor.objects.get(name=calendar.CURSOR).place) == date(2026, 8, 4)


def test_the_schedule_turns_days_at_night(db, moment):
    assert "turn the day" in {line.name for line in schedule.SCHEDULE}
    with clock.moved(moment):
        assert "turn the day" in schedule.fire()
        assert "turn the day" not in schedule.fire()
    with clock.moved(moment + timedelta(days=1)):
        assert "turn the day" in schedule.fire()


def test_a_tenancy_that_ended_is_derived_by_the_job(db, at_moment):
    """The real action, as the system actor that the schedule uses: it may."""
    calendar.turn_days.enqueue()
    assert worker.drain() == 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_day_and_its_task_are_written_together_or_not_at_all(db, at_moment, installer, monkeypatch):
    calendar.declare(day=date(2026, 8, 3), working=False, note="台风", by=installer)
    assert DBTaskResult.objects.count() == 1
    assert Entry.objects.filter(verb="city.declare_day", object_id="2026-08-03").count() == 1
    with pytest.raises(NotFound):
        calendar.withdraw(day=date(2026, 8, 4), by=installer)

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(calendar.redate.__class__, "enqueue", full)
    with pytest.raises(OSError, match="full"):
        calendar.withdraw(day=date(2026, 8, 3), by=installer)
    assert DayOverride.objects.count() == 1
