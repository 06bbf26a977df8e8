"""A task for worker processes: what it does can be counted afterwards."""

from django_tasks import task

from wangge.entry.jobs import leases
from wangge.platform.access import actors
from wangge.platform.audit import trail


@task()
def counted(number: int) -> None:
    """One row in the trail, together with the task's own "done"."""
    with leases.finishing():
        trail.record(
            by=actors.system("importer"), verb="test.counted", object_kind="task", object_id=str(number)
        )
