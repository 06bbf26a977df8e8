"""The piece of town stands in ``case_town``; tests of other rooms build it too."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def town(db, at_moment, installer):
    """Built a minute before ``at_moment``, so that everything is in force then."""
    import case_town

    from wangge.platform.clock import clock

    with clock.moved(at_moment - timedelta(minutes=1)):
        return case_town.build(installer)


@pytest.fixture
def later(at_moment):
    """``with later(hours=2): …`` moves the clock on from ``at_moment``."""
    from wangge.platform.clock import clock

    return lambda **by: clock.moved(at_moment + timedelta(**by))
