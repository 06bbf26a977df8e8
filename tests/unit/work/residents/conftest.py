"""The piece of town of the services room's tests, with a resident in it."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "services"))


@pytest.fixture(scope="module")
def standing(writing, moment, tmp_path_factory):
    import service_town

    return service_town.standing(writing, tmp_path_factory.mktemp("home"), moment)


@pytest.fixture
def town(standing, db, at_moment, settings, tmp_path):
    import service_town

    return service_town.lent(standing, settings, tmp_path)


@pytest.fixture
def later(at_moment):
    """``with later(days=2): …`` moves the clock on from ``at_moment``."""
    from wangge.platform.clock import clock

    return lambda **by: clock.moved(at_moment + timedelta(**by))
