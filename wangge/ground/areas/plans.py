"""Reading plans of grids: which there are, what state their dates give them, and the grids of one before it holds."""

from __future__ import annotations

from itertools import pairwise

from django.utils.translation import gettext as _

from wangge.ground.areas.layers import grid_layer
from wangge.ground.areas.models import Grid, Plan
from wangge.ground.areas.records import FeatureCollection, GridRecord, PlanRecord
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

SEE = "areas.see"


def plans(actor: Actor) -> list[PlanRecord]:
    """All plans that are prepared, the newest first."""
    scope(actor, SEE)
    rows = list(Plan.objects.exclude(state="preparing").order_by("-version"))
    ended = _ends(rows)
    return [_plan_record(one, ended.get(one.pk)) for one in rows]


def plan(actor: Actor, uid: str) -> PlanRecord:
    """One plan; raises ``NotFound``."""
    found = next((one for one in plans(actor) if one.uid == uid), None)
    if found is None:
        raise NotFound("no_such_plan", _("There is no such plan."))
    return found


def plan_grids(actor: Actor, uid: str) -> list[GridRecord]:
    """The grids of any plan that is prepared, in the actor's areas, by code."""
    rows = scope(actor, SEE).rows(
        Grid.objects.filter(plan__uid=uid).exclude(plan__state="preparing"), area="code"
    )
    return [grid_record(one) for one in rows.order_by("code").select_related("plan").defer("wkb")]


def plan_layer(actor: Actor, uid: str, bbox: tuple[float, float, float, float]) -> FeatureCollection:
    """The grids of a plan, in force or not, that meet a box: what its planner and its approver look at."""
    scope(actor, SEE)
    return grid_layer(bbox, uid)


def grid_record(one: Grid) -> GridRecord:
    """A grid that came with its plan."""
    return GridRecord(
        code=one.code, name=one.name, kind=one.kind, community=one.community, households=one.households,
        lon=one.lon, lat=one.lat, plan=one.plan.version,
    )  # fmt: skip


def _ends(rows: list[Plan]) -> dict[int, Plan]:
    """The plan that follows each that came, or is to come, into force."""
    dated = sorted((one for one in rows if one.from_at), key=lambda one: (one.from_at, one.version))
    return {before.pk: after for before, after in pairwise(dated)}


def _plan_record(one: Plan, next_: Plan | None) -> PlanRecord:
    now, state = clock.now(), one.state
    if one.from_at:
        state = "to_come" if one.from_at > now else "in_force"
        if next_ and next_.from_at and next_.from_at <= now:
            state = "past"
    return PlanRecord(
        uid=str(one.uid), version=one.version, state=state, prefix=one.prefix, grids=one.grids.count(),
        made_by=one.made_by, made_at=one.made_at, from_at=one.from_at, to_at=next_.from_at if next_ else None,
    )  # fmt: skip
