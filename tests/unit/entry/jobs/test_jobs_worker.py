"""Leases: a task whose worker was killed completes, once; errors are tried again; a lost lease writes nothing."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import chunked_tasks  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from tests import databases  # noqa: E402
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


def worker_process(home, **more):
    environment = databases.environment(home, PYTHONPATH=str(HERE), **more)
    return subprocess.Popen([sys.executable, "-m", "wangge.entry.site", "work", "--once"], env=environment)


def test_killed_in_the_middle_a_task_completes_once(tmp_path):
    databases.empty(tmp_path)
    queue = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        f"import chunked_tasks; chunked_tasks.in_chunks.enqueue({str(tmp_path / 'signal')!r})\n"
    )
    environment = databases.environment(tmp_path, PYTHONPATH=str(HERE))
    subprocess.run([sys.executable, "-c", queue], env=environment, check=True)
    first = worker_process(tmp_path, TEST_PAUSE="60")
    deadline = time.monotonic() + 60
    while not (tmp_path / "signal").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert databases.rows(tmp_path, "SELECT count(*) FROM audit_entry WHERE verb='test.chunk'") == [(4,)]
    assert databases.rows(
        tmp_path, "SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE 'chunked%%'"
    ) == [("RUNNING",)]

    databases.rows(tmp_path, "UPDATE jobs_lease SET expires_at='2020-01-01 00:00:00'")  # a minute passes
    assert worker_process(tmp_path).wait(timeout=120) == 0
    assert databases.rows(
        tmp_path, "SELECT count(*), count(DISTINCT object_id) FROM audit_entry WHERE verb='test.chunk'"
    ) == [(12, 12)]
    assert databases.rows(tmp_path, "SELECT count(*) FROM audit_entry WHERE verb='test.done'") == [(1,)]
    assert databases.rows(tmp_path, "SELECT DISTINCT status FROM django_tasks_database_dbtaskresult") == [
        ("SUCCESSFUL",)
    ]
