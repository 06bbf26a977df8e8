"""Cases that may be the same one: open, of the same class, within the city's distance (setting ``same_case_metres``)."""

from __future__ import annotations

import math

from wangge.cores.geo.distances import EARTH_M, great_circle
from wangge.platform.access import policy
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.work.cases import states, words
from wangge.work.cases.models import Case, ClassOfCase
from wangge.work.cases.records import Alike, Near

MOST, MOST_TOLD, READ = 20, 5, 500
"""Cases shown, cases told of to everybody, and open cases within the box that are looked at."""


def near(row: Case) -> list[Near]:
    """Open cases of the same class around a case, the nearest first, without itself."""
    if row.of_class_id is None or row.lon is None or row.lat is None:
        return []
    return around(row.of_class_id, row.lon, row.lat, but=row.pk)


def around(of_class: int, lon: float, lat: float, *, but: int = 0) -> list[Near]:
    """Open cases of a class around a point (degrees, CGCS2000), the nearest first."""
    reach = float(city.value("same_case_metres"))
    up = math.degrees(reach / EARTH_M)
    aside = up / max(math.cos(math.radians(lat)), 0.01)
    box = list(
        Case.objects.filter(
            of_class=of_class,
            state__in=states.OPEN,
            lat__range=(lat - up, lat + up),
            lon__range=(lon - aside, lon + aside),
        ).exclude(pk=but)[:READ]
    )
    metres = great_circle(lon, lat, [one.lon or 0.0 for one in box], [one.lat or 0.0 for one in box]).tolist()
    found = sorted(zip(metres, box, strict=True), key=lambda pair: (pair[0], pair[1].pk))
    return [
        Near(
            uid=str(one.uid), number=one.number, state=one.state, metres=round(away), address=one.address,
            reported_at=one.reported_at,
        )
        for away, one in found if away <= reach
    ][:MOST]  # fmt: skip


def reported_already(actor: Actor, class_code: str, lon: float, lat: float) -> list[Alike]:
    """What a reporter is told before sending. Things in the street only: an event may speak of somebody's home.

    Nothing for an unknown class: whoever asks has just chosen it, and reporting says what is wrong with it.
    """
    policy.require(actor, "cases.report")
    part = ClassOfCase.objects.filter(code=class_code, kind="part").first()
    if part is None:
        return []
    found = []
    for one in around(part.pk, lon, lat)[:MOST_TOLD]:
        zh, en = words.both("states", one.state)
        found.append(
            Alike(metres=round(one.metres, -1), state_zh=zh, state_en=en, reported_at=one.reported_at)
        )
    return found
