"""How the to-dos of this room end: their outcome moves the case, in the transaction that settles them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.platform.access.errors import Conflict
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as city
from wangge.work.cases import moving
from wangge.work.cases.models import Step
from wangge.work.cases.moving import Bringing
from wangge.work.todos.records import TodoRecord

HANDLING = ("sign", "handle", "feed_back")
FOUND = {"not_found": "false"}
VERBS = {"verify": "verify", "check": "check"}


class FieldWork:
    """Registered as the origin ``cases``."""

    def settled(
        self, todo: TodoRecord, *, outcome: str, values: Mapping[str, str | None], at: datetime, by: Actor
    ) -> None:
        """The worker saw it (or didn't): ``true`` or ``false`` before filing, ``passed`` or ``failed`` after handling."""
        if todo.kind == "check":
            _by_somebody_else(todo.origin_ref, by)
        bringing = Bringing(found=FOUND.get(outcome, outcome), seen_at=at.replace(microsecond=0))
        moving.move(case=todo.origin_ref, verb=VERBS[todo.kind], by=by, bringing=bringing)


def _by_somebody_else(case: str, by: Actor) -> None:
    """A case is checked by somebody other than its handler."""
    if not city.value("check_by_other_than_handler"):
        return
    took_part = Q(verb__in=HANDLING, by=by.id) | Q(verb="assign", crew=by.id)
    if Step.objects.filter(took_part, case__uid=case).exists():
        raise Conflict(
            "handler_checks", _("You took part in handling this case, so somebody else has to check it."),
            advice=_("Leave it to your substitute or to the grid lead."),
        )  # fmt: skip
