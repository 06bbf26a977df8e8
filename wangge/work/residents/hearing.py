"""How corrections end: what was found at the door is a fact by then, in the transaction that settles the to-do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wangge.platform.audit.actor import Actor
from wangge.work.residents.models import Correction
from wangge.work.todos.records import TodoRecord


class Corrections:
    """Registered as the origin ``residents``."""

    def settled(
        self, todo: TodoRecord, *, outcome: str, values: Mapping[str, str | None], at: datetime, by: Actor
    ) -> None:
        """The correction was looked into; the person reads how it ended."""
        Correction.objects.filter(uid=todo.origin_ref).update(state="settled", outcome=outcome, settled_at=at)
