"""Clocks of cases: what ends when, exactly, whatever the calendar and the zone of the input."""

import datetime as dt
import time
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.cores.worktime.calendars import Calendar, DayKind
from wangge.cores.worktime.clocks import due_at, elapsed, is_open, next_opening
from wangge.cores.worktime.errors import CalendarUnknown
from wangge.cores.worktime.limits import Limit, Unit
from wangge.cores.worktime.pauses import due_with_pauses, elapsed_with_pauses
from wangge.cores.worktime.settings import calendar_from

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLAIN = Calendar()
UNEVEN = calendar_from(
    {
        "week": {"friday": ["08:30-12:00", "14:30-16:17"], "saturday": ["09:00-12:00"]},
        "seasons": [{"first": "05-01", "last": "09-30", "hours": ["08:00-12:00", "15:00-18:30"]}],
        "overrides": {"2024-05-06": "day_off"},
    }
)
NEW_YORK = calendar_from({"zone": "America/New_York", "hours": ["00:00-03:30", "20:00-24:00"], "week": {
    "sunday": ["00:30-01:30", "01:45-12:00"]}})  # fmt: skip
CALENDARS = st.sampled_from([PLAIN, UNEVEN, NEW_YORK])
UNITS = st.sampled_from(list(Unit))


def at(text, zone=SHANGHAI):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


# 2024-04-29 is a Monday; 1 to 5 May were holidays, 28 April and 11 May were worked on.
EXAMPLES = """
2024-04-22T09:00  4 工作时      2024-04-22T15:30
2024-04-22T11:00  1 工作时      2024-04-22T12:00
2024-04-22T12:30  1 工作时      2024-04-22T15:30
2024-04-22T20:00  1 工作时      2024-04-23T09:30
2024-04-19T17:00  4 工作时      2024-04-22T11:30
2024-04-30T17:00  2 工作时      2024-05-06T09:30
2024-04-27T10:00  1 工作时      2024-04-28T09:30
2024-04-22T20:00  2 紧急工作时  2024-04-22T22:00
2024-04-30T20:00  1 紧急工作日  2024-05-01T20:00
2024-04-30T20:00  3 自然日      2024-05-03T20:00
2024-04-30T10:00  1 工作日      2024-05-06T10:00
2024-04-30T20:00  1 工作日      2024-05-06T18:00
2024-04-22T13:00  0.5 工作日    2024-04-22T18:00
2024-04-22T16:15  0.5 工作日    2024-04-23T10:15
2024-04-22T08:30  0.5 工作日    2024-04-22T12:00
2024-04-22T08:30  1 工作日      2024-04-22T18:00
2024-04-22T00:00  2 自然日      2024-04-24T00:00
"""


@pytest.mark.parametrize("line", EXAMPLES.strip().splitlines())
def test_ends_of_limits(line):
    start, amount, unit, end = line.split()
    assert due_at(at(start), Limit.parse(f"{amount} {unit}"), PLAIN) == at(end)


def test_a_short_friday_is_a_whole_workday():
    assert due_at(at("2024-04-11T18:00"), Limit(1, Unit.WORKDAY), UNEVEN) == at("2024-04-12T16:17")
    assert due_at(at("2024-04-12T18:00"), Limit(1, Unit.WORKDAY), UNEVEN) == at("2024-04-13T12:00")


def test_summer_hours_and_overrides():
    assert due_at(at("2024-07-01T12:30"), Limit(1, Unit.WORKING_HOUR), UNEVEN) == at("2024-07-01T16:00")
    assert next_opening(at("2024-05-05T10:00"), UNEVEN) == at("2024-05-07T08:00")
    assert UNEVEN.hours(dt.date(2024, 5, 11)) == UNEVEN.seasons[0].week[0], "a Saturday worked on"


def test_opening_is_half_open():
    assert is_open(at("2024-04-22T08:30"), PLAIN)
    assert not is_open(at("2024-04-22T12:00"), PLAIN)
    assert next_opening(at("2024-04-22T12:00"), PLAIN) == at("2024-04-22T14:30")


