"""Stamps that are new after every change of what a map shows: what was kept of it is then asked for again."""

from __future__ import annotations

import hashlib
from typing import Literal

from wangge.ground.areas import zones
from wangge.ground.areas.models import Edition
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid

Subject = Literal["divisions", "base", "buildings"]


def stamp(subject: Subject) -> None:
    """This subject has changed. Call it inside the transaction that changes it."""
    Edition.objects.update_or_create(subject=subject, defaults={"stamp": new_uid()})


def of_the_map() -> str:
    """The edition of all that the map shows: its data, the plan in force, and the day, on which divisions begin and end."""
    stamps = Edition.objects.order_by("subject").values_list("subject", "stamp")
    plan = zones.standing()
    said = [clock.today().isoformat(), str(plan.uid if plan else ""), *(f"{of}={one}" for of, one in stamps)]
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:16]
