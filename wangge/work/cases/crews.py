"""A department's crews: who may be sent, and how much each has in hand already."""

from __future__ import annotations

from django.db.models import Count

from wangge.platform.access import queries as access
from wangge.platform.access.records import Held
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.work.cases.acting import name_of_id
from wangge.work.cases.filters import EVER
from wangge.work.cases.models import Case
from wangge.work.cases.records import CrewRecord


def crews(actor: Actor) -> list[CrewRecord]:
    """The crews of the actor's own departments in the actor's areas, those with the least in hand first."""
    scope(actor, "cases.sign")
    held = [one for one in actor.holds if isinstance(one, Held) and one.department]
    of = {
        (crew, one.department)
        for one in held
        for crew in access.holders(actor, role="crew", area=one.area, department=one.department)
    }
    busy = Case.objects.filter(crew__in=[crew for crew, _ in of], open_since__range=EVER).order_by()
    counted = dict(busy.values_list("crew").annotate(Count("pk")))
    found = [
        CrewRecord(actor=crew, name=name_of_id(crew), department=department, in_hand=counted.get(crew, 0))
        for crew, department in of
    ]
    return sorted(found, key=lambda one: (one.in_hand, one.name, one.actor))
