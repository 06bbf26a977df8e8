"""Reading the roster. Names of colleagues are shown to staff, telephones masked; residents ask ``my_worker``."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from pydantic import BaseModel, ConfigDict

from wangge.ground.areas import queries as areas
from wangge.ground.workforce import duties, shown
from wangge.ground.workforce.lookups import my_worker as my_worker
from wangge.ground.workforce.lookups import on_duty as on_duty
from wangge.ground.workforce.lookups import workers_on_duty as workers_on_duty
from wangge.ground.workforce.models import Duty, Worker
from wangge.ground.workforce.records import GridOnDuty, Roster
from wangge.ground.workforce.visiting import my_codes as my_codes
from wangge.ground.workforce.visiting import visitor as visitor
from wangge.platform.access.scope import Scope, scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

SEE = "workforce.see"


def grids_of(actor: Actor, at: datetime | None = None) -> list[str]:
    """The grids that the actor really has at a moment (now, if none is named)."""
    moment = at or clock.now()
    own = (
        duties.holding(moment).filter(worker__user__uid=actor.id.removeprefix("user:"))
        if _is_user(actor)
        else None
    )
    if own is None:
        return []
    mine = {duty.grid for duty in own}
    found = duties.on_duty_at(moment, mine)
    return sorted(grid for grid, duty in found.items() if f"user:{duty.worker.user.uid}" == actor.id)


def grids_on_duty(actor: Actor, at: datetime | None = None) -> list[str]:
    """Grids in the actor's areas where somebody is on duty now. A department's own bound says nothing about duties."""
    return sorted(duties.held_grids(at or clock.now(), scope(actor, SEE).areas))


def cover(
    actor: Actor, *, prefix: str = "", open_only: bool = False, limit: int = 200, offset: int = 0
) -> list[GridOnDuty]:
    """The grids of the plan in force in the actor's areas, each with whoever is on duty there."""
    codes = covered(actor, prefix=prefix, open_only=open_only)[offset : offset + min(limit, 200)]
    return shown.with_duty(codes)


def covered(actor: Actor, *, prefix: str = "", open_only: bool = False) -> list[str]:
    """The codes of those grids: pages and file are cut from them."""
    held = scope(actor, SEE)
    codes = [code for code in areas.grid_codes(prefix) if held.covers(code)]
    if not open_only:
        return codes
    taken = duties.held_grids(clock.now(), [prefix] if prefix else held.areas)
    return [code for code in codes if code not in taken]


class RosterFilters(BaseModel):
    """Which workers a list shows; what isn't given doesn't narrow. ``search`` is a part of a name.

    ``community`` and ``grid`` are codes or their beginnings: where she belongs, and of which grid a duty holds now.
    ``duty``: ``some`` (has a duty now) or ``none``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    search: str = ""
    community: str = ""
    grid: str = ""
    kind: str = ""
    duty: Literal["", "some", "none"] = ""

    def given(self) -> dict[str, str]:
        """The fields that narrow, as they stand in an address."""
        return {name: given for name, given in self.model_dump().items() if given}


def roster(actor: Actor, filters: RosterFilters | None = None, *, limit: int = 50, offset: int = 0) -> Roster:
    """Workers of the actor's areas, or on duty there, with the duties that hold or are to come."""
    rows = listed(actor, filters or RosterFilters())
    return Roster(total=rows.count(), items=shown.lines(list(rows[offset : offset + min(limit, 200)])))


def listed(actor: Actor, filters: RosterFilters) -> QuerySet[Worker]:
    """The rows of the roster in its order: its pages and its file are cut from these."""
    rows = _workers(actor).select_related("user").order_by("community", "name", "pk")
    if filters.search:
        rows = rows.filter(name__icontains=filters.search)
    if filters.community:
        rows = rows.filter(community__startswith=filters.community)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    now = duties.holding(clock.now()).order_by().filter(worker=OuterRef("pk"))
    if filters.grid:
        rows = rows.filter(Exists(now.filter(grid__startswith=filters.grid)))
    if filters.duty:
        rows = rows.filter(Exists(now) if filters.duty == "some" else ~Exists(now))
    return rows


def _is_user(actor: Actor) -> bool:
    return actor.id.startswith("user:")


def _workers(actor: Actor) -> QuerySet[Worker]:
    """Workers who belong to the actor's areas, or have a duty there."""
    held = scope(actor, SEE)
    rows = Worker.objects.filter(left_at=None)
    if held.whole_city:
        return rows
    at_work = held.rows(Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=clock.now())), area="grid")
    return rows.filter(_within(held) | Exists(at_work.filter(worker=OuterRef("pk"))))


def _within(held: Scope) -> Q:
    return Q(pk__in=held.rows(Worker.objects.all(), area="community").values("pk"))
