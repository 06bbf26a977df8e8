"""What runs when: one table of cron lines (the city's clock) and tasks.

A schedule fires once for each due moment, whichever worker sees it first; moments missed while nobody worked are made up by
one firing, not by many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from croniter import croniter
from django.db import transaction
from django_tasks.base import Task

from wangge.entry.jobs import calendar, rescreen, upkeep
from wangge.entry.jobs.models import Firing
from wangge.platform.clock import clock


@dataclass(frozen=True)
class Line:
    """One line of the schedule."""

    name: str
    cron: str
    task: Task[Any, Any]


SCHEDULE = (
    Line("rescreen what changed", "*/10 * * * *", rescreen.changed),
    Line("turn the day", "5 0 * * *", calendar.turn_days),
    Line("screen every programme", "30 4 * * *", rescreen.everybody),
    Line("forget old receipts", "15 3 * * *", upkeep.sweep_receipts),
)


def fire() -> list[str]:
    """Queue what is due since it last fired; returns the names of the lines fired."""
    moment = clock.now()
    fired = []
    for line in SCHEDULE:
        due = croniter(line.cron, clock.local(moment)).get_prev(type(moment))
        known = Firing.objects.filter(name=line.name).values_list("last_at", flat=True).first()
        if known is not None and known >= due:
            continue
        with transaction.atomic():
            firing, fresh = Firing.objects.get_or_create(name=line.name, defaults={"last_at": due})
            if not fresh and not Firing.objects.filter(pk=firing.pk, last_at__lt=due).update(last_at=due):
                continue
            line.task.enqueue()
            fired.append(line.name)
    return fired
