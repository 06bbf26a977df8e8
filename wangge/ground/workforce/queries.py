"""Reading the roster. Names of colleagues are shown to staff, telephones masked; residents ask ``my_worker``."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.ground.areas import queries as areas
from wangge.ground.workforce import duties
from wangge.ground.workforce.lookups import my_worker as my_worker
from wangge.ground.workforce.lookups import on_duty as on_duty
from wangge.ground.workforce.lookups import worker_record
from wangge.ground.workforce.lookups import workers_on_duty as workers_on_duty
from wangge.ground.workforce.models import Duty, Worker
from wangge.ground.workforce.records import DutyRecord, GridOnDuty, Roster, RosterLine
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
    areas_of = scope(actor, SEE).areas
    return sorted(grid for grid in duties.on_duty_at(at or clock.now()) if grid.startswith(areas_of))


def cover(
    actor: Actor, *, prefix: str = "", open_only: bool = False, limit: int = 200, offset: int = 0
) -> list[GridOnDuty]:
    """The grids of the plan in force in the actor's areas, each with whoever is on duty there."""
    held = scope(actor, SEE)
    codes = [code for code in areas.grid_codes(prefix) if held.covers(code)]
    found = duties.on_duty_at(clock.now())
    lines = [
        GridOnDuty(grid=code, worker=worker_record(found[code].worker) if code in found else None)
        for code in codes
        if not (open_only and code in found)
    ]
    return lines[offset : offset + min(limit, 200)]


def roster(
    actor: Actor, *, search: str = "", community: str = "", limit: int = 50, offset: int = 0
) -> Roster:
    """Workers of the actor's areas, or on duty there, with the duties that hold or are to come."""
    rows = _workers(actor)
    if search:
        rows = rows.filter(name__contains=search)
    if community:
        rows = rows.filter(community__startswith=community)
    page = list(
        rows.select_related("user").order_by("community", "name", "pk")[offset : offset + min(limit, 200)]
    )
    return Roster(total=rows.count(), items=_lines(page))


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


def _lines(workers: list[Worker]) -> list[RosterLine]:
    now = clock.now()
    rows = Duty.objects.filter(Q(to_at=None) | Q(to_at__gt=now), worker__in=workers).order_by("from_at")
    by_worker: dict[int, list[Duty]] = {}
    for duty in rows.select_related("worker"):
        by_worker.setdefault(duty.worker_id, []).append(duty)
    held = duties.on_duty_at(now, {duty.grid for duty in rows})
    return [
        RosterLine(
            worker=worker_record(worker), duties=[_duty_record(duty) for duty in by_worker.get(worker.pk, [])],
            grids=sorted(grid for grid, duty in held.items() if duty.worker_id == worker.pk),
        )
        for worker in workers
    ]  # fmt: skip


def _duty_record(duty: Duty) -> DutyRecord:
    return DutyRecord(
        uid=str(duty.uid),
        worker=str(duty.worker.uid),
        grid=duty.grid,
        kind=duty.kind,
        from_at=duty.from_at,
        to_at=duty.to_at,
    )
