"""Tasks for the tests of the worker; imported by the worker processes that the tests start."""

import os
import time
from pathlib import Path

from django_tasks import task

from wangge.entry.jobs import leases
from wangge.entry.jobs.models import Cursor
from wangge.platform.access import actors
from wangge.platform.audit import trail

CHUNKS = 12


@task()
def in_chunks(signal_file: str) -> None:
    """Twelve chunks, each one transaction; says when the fourth is done, so that a test can kill it."""
    place, _ = Cursor.objects.get_or_create(name="chunks", defaults={"place": 0})
    for chunk in range(place.place, CHUNKS):
        with leases.step():
            trail.record(
                by=actors.system("importer"), verb="test.chunk", object_kind="chunk", object_id=str(chunk)
            )
            Cursor.objects.filter(name="chunks").update(place=chunk + 1)
        if chunk == 3:
            Path(signal_file).write_text(str(os.getpid()), encoding="ascii")
            time.sleep(float(os.environ.get("TEST_PAUSE", "0")))
    with leases.finishing():
        trail.record(by=actors.system("importer"), verb="test.done", object_kind="task", object_id="chunks")
        afterwards.enqueue()


@task()
def afterwards() -> None:
    """What the first task queues together with its own "done"."""


@task()
def fails_once(folder: str) -> None:
    """Fails the first time it runs."""
    marker = Path(folder) / "failed"
    if not marker.exists():
        marker.write_text("", encoding="ascii")
        raise RuntimeError("not yet")
    with leases.finishing():
        trail.record(by=actors.system("importer"), verb="test.done", object_kind="task", object_id="retried")
