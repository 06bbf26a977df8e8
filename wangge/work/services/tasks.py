"""Follow-up work, queued in the transaction of the act that needs it. Each task may run again."""

from __future__ import annotations

from django_tasks import task

from wangge.platform.access import actors
from wangge.work.services import pushing, screening, telling


@task()
def screen_programme(code: str) -> None:
    """A programme was loaded or corrected: find whom it concerns now, and bring out what is due."""
    screening.screen(programme=code, by=actors.system("rescreen"))
    pushing.push_due(by=actors.system("rescreen"))


@task()
def tell(entitlement: str) -> None:
    """A service was confirmed: tell the person."""
    telling.tell(entitlement)
