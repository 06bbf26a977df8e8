"""Limits and what is left of them, in people's words; calendars from a city's settings."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.worktime.calendars import Calendar
from wangge.cores.worktime.limits import Limit, Unit
from wangge.cores.worktime.remaining import Remaining, remaining
from wangge.cores.worktime.settings import calendar_from

CALENDAR = Calendar()


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


SPELLINGS = {
    "4 工作时": Limit(4, Unit.WORKING_HOUR),
    "2紧急工作时": Limit(2, Unit.URGENT_HOUR),
    "15 个工作日": Limit(15, Unit.WORKDAY),
    "1紧急工作日": Limit(1, Unit.URGENT_WORKDAY),
    " 3 自然日 ": Limit(3, Unit.NATURAL_DAY),
    "1.5 Working Days": Limit("1.5", Unit.WORKDAY),
    "1 urgent hour": Limit(1, Unit.URGENT_HOUR),
    "2 calendar days": Limit(2, Unit.NATURAL_DAY),
    "4 working_hour": Limit(4, Unit.WORKING_HOUR),
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_limits_as_people_write_them(text):
    assert Limit.parse(text) == SPELLINGS[text]


@pytest.mark.parametrize(
    "text", ["", "工作时", "4", "4 fortnights", "-1 工作时", "0 工作时", "2紧急工作时制止", "1天"]
)
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        Limit.parse(text)


def test_a_city_says_what_a_bare_day_means():
    assert Limit.parse("5天", {"天": Unit.WORKDAY}) == Limit(5, Unit.WORKDAY)


@given(st.fractions(Fraction(1, 50), 1000, max_denominator=50), st.sampled_from(list(Unit)))
def test_limits_are_read_back_in_both_languages(amount, unit):
    limit = Limit(amount, unit)
    assert Limit.parse(limit.text("zh")) == Limit.parse(limit.text("en")) == limit


def test_limits_are_exact_and_comparable():
    assert Limit(0.1, Unit.WORKDAY) == Limit(Decimal("0.1"), "workday") == Limit("1/10", Unit.WORKDAY)
    assert str(Limit(1, Unit.WORKDAY)) == "1 工作日"
    assert Limit(1, Unit.WORKDAY).text("en") == "1 working day"
    with pytest.raises(ValueError, match="different units"):
        Limit(1, Unit.WORKDAY) + Limit(1, Unit.WORKING_HOUR)


CASES = [
    ("2024-04-22T09:00", "2024-04-22T15:30", Unit.WORKING_HOUR, "剩 4 工作时", "4 working hours left"),
    ("2024-04-22T09:00", "2024-04-22T09:00", Unit.WORKING_HOUR, "剩 0 工作时", "0 working hours left"),
    ("2024-04-24T18:00", "2024-04-22T18:00", Unit.WORKDAY, "超时 2 工作日", "2 working days overdue"),
    ("2024-04-23T18:00", "2024-04-22T18:00", Unit.WORKDAY, "超时 1 工作日", "1 working day overdue"),
    ("2024-04-22T09:00", "2024-04-22T09:50", Unit.WORKING_HOUR, "剩 0.8 工作时", "0.8 working hours left"),
    (
        "2024-04-22T09:50",
        "2024-04-22T09:00",
        Unit.WORKING_HOUR,
        "超时 0.9 工作时",
        "0.9 working hours overdue",
    ),
    (
        "2024-04-22T09:00",
        "2024-04-22T09:05",
        Unit.WORKING_HOUR,
        "剩不足 0.1 工作时",
        "less than 0.1 working hours left",
    ),
    (
        "2024-04-22T20:00",
        "2024-04-22T18:00",
        Unit.WORKING_HOUR,
        "超时不足 0.1 工作时",
        "less than 0.1 working hours overdue",
    ),
    ("2024-04-22T09:00", "2024-05-22T09:00", Unit.NATURAL_DAY, "剩 30 自然日", "30 calendar days left"),
]


@pytest.mark.parametrize(("now", "due", "unit", "chinese", "english"), CASES)
def test_what_is_left_in_words(now, due, unit, chinese, english):
    left = remaining(at(now), at(due), unit, CALENDAR)
    assert (left.text("zh"), left.text("en")) == (chinese, english)
    assert left.overdue == (at(now) > at(due))


@given(st.fractions(0, 100), st.booleans())
def test_words_never_promise_time_that_is_not_there(amount, overdue):
    shown = Remaining(amount, Unit.WORKDAY, overdue).shown
    assert shown >= amount if overdue else shown <= amount
    assert abs(Fraction(shown) - amount) < Fraction(1, 10)


def test_a_calendar_from_settings():
    calendar = calendar_from(
        {
            "hours": ["9:00-12:00", "13:00–24:00"],
            "week": {"saturday": ["09:00-12:00"]},
            "seasons": [
                {"first": "11-01", "last": "03-31", "hours": ["10:00-16:00"]},
                {"first": "2026-08-03", "last": "2026-08-04", "hours": []},
            ],
            "overrides": {"2026-06-01": "day_off"},
            "complete_years": [2027],
        }
    )
    assert calendar.hours(dt.date(2026, 6, 2)) == ((dt.time(9), dt.time(12)), (dt.time(13), None))
    assert calendar.hours(dt.date(2026, 6, 6)) == ((dt.time(9), dt.time(12)),)
    assert calendar.hours(dt.date(2026, 6, 1)) == ()
    assert (
        calendar.hours(dt.date(2026, 1, 5))
        == calendar.hours(dt.date(2026, 12, 1))
        == ((dt.time(10), dt.time(16)),)
    )
    assert calendar.hours(dt.date(2026, 8, 3)) == ()
    assert calendar.hours(dt.date(2025, 8, 4)) != ()
    assert hash(calendar) == hash(calendar)


WRONG = [
    ({"hour": []}, "found the setting 'hour'"),
    ({"hours": ["8-12"]}, "hours: found '8-12'"),
    ({"hours": ["12:00-08:30"]}, "hours: found '12:00-08:30'"),
    ({"hours": ["25:00-26:00"]}, "hours: found '25:00-26:00'"),
    ({"hours": ["08:00-12:00", "11:00-13:00"]}, "starts before"),
    ({"week": {"samstag": []}}, "week: found 'samstag'"),
    ({"zone": "Mars/Base"}, "zone: found 'Mars/Base'"),
    ({"overrides": {"2027-13-01": "day_off"}}, "overrides: found '2027-13-01"),
    ({"overrides": {"2027-01-01": "holiday"}}, "expected such as 2027-01-01: day_off or working_day"),
    ({"seasons": [{"first": "05-01", "last": "2026-09-30", "hours": []}]}, "seasons"),
    ({"seasons": [{"first": "02-30", "last": "09-30", "hours": []}]}, "found '02-30'"),
    ({"seasons": [{"first": "05-01", "last": "09-30"}]}, r"seasons\[0\].hours"),
    ({"hours": []}, "no opening hours on any day"),
]


@pytest.mark.parametrize(("settings", "message"), WRONG)
def test_wrong_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        calendar_from(settings)
