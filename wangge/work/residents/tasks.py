"""Follow-up work, queued in the transaction of the act that needs it. Each task may run again."""

from __future__ import annotations

from django_tasks import task

from wangge.work.residents import sending


@task()
def send_code(invitation: str) -> None:
    """A code was asked for: find out whose number it is, and send it there or nowhere."""
    sending.send(invitation)