def test_natural_days_follow_the_local_calendar_and_urgent_ones_the_clock():
    new_york = ZoneInfo("America/New_York")
    start = at("2024-03-09T12:00", new_york)
    clock = due_at(start, Limit(1, Unit.URGENT_WORKDAY), NEW_YORK)
    assert clock == at("2024-03-10T13:00", new_york)
    midnight = at("2024-03-10T00:00", new_york)
    natural = due_at(midnight, Limit(1, Unit.NATURAL_DAY), NEW_YORK)
    assert natural == at("2024-03-11T00:00", new_york)
    assert elapsed(midnight, natural, Unit.NATURAL_DAY, NEW_YORK) == 1
    assert elapsed(midnight, natural, Unit.URGENT_HOUR, NEW_YORK) == 23


MOMENTS = st.datetimes(
    dt.datetime.fromisoformat("2023-06-01"),
    dt.datetime.fromisoformat("2025-06-01"),
    timezones=st.sampled_from([SHANGHAI, dt.UTC, dt.timezone(dt.timedelta(hours=-5))]),
)
AMOUNTS = st.one_of(
    st.integers(1, 60),
    st.fractions(Fraction(1, 60), 60, max_denominator=60),
    st.sampled_from(["0.5", "2.25"]),
).map(Fraction)


@settings(max_examples=150, deadline=None)
@given(MOMENTS, AMOUNTS, UNITS, CALENDARS)
def test_exactly_the_limit_has_run_when_it_ends(start, amount, unit, calendar):
    run = elapsed(start, due_at(start, Limit(amount, unit), calendar), unit, calendar)
    # Days of unequal length may put the end between two microseconds.
    assert 0 <= run - amount < Fraction(1, 1_000_000 * 3600)
    if calendar is PLAIN and unit is not Unit.NATURAL_DAY and amount.denominator in (1, 2, 4):
        assert run == amount


@settings(max_examples=100, deadline=None)
@given(MOMENTS, AMOUNTS, UNITS, CALENDARS)
def test_a_moment_before_its_end_a_limit_has_not_run(start, amount, unit, calendar):
    end = due_at(start, Limit(amount, unit), calendar)
    assert end > start
    assert elapsed(start, end - dt.timedelta(microseconds=1), unit, calendar) < amount


@settings(max_examples=100, deadline=None)
@given(MOMENTS, MOMENTS, AMOUNTS, AMOUNTS, UNITS, CALENDARS)
def test_later_starts_and_longer_limits_never_end_earlier(start, other, amount, more, unit, calendar):
    early, late = sorted((start, other))
    assert due_at(early, Limit(amount, unit), calendar) <= due_at(late, Limit(amount, unit), calendar)
    assert due_at(early, Limit(amount, unit), calendar) < due_at(early, Limit(amount + more, unit), calendar)


@settings(max_examples=100, deadline=None)
@given(st.lists(MOMENTS, min_size=3, max_size=3), UNITS, CALENDARS)
def test_time_adds_up_over_split_intervals(moments, unit, calendar):
    first, middle, last = sorted(moments)
    parts = elapsed(first, middle, unit, calendar) + elapsed(middle, last, unit, calendar)
    assert parts == elapsed(first, last, unit, calendar)


@settings(max_examples=100, deadline=None)
@given(MOMENTS, AMOUNTS, UNITS, CALENDARS)
def test_the_zone_of_the_input_does_not_matter(start, amount, unit, calendar):
    ends = {
        due_at(start.astimezone(zone), Limit(amount, unit), calendar)
        for zone in (dt.UTC, dt.timezone(dt.timedelta(hours=8)), SHANGHAI)
    }
    assert len(ends) == 1
    assert ends.pop().tzinfo == calendar.zone_info


@settings(max_examples=100, deadline=None)
@given(MOMENTS, st.integers(1, 40), st.integers(1, 40), UNITS)
def test_an_extension_counted_from_the_end_is_a_longer_limit(start, amount, more, unit):
    end = due_at(due_at(start, Limit(amount, unit), PLAIN), Limit(more, unit), PLAIN)
    assert end == due_at(start, Limit(amount, unit) + Limit(more, unit), PLAIN)


PAUSES = st.lists(st.tuples(MOMENTS, MOMENTS).map(lambda pair: tuple(sorted(pair))), max_size=4)


@settings(max_examples=150, deadline=None)
@given(MOMENTS, st.integers(1, 60), UNITS, PAUSES)
def test_a_clock_that_stood_still_ends_later_by_as_much(start, amount, unit, pauses):
    end = due_with_pauses(start, Limit(amount, unit), PLAIN, pauses)
    assert end >= due_at(start, Limit(amount, unit), PLAIN)
    assert elapsed_with_pauses(start, end, unit, PLAIN, pauses) == amount


