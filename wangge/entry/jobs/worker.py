"""The worker: takes tasks, runs them under a lease, and fires the schedule."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable

import structlog
from django.db import close_old_connections, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from uuid6 import uuid7

from wangge.entry.jobs import leases, schedule, sealer
from wangge.platform.audit.via import coming_by

log = structlog.get_logger()
POLL_SECONDS = 0.5
HOUSEKEEPING_SECONDS = 10.0


def name() -> str:
    """A name for this process among workers."""
    return f"{os.getpid()}-{str(uuid7())[-12:]}"


def run_one(holder: str) -> bool:
    """Run the next ready task; False when none was ready."""
    claimed = leases.claim(holder)
    if claimed is None:
        return False
    hold, row = claimed
    try:
        with leases.holding(hold), coming_by("job"):
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        _finish(hold)
    except leases.LeaseLost:
        log.warning("task taken over by another worker", task=row.task_path, id=hold.task)
    except Exception as error:
        again = leases.put_back(hold, error=error, trace=traceback.format_exc())
        log.error("task failed", task=row.task_path, id=hold.task, again=again, exc_info=error)
    return True


def _finish(hold: leases.Hold) -> None:
    """A task that did not finish itself in the transaction of its last effect is finished here."""
    if DBTaskResult.objects.filter(pk=hold.task, status=TaskResultStatus.RUNNING).exists():
        with transaction.atomic():
            leases.done(hold)


def drain(limit: int = 10_000) -> int:
    """Run everything that is ready, and what that queues; returns how many tasks ran. For commands, the demo and tests."""
    holder, ran = name(), 0
    while ran < limit and run_one(holder):
        ran += 1
    return ran


def work(*, stopped: Callable[[], bool]) -> None:
    """Work until told to stop."""
    holder, kept_house = name(), 0.0
    with sealer.sealing():
        while not stopped():
            if time.monotonic() - kept_house > HOUSEKEEPING_SECONDS:
                leases.take_back()
                schedule.fire()
                kept_house = time.monotonic()
            if not run_one(holder):
                close_old_connections()
                time.sleep(POLL_SECONDS)
