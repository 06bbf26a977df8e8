"""What the city says of its own moment."""

from datetime import datetime

import pytest

from wangge.platform.access.actors import PUBLIC
from wangge.platform.city import queries
from wangge.platform.clock import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "working", "until", "opens"),
    [
        ((2026, 7, 31, 10, 5), True, (2026, 7, 31, 12, 0), None),
        ((2026, 7, 31, 12, 0), False, None, (2026, 7, 31, 14, 30)),
        ((2026, 7, 31, 18, 0), False, None, (2026, 8, 3, 8, 30)),
    ],
)
def test_until_when_the_city_is_at_work_or_from_when_on(at, working, until, opens):
    zone = clock.city_zone()
    with clock.moved(datetime(*at, tzinfo=zone)):
        said = queries.now(PUBLIC)
    assert said.now == datetime(*at, tzinfo=zone)
    assert (said.working, said.until, said.opens_at) == (
        working, until and datetime(*until, tzinfo=zone), opens and datetime(*opens, tzinfo=zone),
    )  # fmt: skip
