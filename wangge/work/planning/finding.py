"""The scenario that somebody means, if it lies in their areas; and its steps through the states."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access.errors import Conflict, NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.work.planning import states
from wangge.work.planning.models import Scenario

SEE, MAKE, APPROVE = "planning.see", "planning.make", "planning.approve"


def found(uid: str, by: Actor, permission: str) -> Scenario:
    """A scenario of the actor's areas; raises ``NotFound``."""
    held = scope(by, permission)
    row = Scenario.objects.filter(uid=uid).first()
    if row is None or not held.covers(row.prefix):
        raise NotFound("no_such_scenario", _("There is no such scenario."))
    return row


def step(row: Scenario, verb: str, **fields: object) -> None:
    """Change the state as the table says; of two who try at once, one is told."""
    to = states.after(row.state, verb)
    if to is None:
        raise Conflict(
            "wrong_state", _("This can't be done to a scenario that is %(state)s.") % {"state": row.state},
            advice=_("Look at the scenario again: it has moved on."),
        )  # fmt: skip
    # Of a draft the plan's id is its edition: what a hand changed since it was read is not what is decided on.
    if not Scenario.objects.filter(pk=row.pk, state=row.state, plan=row.plan).update(state=to, **fields):
        raise Conflict("moved_on", _("Somebody else was quicker."), advice=_("Look at the scenario again."))
    row.state = to
