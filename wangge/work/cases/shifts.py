"""The shifts at the centre's desks (city setting ``desk_shifts``): when this one ends, and the next one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from wangge.platform.city import settings as city
from wangge.platform.clock import clock


def ends(moment: datetime) -> tuple[datetime, datetime]:
    """The ends of the shift that runs at a moment and of the one after it. A city without shifts changes at midnight."""
    begins = [time.fromisoformat(one) for one in city.value("desk_shifts")] or [time()]
    local = clock.local(moment)
    # Two days ahead hold two changes even where there is one a day.
    changes = (
        datetime.combine(local.date() + timedelta(days=ahead), at, tzinfo=clock.city_zone())
        for ahead in range(4)
        for at in sorted(begins)
    )
    first, second = [one for one in changes if one > local][:2]
    return first, second
