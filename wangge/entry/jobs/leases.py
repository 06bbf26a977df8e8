"""Leases on queued tasks: a killed worker's task is taken over, and completes once.

The queue (django-tasks-db) neither requeues a task whose worker was killed nor retries one that failed. Here a worker holds
a task by a lease of 60 s that it renews while it works; when the lease runs out, another worker takes the task over. A task
is done in the transaction that holds its last effect (``finishing``): if that transaction is lost, so is the "done".
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wangge.entry.jobs.models import Lease
from wangge.platform.clock import clock

LASTS = timedelta(seconds=60)
RENEWED_EVERY = 15.0
ATTEMPTS = 5


class LeaseLost(RuntimeError):
    """Another worker has taken the task over; what this one was about to write is rolled back."""


@dataclass(frozen=True)
class Hold:
    """A task in this worker's hands."""

    task: str
    holder: str
    attempt: int


_current: ContextVar[Hold | None] = ContextVar("hold", default=None)


def claim(holder: str) -> tuple[Hold, DBTaskResult] | None:
    """Take the next task that is ready, or None. One short write transaction, and none when nothing waits."""
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        row = _next()
        if row is None:
            return None
        lease, fresh = Lease.objects.get_or_create(
            task=row.id, defaults={"holder": holder, "expires_at": clock.real_now() + LASTS}
        )
        if not fresh:
            lease.holder, lease.expires_at, lease.attempt = (
                holder,
                clock.real_now() + LASTS,
                lease.attempt + 1,
            )
            lease.save()
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.RUNNING, started_at=clock.real_now(), worker_ids=[*row.worker_ids, holder]
        )
    return Hold(str(row.id), holder, lease.attempt), row


def _next() -> DBTaskResult | None:
    ready = DBTaskResult.objects.ready()
    if connection.features.has_select_for_update_skip_locked:
        ready = ready.select_for_update(skip_locked=True)
    return ready.first()


def take_back() -> int:
    """Requeue the tasks whose lease ran out; those tried too often fail for good. Returns how many were requeued."""
    late = list(Lease.objects.filter(expires_at__lt=clock.real_now()).values_list("task", "attempt"))
    if not late:
        return 0
    requeued = 0
    with transaction.atomic():
        for task, attempt in late:
            running = DBTaskResult.objects.filter(pk=task, status=TaskResultStatus.RUNNING)
            if attempt >= ATTEMPTS:
                running.update(
                    status=TaskResultStatus.FAILED,
                    finished_at=clock.real_now(),
                    exception_class_path="",
                    traceback="Its workers died.",
                )
            else:
                requeued += running.update(status=TaskResultStatus.READY)
    return requeued


def renew(hold: Hold) -> bool:
    """Prolong the lease; False if it is lost."""
    return (
        Lease.objects.filter(task=hold.task, holder=hold.holder).update(expires_at=clock.real_now() + LASTS)
        == 1
    )


def put_back(hold: Hold, *, error: BaseException, trace: str) -> bool:
    """After an error: try again later with a growing pause, or fail for good. True if it will be tried again."""
    again = hold.attempt < ATTEMPTS
    with transaction.atomic():
        row = DBTaskResult.objects.filter(pk=hold.task, status=TaskResultStatus.RUNNING)
        if again:
            pause = timedelta(seconds=2 ** (2 * hold.attempt))
            row.update(status=TaskResultStatus.READY, run_after=clock.real_now() + pause, traceback=trace)
            Lease.objects.filter(task=hold.task, holder=hold.holder).update(
                expires_at=clock.real_now() + pause + LASTS
            )
        else:
            row.update(
                status=TaskResultStatus.FAILED,
                finished_at=clock.real_now(),
                traceback=trace,
                exception_class_path=f"{type(error).__module__}.{type(error).__qualname__}",
            )
    return again


@contextmanager
def holding(hold: Hold) -> Iterator[None]:
    """Work on a task under its lease, renewed from a thread of its own."""
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(RENEWED_EVERY):
            if not renew(hold):
                return
        connection.close()

    heart = threading.Thread(target=keep, name=f"lease-{hold.task}", daemon=True)
    heart.start()
    token = _current.set(hold)
    try:
        yield
    finally:
        _current.reset(token)
        stop.set()


def keep() -> None:
    """Prolong the lease between the steps of a long task whose steps are idempotent; raises ``LeaseLost``."""
    hold = _current.get()
    if hold is not None and not renew(hold):
        raise LeaseLost(hold.task)


@contextmanager
def step() -> Iterator[None]:
    """The transaction of one chunk of a long task: refused if the lease was lost meanwhile."""
    hold = _current.get()
    with transaction.atomic():
        if hold is not None and not renew(hold):
            raise LeaseLost(hold.task)
        yield


@contextmanager
def finishing() -> Iterator[None]:
    """The transaction that holds a task's last effect, the tasks that follow, and its "done".

    Outside a worker (a test calls the function directly) it is a plain transaction.
    """
    hold = _current.get()
    with transaction.atomic():
        yield
        if hold is not None:
            done(hold)


def done(hold: Hold) -> None:
    """Mark the task done, inside the caller's transaction; raises ``LeaseLost`` if another worker has it."""
    gone, _ = Lease.objects.filter(task=hold.task, holder=hold.holder).delete()
    marked = DBTaskResult.objects.filter(pk=hold.task, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=clock.real_now(), priority=F("priority")
    )
    if not gone or not marked:
        raise LeaseLost(hold.task)