def test_pauses_overlap_and_last():
    start, end = at("2024-04-22T08:30"), at("2024-04-23T18:00")
    pauses = [
        (at("2024-04-22T16:00"), at("2024-04-22T18:00")),
        (at("2024-04-22T15:00"), at("2024-04-22T17:00")),
        (at("2024-04-23T14:30"), None),
    ]
    assert elapsed_with_pauses(start, end, Unit.WORKING_HOUR, PLAIN, pauses) == 14 - 3 - Fraction("3.5")
    assert due_with_pauses(start, Limit(20, Unit.WORKING_HOUR), PLAIN, pauses) is None
    assert due_with_pauses(start, Limit(4, Unit.WORKING_HOUR), PLAIN, pauses) == at("2024-04-22T15:00")
    assert due_with_pauses(start, Limit(5, Unit.WORKING_HOUR), PLAIN, pauses) == at("2024-04-23T09:30")
    with pytest.raises(ValueError, match=r"ends at .* before it starts"):
        elapsed_with_pauses(start, end, Unit.WORKING_HOUR, PLAIN, [(end, start)])


@pytest.mark.parametrize("unit", Unit)
def test_naive_moments_are_refused(unit):
    naive = at("2024-04-22T08:30").replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a time zone"):
        due_at(naive, Limit(1, unit), PLAIN)
    with pytest.raises(ValueError, match="without a time zone"):
        elapsed(at("2024-04-22T08:30"), naive, unit, PLAIN)
    with pytest.raises(ValueError, match="before the start"):
        elapsed(at("2024-04-22T08:30"), at("2024-04-22T08:00"), unit, PLAIN)


def test_beyond_the_last_known_year_an_administrator_is_asked():
    start = at("2026-12-31T17:00")
    assert due_at(start, Limit(1, Unit.WORKING_HOUR), PLAIN) == at("2026-12-31T18:00")
    for limit in (Limit(2, Unit.WORKING_HOUR), Limit(1, Unit.WORKDAY)):
        with pytest.raises(CalendarUnknown, match=r"2027-01-01 .* add 2027 to its complete years") as caught:
            due_at(start, limit, PLAIN)
        assert caught.value.date == dt.date(2027, 1, 1)
    assert due_at(start, Limit(9, Unit.NATURAL_DAY), PLAIN) == at("2027-01-09T17:00")
    with pytest.raises(CalendarUnknown):
        elapsed(start, at("2027-02-01T10:00"), Unit.WORKDAY, PLAIN)


def test_a_year_that_an_administrator_has_completed():
    calendar = calendar_from({"overrides": {"2027-01-01": "day_off"}, "complete_years": [2027]})
    start = at("2026-12-31T17:00")
    assert due_at(start, Limit(2, Unit.WORKING_HOUR), calendar) == at("2027-01-04T09:30")
    with pytest.raises(CalendarUnknown):
        calendar.hours(dt.date(2028, 1, 3))


def test_single_days_of_an_unknown_year_count_as_far_as_they_reach():
    days = tuple((dt.date(2027, 1, day), DayKind.DAY_OFF) for day in (1, 2, 3))
    calendar = Calendar(overrides=(*days, (dt.date(2027, 1, 4), DayKind.WORKING_DAY)))
    start = at("2026-12-31T17:00")
    assert due_at(start, Limit(8, Unit.WORKING_HOUR), calendar) == at("2027-01-04T18:00")
    with pytest.raises(CalendarUnknown, match="2027-01-05"):
        due_at(start, Limit("8.1", Unit.WORKING_HOUR), calendar)


def test_a_hundred_thousand_ends_in_a_couple_of_seconds():
    PLAIN.ruler  # noqa: B018 - built once
    base, limit = at("2024-01-01T00:00"), Limit(3, Unit.WORKDAY)
    starts = [base + dt.timedelta(minutes=i) for i in range(20_000)]
    begun = time.process_time()
    for start in starts:
        due_at(start, limit, PLAIN)
    # Some 10 µs a call on a quiet machine; the bound leaves room for a busy one.
    assert time.process_time() - begun < 2
