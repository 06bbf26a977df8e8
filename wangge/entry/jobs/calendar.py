"""Days: one that is declared otherwise moves the clocks of open cases; each one that passes moves what dates decide.

A declared day and the task that follows it are written in one transaction; the task goes through the open cases chunk by chunk.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from wangge.entry.jobs import leases
from wangge.entry.jobs.models import Cursor
from wangge.ground.registry import actions as registry
from wangge.platform.access import actors
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.actor import Actor
from wangge.platform.city import days
from wangge.platform.clock import clock
from wangge.work.cases import actions as cases

CURSOR = "turn_days"


def declare(*, day: date, working: bool, note: str, by: Actor) -> None:
    """A day becomes a working day or a day off; open cases follow."""
    said = _("%(day)s is a working day now.") if working else _("%(day)s is a day off now.")
    with transaction.atomic():
        days.declare(day=day, working=working, note=note, by=by)
        redate.enqueue(f"{said % {'day': day}} {note}".strip())


def withdraw(*, day: date, by: Actor) -> None:
    """A declared day is again what the national calendar says; open cases follow. Raises ``NotFound``."""
    with transaction.atomic():
        if not days.withdraw(day=day, by=by):
            raise NotFound("no_such_day", _("Nothing was declared for %(day)s.") % {"day": day})
        redate.enqueue(_("%(day)s is again what the national calendar says.") % {"day": day})


@task()
def redate(why: str) -> None:
    """Reckon the due moments of all open cases anew, chunk by chunk; a case that was seen to is passed over."""
    after: int | None = 0
    while after is not None:
        with leases.step():
            after = cases.redate_chunk(after=after, why=why, by=actors.system("calendar"))


@task()
def turn_days() -> None:
    """What began or ended with the days since last time (a tenancy, a registration) is derived anew."""
    today = clock.today()
    place, _fresh = Cursor.objects.get_or_create(
        name=CURSOR, defaults={"place": (today - timedelta(days=1)).toordinal()}
    )
    if place.place >= today.toordinal():
        return
    registry.turn_days(after=date.fromordinal(place.place), upto=today, by=actors.system("calendar"))
    with leases.step():
        Cursor.objects.filter(name=CURSOR).update(place=today.toordinal())
