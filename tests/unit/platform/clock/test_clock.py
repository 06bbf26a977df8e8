from datetime import UTC, datetime, timedelta

import pytest

from wangge.platform.clock import clock


def test_domain_time_moves_and_real_time_does_not(moment):
    with clock.moved(moment):
        assert clock.now() == moment
        assert str(clock.today()) == "2026-07-31"
        assert abs(clock.real_now() - datetime.now(UTC)) < timedelta(seconds=5)
        with clock.moved(moment + timedelta(hours=15)):
            assert str(clock.today()) == "2026-08-01"
        assert clock.now() == moment


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.moved(datetime(2026, 7, 31)):  # noqa: DTZ001 - that is the point
        pass


def test_the_clock_of_an_installation_moves_only_where_it_may(settings, tmp_path):
    settings.WANGGE_HOME, settings.WANGGE_CLOCK_MOVABLE = tmp_path, False
    with pytest.raises(clock.ClockFixed):
        clock.shift(timedelta(hours=1))
    settings.WANGGE_CLOCK_MOVABLE = True
    clock.shift(timedelta(hours=1))
    clock.shift(timedelta(hours=2))
    assert clock.now() - clock.real_now() > timedelta(hours=2, minutes=59)
