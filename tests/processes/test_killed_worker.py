"""A task whose worker was killed in the middle completes in the next one, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import databases

HERE = Path(__file__).parents[1] / "unit" / "entry" / "jobs"
"""Where the tasks are: `chunked_tasks.py`."""


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
