"""What else the caller of a case reported lately: for whoever accepts that case, on its page and in the list it opens.

Red line: nobody is listed by how often they call. The question starts from a case in hand, reaches ninety days back, and never
leaves the asker's own area; nothing counts, orders or groups cases by who reported them (``tests/rules/test_callers.py``).
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from wangge.platform.access import policy
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.platform.stores.sealing import blind_indexes
from wangge.work.cases import refusals, states, words
from wangge.work.cases.models import PHONE, Case
from wangge.work.cases.records import Call, Calls

PERMISSION = "cases.accept"
DAYS, SHOWN = 90, 3
"""How far back it is asked, and how many calls a case's page shows; all of them stand in the list."""
CALLED = ("resident", "hotline")
"""Sources that have a caller. A worker on patrol is none, and whoever took a call down isn't the one who called."""


def calls(actor: Actor, row: Case) -> Calls | None:
    """The caller's other reports, newest first; None where the actor accepts nothing there, or no caller is known."""
    if not policy.allows(actor, PERMISSION) or not scope(actor, PERMISSION).covers(row.area, row.department):
        return None
    same = _same_caller(row)
    if same is None:
        return None
    others = _others(actor, row, same)
    newest = others.select_related("of_class").defer("reporter_phone").order_by("-reported_at", "-id")[:SHOWN]
    return Calls(days=DAYS, total=others.count(), items=[_call(one) for one in newest])


def condition(actor: Actor, case: str) -> Q | None:
    """What the filter ``caller_of`` means; None where it asks nothing.

    Raises ``Forbidden`` for whoever accepts no cases, ``NotFound`` for a case outside the area where the actor does.
    """
    if not case:
        return None
    inside = scope(actor, PERMISSION).rows(Case.objects.all(), area="area", department="department")
    row = inside.filter(uid=case).first() if is_uid(case) else None
    if row is None:
        raise refusals.no_such_case()
    same = _same_caller(row)
    return Q(pk__in=()) if same is None else Q(pk__in=_others(actor, row, same).values("pk"))


def _others(actor: Actor, row: Case, same: Q) -> QuerySet[Case]:
    """Within the area where the actor accepts, within the days, without the case itself."""
    inside = scope(actor, PERMISSION).rows(Case.objects.all(), area="area", department="department")
    return inside.filter(same, reported_at__gte=clock.now() - timedelta(days=DAYS)).exclude(pk=row.pk)


def _same_caller(row: Case) -> Q | None:
    """Of the same account, the same bound person, or the same telephone; None where the case has none of them.

    A case that is over, and older than the days, isn't in anybody's hands: nothing is asked about its caller any more.
    """
    over = row.state not in states.OPEN and row.reported_at < clock.now() - timedelta(days=DAYS)
    if row.source not in CALLED or over:
        return None
    # Flat, each with its own index: SQLite then looks up three times and reads nothing else.
    same = Q(pk__in=())
    if row.source == "resident" and row.reporter:
        same |= Q(source="resident", reporter=row.reporter)
    if row.source == "resident" and row.reporter_person:
        same |= Q(source="resident", reporter_person=row.reporter_person)
    if row.reporter_phone and (indexes := blind_indexes(str(row.reporter_phone), PHONE)):
        same |= Q(source__in=CALLED, reporter_phone_index__in=indexes)
    return same if same != Q(pk__in=()) else None


def _call(row: Case) -> Call:
    zh, en = words.both("states", row.state)
    named = row.of_class
    return Call(
        uid=str(row.uid), number=row.number, class_zh=named.name_zh if named else "",
        class_en=(named.name_en or named.name_zh) if named else "", address=row.address, state=row.state, state_zh=zh,
        state_en=en, reported_at=row.reported_at,
    )  # fmt: skip
