"""The one place where a single entitlement moves: look up the table, check who, write the row with its audit row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wangge.ground.areas.expressions import area_code
from wangge.platform.access.errors import Conflict, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.work.hub import actions as hub
from wangge.work.services import states, words
from wangge.work.services.models import Entitlement
from wangge.work.services.states import Move, Standing
from wangge.work.todos import actions as todos

TOLD = ("settled", "declined", "not_needed", "mismatch")
"""Endings of which the department hears through its return feed."""
PEOPLE = ("clerk", "resident", "door")
"""Who decides. Rules and dates carry out; they never count as whoever decided."""


def held(uid: str) -> Entitlement:
    """The entitlement, locked. Raises ``NotFound``."""
    rows = Entitlement.objects.select_for_update(of=("self",)).select_related("programme", "version")
    row = rows.filter(uid=uid).first() if is_uid(uid) else None
    if row is None:
        raise no_such_entitlement()
    return row


def of_clerk(uid: str, by: Actor) -> Entitlement:
    """The entitlement, locked, if it lies where this clerk confirms. Raises ``NotFound``."""
    within = scope(by, "services.confirm").rows(
        Entitlement.objects.all(), area=area_code("place"), department="programme__department"
    )
    if not is_uid(uid) or not within.filter(uid=uid).exists():
        raise no_such_entitlement()
    return held(uid)


def standing_of(row: Entitlement) -> Standing:
    """How it stands, as far as the table asks."""
    return Standing(stands=row.stands, asks=bool(row.to_ask), by_hand=row.version.mode != "no_application")


def line(row: Entitlement, verb: str) -> Move:
    """The line of the table by which this may be done now. Raises ``Conflict`` where there is none."""
    move = states.find(row.state, verb, standing_of(row))
    if move is None:
        state = words.chosen(*words.both("states", row.state))
        raise Conflict(
            "moved_on", _("This can't be done any more: %(state)s.") % {"state": state},
            advice=_("Load it again to see how it stands."),
        )  # fmt: skip
    return move


def move(
    row: Entitlement, verb: str, *, by: Actor, outcome: str = "", at: datetime | None = None, **values: Any
) -> Entitlement:
    """Do one verb to a locked row, inside the caller's transaction; the department hears of endings.

    ``at`` is when it happened. A decision takes back what was asked of the grid, unless it comes from there.
    """
    done, before = line(row, verb), row.state
    moment = at or clock.now()
    row.state, row.changed_at = done.leads_to(before), clock.now()
    if done.who in PEOPLE:
        row.decided_by, row.decided_at = by.id, moment
    row.outcome = outcome
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if before == "pushed" and done.who != "door":
        todos.withdraw(origin=("services", str(row.uid)), why=outcome or verb, by=by)
    trail.record(
        by=by, verb=f"services.{verb}", object_kind="entitlement", object_id=str(row.uid),
        details={"programme": row.programme.code, "from": before, "to": row.state, "subjects": [row.person]},
    )  # fmt: skip
    if row.state in TOLD:
        hub.return_outcome(
            department=row.programme.department, reference=str(row.uid), person=row.person,
            programme=row.programme.code, outcome=outcome or row.state, at=moment, by=by,
        )  # fmt: skip
    return row


def no_such_entitlement() -> NotFound:
    """The same answer for one that isn't there and one that the actor may not know of."""
    return NotFound("no_such_entitlement", _("There is no such service for you here."))
