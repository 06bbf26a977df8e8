"""The piece of town stands in ``case_town``; tests of other rooms build it too."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def standing(writing, moment):
    import case_town

    return case_town.standing(writing, moment)


@pytest.fixture
def town(standing, db, at_moment):
    import case_town

    return case_town.lent(standing)


@pytest.fixture
def later(at_moment):
    """``with later(hours=2): …`` moves the clock on from ``at_moment``."""
    from wangge.platform.clock import clock

    return lambda **by: clock.moved(at_moment + timedelta(**by))
