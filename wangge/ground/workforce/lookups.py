"""Who is on duty, for rooms that address somebody and for residents. No actor is asked for: callers show what they may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wangge.ground.areas import queries as areas
from wangge.ground.workforce import duties
from wangge.ground.workforce.models import Worker
from wangge.ground.workforce.records import MyWorker, WorkerRecord
from wangge.platform.access import masks
from wangge.platform.city import settings as city
from wangge.platform.clock import clock


def on_duty(grid: str, at: datetime | None = None) -> WorkerRecord | None:
    """The worker who really has a grid at a moment (now, if none is named): a substitute before the one in charge."""
    return workers_on_duty([grid], at).get(grid)


def workers_on_duty(grids: Iterable[str], at: datetime | None = None) -> dict[str, WorkerRecord]:
    """The same for many grids at once; grids where nobody is on duty are left out."""
    found = duties.on_duty_at(at or clock.now(), grids)
    return {grid: worker_record(duty.worker) for grid, duty in found.items()}


def my_worker(place: str) -> MyWorker | None:
    """What a resident may know of the worker on duty where she lives (``place``); None where nobody is on duty."""
    grid = areas.grid_of_place(place)
    duty = duties.on_duty_at(clock.now(), [grid]).get(grid) if grid else None
    if grid is None or duty is None:
        return None
    return MyWorker(
        name=duty.worker.name[:1] + "*",
        grid=grid,
        phone=duty.worker.phone or "",
        hours=city.value("working_hours"),
    )


def worker_record(worker: Worker) -> WorkerRecord:
    """A worker as colleagues see her."""
    return WorkerRecord(
        uid=str(worker.uid), actor=f"user:{worker.user.uid}", name=worker.name, kind=worker.kind,
        phone=str(masks.mask("phone", worker.phone or "")), community=worker.community,
    )  # fmt: skip
