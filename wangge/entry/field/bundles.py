"""Down: the bundle of a grid for the worker on duty there."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.entry.field.records import Bundle, ElementWords
from wangge.ground.areas import queries as areas
from wangge.ground.registry import queries as registry
from wangge.ground.registry.records import GridBundle
from wangge.ground.workforce import queries as workforce
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
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
    ground = areas.grid_ground(actor, grid)
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
    return Bundle(
        grid=grid, made_at=moment, expires_at=moment + GOOD_FOR, held=register, todos=open_todos, ground=ground,
        elements=_asked(actor, register, open_todos), visiting=todos.visiting_rules(actor),
        knocks=todos.visits_this_month(actor, grid=grid, households=[one.uid for one in register.households]),
        codes=workforce.my_codes(actor),
    )  # fmt: skip


def _asked(actor: Actor, register: GridBundle, todos_: list[TodoRecord]) -> list[ElementWords]:
    """The words of whatever may be asked in this grid: at a visit, for a to-do, of somebody new."""
    codes = {code for one in register.people for code in (*one.ask, *one.unconfirmed)}
    codes |= {code for one in todos_ for code in one.elements}
    codes |= set(registry.asked_of_somebody_new(actor))
    found = [element(code) for code in sorted(codes)]
    return [
        ElementWords(code=one.code, kind=one.kind, zh=one.zh, en=one.en, choices=list(one.choices))
        for one in found
    ]


def _open(actor: Actor, grid: str) -> list[TodoRecord]:
    found: list[TodoRecord] = []
    while True:
        page = todos.todos(actor, todos.Filters(state="open", grid=grid), limit=PAGE, offset=len(found))
        found += page.items
        if not page.items or len(found) >= page.total:
            return found
