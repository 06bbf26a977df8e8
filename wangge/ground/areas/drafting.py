"""Preparing a plan: its grids, and the placement of everything that stands in the city, in small transactions.

Until the last one it is ``preparing`` and nobody knows of it; what a run that died left behind is swept by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from wangge.ground.areas import placements
from wangge.ground.areas.extents import extent_of
from wangge.ground.areas.layout import check
from wangge.ground.areas.models import Grid, Placement, Plan
from wangge.ground.areas.points import COMMUNITY_DIGITS
from wangge.ground.areas.records import GridRow
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

T = TypeVar("T")
ABANDONED = timedelta(hours=6)
"""A plan that was begun so long ago and isn't prepared won't be: its run died."""
SLICE = 100
"""Grids a transaction: their shapes weigh more than other rows."""


def draft_plan(
    *, grids: Iterable[GridRow], memberships: Mapping[int, str], by: Actor, prefix: str = ""
) -> str:
    """Prepare a plan of the grids of ``prefix`` (empty: the whole city); returns its id. The rest is taken over as it is.

    ``memberships``: grid code by building key; a building that isn't named, and every point, goes to the grid that
    holds it. Raises ``Invalid`` for codes that the city's layout doesn't allow, or that come twice.
    """
    rows = sorted(grids, key=lambda grid: grid.code)
    check(rows, memberships, prefix)
    _sweep()
    plan = _begin(prefix, by)
    try:
        for some in _slices(rows, SLICE):
            made = [grid_of(plan, row) for row in some]
            with transaction.atomic():
                Grid.objects.bulk_create(made)
        _take_over(plan)
        placements.catch_up(plan, memberships)
        _finish(plan, by)
    except BaseException:
        discard(plan)
        raise
    return str(plan.uid)


def discard(plan: Plan) -> None:
    """Take a plan away that never came into force, in small transactions."""
    for model in (Placement, Grid):
        while keys := list(model.objects.filter(plan=plan).values_list("pk", flat=True)[:2000]):
            with transaction.atomic():
                model.objects.filter(pk__in=keys).delete()
    with transaction.atomic():
        plan.delete()


def _sweep() -> None:
    limit = clock.real_now() - ABANDONED
    for plan in Plan.objects.filter(state="preparing", begun_at__lt=limit):
        discard(plan)


@transaction.atomic
def _begin(prefix: str, by: Actor) -> Plan:
    newest = Plan.objects.aggregate(newest=Max("version"))["newest"] or 0
    base = Plan.objects.filter(state="in_force").order_by("-from_at", "-version").first()
    return Plan.objects.create(
        version=newest + 1,
        prefix=prefix,
        base=base,
        made_by=by.id,
        made_at=clock.now(),
        begun_at=clock.real_now(),
    )


def grid_of(plan: Plan, row: GridRow) -> Grid:
    """An unsaved grid of a plan."""
    extent = extent_of(row.wkb, row.code) if row.wkb else {}
    return Grid(
        plan=plan, code=row.code, name=row.name, kind=row.kind, community=row.code[:COMMUNITY_DIGITS],
        households=row.households, **extent,
    )  # fmt: skip


def _take_over(plan: Plan) -> None:
    """The grids outside the planned part, with all that stands in them."""
    if not plan.prefix or plan.base is None:
        return
    rest = Grid.objects.filter(plan=plan.base).exclude(code__startswith=plan.prefix).order_by("code")
    code = ""
    while some := list(rest.filter(code__gt=code)[:SLICE]):
        code = some[-1].code
        for grid in some:
            grid.pk, grid.plan = None, plan
        with transaction.atomic():
            Grid.objects.bulk_create(some)
    placements.copy(plan.base, plan, but=plan.prefix)


@transaction.atomic
def _finish(plan: Plan, by: Actor) -> None:
    plan.state = "draft"
    plan.save(update_fields=["state"])
    trail.record(
        by=by, verb="areas.draft_plan", object_kind="plan", object_id=str(plan.uid),
        details={"version": plan.version, "prefix": plan.prefix, "grids": plan.grids.count()},
    )  # fmt: skip


def _slices(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some
