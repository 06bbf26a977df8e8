"""A fact that changed later (a door, a correction) changes who is entitled: found here, from what the registry says changed."""

from __future__ import annotations

from django_tasks import task

from wangge.entry.jobs import leases
from wangge.entry.jobs.models import Cursor
from wangge.ground.registry import queries as registry
from wangge.platform.access import actors
from wangge.work.services import actions as services

CURSOR = "rescreen"
AT_ONCE = 2000


@task()
def changed() -> None:
    """Screen the persons whose facts changed since last time, and remember how far we came."""
    while True:
        place, _ = Cursor.objects.get_or_create(name=CURSOR, defaults={"place": 0})
        reached, persons = registry.changed_since(place.place, AT_ONCE)
        if not persons:
            break
        services.screen(persons=persons, by=actors.system("rescreen"))
        with leases.step():
            Cursor.objects.filter(name=CURSOR).update(place=reached)
    services.push_due(by=actors.system("rescreen"))


@task()
def everybody() -> None:
    """Screen everybody for every programme: ages and dates move even where no fact does."""
    services.screen(by=actors.system("rescreen"))
    services.push_due(by=actors.system("rescreen"))
