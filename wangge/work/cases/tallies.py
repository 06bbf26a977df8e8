"""Figures over cases: counted through the filters of the case list, within a scope, one query a period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Aggregate, QuerySet
from django.db.models.functions import Coalesce

from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.work.cases.figures import Figure
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case

SEE = "cases.see"


def tally(actor: Actor, figures: Mapping[str, Figure], *, permission: str = SEE) -> dict[str, int]:
    """Figures counted through their filters, where the actor holds the permission: one query a period."""
    found: dict[str, int] = {}
    for some, rows in _by_period(actor, figures, permission):
        counted = rows.aggregate(**{f"figure_{name}": one for name, one in some.items()})
        found |= {name: int(counted[f"figure_{name}"]) for name in some}
    return {name: found[name] for name in figures}


def tally_by_department(
    actor: Actor, figures: Mapping[str, Figure], *, permission: str = SEE
) -> dict[str, dict[str, int]]:
    """The same for each department with a case in one of the figures, by its code."""
    found: dict[str, dict[str, int]] = {}
    for some, rows in _by_period(actor, figures, permission):
        grouped = rows.exclude(department="").values_list("department").order_by()
        for department, *counted in grouped.annotate(**{f"figure_{name}": one for name, one in some.items()}):
            found.setdefault(department, dict.fromkeys(figures, 0)).update(
                zip(some, map(int, counted), strict=True)
            )
    return dict(sorted(found.items()))


Counted = tuple[dict[str, Aggregate | Coalesce], QuerySet[Case]]


def _by_period(actor: Actor, figures: Mapping[str, Figure], permission: str) -> Iterator[Counted]:
    """Figures of one period together, over the rows of that period: what they share is asked of the rows once."""
    within = scope(actor, permission).rows(Case.objects.all(), area="area", department="department")
    groups: dict[tuple[tuple[str, Any], ...], dict[str, Figure]] = {}
    for name, one in figures.items():
        groups.setdefault(one.filters.period(), {})[name] = one
    for some in groups.values():
        shared = Filters.shared([one.filters for one in some.values()])
        rows = within.filter(shared.condition(actor_id=actor.id))
        yield {name: one.aggregate(beyond=shared, actor_id=actor.id) for name, one in some.items()}, rows
