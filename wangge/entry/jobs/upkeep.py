"""Housekeeping tasks."""

from __future__ import annotations

from django_tasks import task

from wangge.platform.audit import receipts


@task()
def sweep_receipts() -> None:
    """Forget idempotency receipts older than 30 days."""
    receipts.sweep()
