"""The code that a worker shows at a door, and that anybody can check: who stands there, and whether they are on duty.

It follows from the worker and the day under the key of blind indexes, so that nothing is kept and a phone can hold tomorrow's.
``42-K7M-3QX``: the worker's number on the roster, then six characters out of 31: who guesses a hundred times a second meets
one in a hundred days, and would still have to look like the person whom the answer names.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.workforce import duties
from wangge.ground.workforce.models import Worker
from wangge.ground.workforce.records import VisitCode, VisitorRecord
from wangge.platform.access.errors import NotFound
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.platform.clock import clock
from wangge.platform.stores import sealing

CONTEXT = "workforce_worker.visit_code"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
SIGNS, DAYS = 6, 2
LONGEST = 10
"""Digits of a worker's number that are looked for at all."""


def my_codes(actor: Actor) -> list[VisitCode]:
    """The actor's own codes of today and tomorrow; none for whoever isn't on the roster."""
    if not actor.id.startswith("user:"):
        return []
    worker = Worker.objects.filter(user__uid=actor.id.removeprefix("user:"), left_at=None).first()
    if worker is None:
        return []
    days = [clock.today() + timedelta(days=n) for n in range(DAYS)]
    return [VisitCode(day=day, code=_signs(worker.pk, day)[0]) for day in days]


def visitor(actor: Actor, code: str) -> VisitorRecord:
    """Whom today's code names: surname, grids and until when on duty, as every resident may know of her own worker.

    Raises ``NotFound`` alike for a code that is made up, of another day, or of somebody who isn't on duty now.
    """
    number, plain = _read(code)
    worker = Worker.objects.filter(pk=number, left_at=None).first() if number else None
    if worker is None or not any(_same(plain, one) for one in _signs(worker.pk, clock.today())):
        raise _unknown()
    own = duties.holding(clock.now()).filter(worker=worker).values_list("grid", flat=True)
    held = sorted(
        g for g, duty in duties.on_duty_at(clock.now(), set(own)).items() if duty.worker_id == worker.pk
    )
    if not held:
        raise _unknown()
    opens, closes = city.value("visiting_hours")
    return VisitorRecord(
        name=worker.name[:1] + "*", grids=areas.grid_names(actor, held), day=clock.today(), opens=opens, closes=closes
    )  # fmt: skip


def _signs(number: int, day: date) -> list[str]:
    """A worker's code of a day under each live key, the newest first."""
    found = []
    for index in sealing.blind_indexes(f"{number}:{day.isoformat()}", CONTEXT):
        rest, signs = int(index.rsplit(":", 1)[1], 16), ""
        for _n in range(SIGNS):
            rest, at = divmod(rest, len(ALPHABET))
            signs += ALPHABET[at]
        found.append(f"{number}-{signs[:3]}-{signs[3:]}")
    return found


def _read(code: str) -> tuple[int, str]:
    """The worker's number, and the code without what somebody puts between its signs; 0 where there is no number."""
    plain = sealing.normalised(code)
    number = plain[:-SIGNS]
    return (int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST else 0), plain


def _same(plain: str, code: str) -> bool:
    return secrets.compare_digest(plain.encode(), sealing.normalised(code).encode())


def _unknown() -> NotFound:
    return NotFound(
        "no_such_visitor",
        _("Nobody on duty today has this code."),
        advice=_("Don't let them in; ring your grid worker or the community."),
    )
