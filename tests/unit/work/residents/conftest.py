"""The piece of town of the services room's tests, with a resident in it."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "services"))


@pytest.fixture
def town(db, at_moment, installer, settings, tmp_path):
    """Built a minute before ``at_moment``, so that everything is in force then."""
    import service_town

    from wangge.platform.clock import clock

    settings.WANGGE_HOME = tmp_path
    with clock.moved(at_moment - timedelta(minutes=1)):
        return service_town.build(installer)


@pytest.fixture
def later(at_moment):
    """``with later(days=2): …`` moves the clock on from ``at_moment``."""
    from wangge.platform.clock import clock

    return lambda **by: clock.moved(at_moment + timedelta(**by))
