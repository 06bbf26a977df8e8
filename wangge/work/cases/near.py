"""Cases that may be the same one: open, of the same class, within the city's distance (setting ``same_case_metres``)."""

from __future__ import annotations

import math

from wangge.platform.city import settings as city
from wangge.work.cases import states
from wangge.work.cases.models import Case
from wangge.work.cases.records import Near

EARTH = 6_371_000.0
"""Mean radius in metres (IUGG)."""
MOST = 20


def near(row: Case) -> list[Near]:
    """Open cases of the same class around a case, the nearest first, without itself."""
    if row.of_class_id is None or row.lon is None or row.lat is None:
        return []
    return around(row.of_class_id, row.lon, row.lat, but=row.pk)


def around(of_class: int, lon: float, lat: float, *, but: int = 0) -> list[Near]:
    """Open cases of a class around a point (degrees, CGCS2000), the nearest first."""
    reach = float(city.value("same_case_metres"))
    up = math.degrees(reach / EARTH)
    aside = up / max(math.cos(math.radians(lat)), 0.01)
    box = Case.objects.filter(
        of_class=of_class,
        state__in=states.OPEN,
        lat__range=(lat - up, lat + up),
        lon__range=(lon - aside, lon + aside),
    ).exclude(pk=but)
    found = [(metres(lon, lat, float(one.lon or 0), float(one.lat or 0)), one) for one in box[:500]]
    found.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [
        Near(
            uid=str(one.uid), number=one.number, state=one.state, metres=round(away), address=one.address,
            reported_at=one.reported_at,
        )
        for away, one in found if away <= reach
    ][:MOST]  # fmt: skip


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Great-circle distance between two points in degrees (haversine)."""
    a = math.sin(math.radians(other_lat - lat) / 2) ** 2
    b = (
        math.cos(math.radians(lat))
        * math.cos(math.radians(other_lat))
        * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(a + b))
