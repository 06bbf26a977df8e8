"""Rows of the roster as records, many at once with a fixed number of queries."""

from __future__ import annotations

from django.db.models import Q

from wangge.ground.workforce import duties
from wangge.ground.workforce.lookups import worker_record
from wangge.ground.workforce.models import Duty, Worker
from wangge.ground.workforce.records import DutyRecord, GridOnDuty, RosterLine
from wangge.platform.clock import clock


def with_duty(codes: list[str]) -> list[GridOnDuty]:
    """Grids with whoever is on duty there: only the duties of these grids are read."""
    found = duties.on_duty_at(clock.now(), codes)
    return [
        GridOnDuty(grid=code, worker=worker_record(found[code].worker) if code in found else None)
        for code in codes
    ]


def lines(workers: list[Worker]) -> list[RosterLine]:
    """The lines of these workers, with a fixed number of queries."""
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
