"""The two desks of the centre, each with its axis: whose they are, where, and which queues wait there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Forbidden, Invalid
from wangge.platform.access.scope import Scope, scope
from wangge.platform.audit.actor import Actor
from wangge.work.cases.figures import Figure
from wangge.work.cases.filters import Filters

HAND_OVER = "cases.hand_over"
AXES = {"supervision": "cases.accept", "command": "cases.dispatch"}
"""Each axis with the permission that everybody at its desk holds, and nobody else: no post has both."""
QUEUES = {
    "supervision": ("to_accept", "to_verify", "to_file", "to_check", "to_close"),
    "command": ("to_dispatch", "to_sign", "handling", "to_forward"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """An axis and the area (a prefix; empty: the whole city) of a post at it."""

    axis: str
    area: str


def desks_of(actor: Actor) -> list[Desk]:
    """The desks that somebody sits at, in order; raises ``Forbidden`` for whoever sits at none."""
    policy.require(actor, HAND_OVER)
    return [
        Desk(axis, area)
        for axis, permission in AXES.items()
        if policy.allows(actor, permission)
        for area in scope(actor, permission).areas
    ]


def desk_of(actor: Actor, axis: str = "", area: str | None = None) -> Desk:
    """The desk that is meant, the first of the actor's where none is named. Raises ``Invalid``, ``Forbidden``."""
    if axis and axis not in AXES:
        raise Invalid(
            "unknown_axis", _("%(axis)s is no axis of cases.") % {"axis": axis}, advice=", ".join(AXES)
        )
    mine = desks_of(actor)
    found = [one for one in mine if axis in ("", one.axis) and area in (None, one.area)]
    if not found:
        raise Forbidden("not_your_desk", _("You sit at no such desk."), advice=_("Choose one of your own."))
    return found[0]


def reach(actor: Actor, axis: str) -> Scope:
    """Where somebody works on an axis; nowhere, if on the other one only."""
    permission = AXES[axis]
    return scope(actor, permission) if policy.allows(actor, permission) else Scope(())


def figures_of(desk: Desk, *, alone: bool) -> dict[str, Figure]:
    """What a desk counts, each by the filter that opens its list. ``alone``: all that the actor sees lies at this desk."""
    area = "" if alone else desk.area
    queues = {state: Figure(Filters(state=state, area=area)) for state in QUEUES[desk.axis]}
    asked = {"asked": Figure(Filters(open=True, asked=True, area=area))} if desk.axis == "supervision" else {}
    return {**queues, **asked, "late": Figure(Filters(open=True, late=True, area=area))}
