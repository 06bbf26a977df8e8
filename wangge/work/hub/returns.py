"""What came of an offer goes back to the department that it belongs to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from wangge.ground.registry import queries as registry
from wangge.platform.access import actors
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.work.hub.models import Feed, ReturnRow


@transaction.atomic
def return_outcome(
    *, department: str, reference: str, person: str, programme: str, outcome: str, at: datetime, by: Actor
) -> None:
    """Put an outcome into a department's return feed; the same reference again replaces what it said.

    Where the department has delivered a row about this person, the newest one is named, so that its own system finds them.
    """
    row = _newest_row(department, person)
    ReturnRow.objects.update_or_create(
        department=department,
        kind="outcome",
        reference=reference,
        element="",
        defaults={
            "person": person,
            "programme": programme,
            "outcome": outcome,
            "at": at,
            **row,
        },
    )
    trail.record(
        by=by,
        verb="hub.return_outcome",
        object_kind="department",
        object_id=department,
        details={"programme": programme, "outcome": outcome, "reference": reference},
    )


def _newest_row(department: str, person: str) -> dict[str, str | int]:
    feeds = set(Feed.objects.filter(department=department).values_list("code", flat=True))
    links = [one for one in registry.links(actors.system("data_day"), person=person) if one.feed in feeds]
    if not links:
        return {}
    newest = max(links, key=lambda link: (link.observed_at, link.row, link.part))
    return {"feed": newest.feed, "delivery": newest.batch, "row": newest.row, "part": newest.part}
