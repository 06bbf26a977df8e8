"""Days that the national calendar doesn't know, or gets wrong for this city: a holiday or a make-up workday declared late.

Whoever reckons with working time asks ``overrides`` each time anew; like a setting it is read once where ``settings.read_once``
lasts, and a change drops what was kept.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings
from wangge.platform.city.models import DayOverride

KEPT = "day_overrides"


def overrides() -> dict[date, bool]:
    """Day -> whether it is worked on, in the order of the days."""
    return settings.kept(KEPT, _read)


@transaction.atomic
def declare(*, day: date, working: bool, note: str, by: Actor) -> None:
    """From now on the day is a working day or a day off here, whatever the national calendar says."""
    DayOverride.objects.update_or_create(day=day, defaults={"working": working, "note": note})
    settings.drop(KEPT)
    trail.record(
        by=by,
        verb="city.declare_day",
        object_kind="day",
        object_id=day.isoformat(),
        details={"working": working, "note": note},
    )


@transaction.atomic
def withdraw(*, day: date, by: Actor) -> bool:
    """The day is again what the national calendar says; False where nothing had been declared."""
    gone, _ = DayOverride.objects.filter(day=day).delete()
    if gone:
        settings.drop(KEPT)
        trail.record(by=by, verb="city.withdraw_day", object_kind="day", object_id=day.isoformat())
    return bool(gone)


def _read() -> dict[date, bool]:
    return dict(DayOverride.objects.order_by("day").values_list("day", "working"))
