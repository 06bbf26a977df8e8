"""Down: the bundle of a grid for the worker on duty there."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.entry.field.records import Bundle
from wangge.ground.registry import queries as registry
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.todos import queries as todos
from wangge.work.todos.records import TodoRecord

GOOD_FOR = timedelta(hours=36)
PAGE = 200


def bundle(actor: Actor, grid: str) -> Bundle:
    """All that a phone needs to work in a grid without a network; one row in the trail records the delivery.

    Raises ``Forbidden`` unless the actor is on duty in this grid now.
    """
    if not scope(actor, "field.bundle").covers(grid):
        raise Forbidden(
            "not_on_duty", _("You are not on duty in this grid."), advice=_("Ask the grid lead for the duty.")
        )
    register = registry.grid_bundle(actor, grid)
    open_todos = _open(actor, grid)
    with transaction.atomic():
        trail.record(
            by=actor,
            verb="field.bundle",
            object_kind="grid",
            object_id=grid,
            details={
                "people": len(register.people),
                "households": len(register.households),
                "todos": len(open_todos),
            },
        )
    moment = clock.now()
    return Bundle(grid=grid, made_at=moment, expires_at=moment + GOOD_FOR, held=register, todos=open_todos)


def _open(actor: Actor, grid: str) -> list[TodoRecord]:
    found: list[TodoRecord] = []
    while True:
        page = todos.todos(actor, state="open", grid=grid, limit=PAGE, offset=len(found))
        found += page.items
        if not page.items or len(found) >= page.total:
            return found
