"""How the to-dos of this room end: their outcome moves the entitlement, in the transaction that settles them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wangge.platform.audit.actor import Actor
from wangge.work.services.moving import held, move
from wangge.work.services.states import OF_OUTCOME
from wangge.work.todos.records import TodoRecord


class Offers:
    """Registered as the origin ``services``."""

    def settled(
        self, todo: TodoRecord, *, outcome: str, values: Mapping[str, str | None], at: datetime, by: Actor
    ) -> None:
        """The worker brought it, or found that it isn't wanted or isn't so. What was found is a fact of the registry already."""
        move(held(todo.origin_ref), OF_OUTCOME[outcome], by=by, outcome=outcome, at=at)
