"""Leases: errors are tried again; a lost lease writes nothing (a killed worker's task: `tests/processes/test_killed_worker.py`)."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import chunked_tasks  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from wangge.entry.jobs import leases, worker  # noqa: E402
from wangge.entry.jobs.models import Lease  # noqa: E402
from wangge.platform.audit.models import Entry  # noqa: E402
from wangge.platform.clock import clock  # noqa: E402


def test_a_task_runs_and_what_it_queues_runs_after_it(db, tmp_path):
    chunked_tasks.in_chunks.enqueue(str(tmp_path / "signal"))
    assert worker.drain() == 2
    assert Entry.objects.filter(verb="test.chunk").count() == chunked_tasks.CHUNKS
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert not Lease.objects.exists()


def test_a_task_that_failed_is_tried_again_later(db, tmp_path):
    chunked_tasks.fails_once.enqueue(str(tmp_path))
    assert worker.drain() == 1
    row = DBTaskResult.objects.get()
    assert row.status == "READY"
    assert "not yet" in row.traceback
    DBTaskResult.objects.update(run_after=clock.real_now())
    assert worker.drain() == 1
    assert Entry.objects.filter(verb="test.done").count() == 1


def test_a_task_that_always_fails_ends_as_failed(db, tmp_path):
    chunked_tasks.fails_once.enqueue(str(tmp_path / "no" / "such" / "folder"))
    for _ in range(leases.ATTEMPTS):
        assert worker.run_one("test")
        DBTaskResult.objects.filter(status="READY").update(run_after=clock.real_now())
    assert DBTaskResult.objects.get().status == "FAILED"
    assert worker.drain() == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_lease_writes_nothing(tmp_path):
    chunked_tasks.afterwards.enqueue()
    hold, _ = leases.claim("first")
    Lease.objects.update(expires_at=clock.real_now() - timedelta(seconds=1))
    assert leases.take_back() == 1
    second, _ = leases.claim("second")
    assert second.attempt == 2
    with leases.holding(hold), pytest.raises(leases.LeaseLost), leases.finishing():
        from wangge.platform.access import actors
        from wangge.platform.audit import trail

        trail.record(by=actors.system("importer"), verb="test.late", object_kind="task", object_id="1")
    assert not Entry.objects.filter(verb="test.late").exists()
