"""Housekeeping tasks."""

from __future__ import annotations

from django_tasks import task

from wangge.platform.audit import chain, receipts


@task()
def seal_trail() -> None:
    """Seal the tail of the audit trail (on SQLite nothing waits: entries are sealed as they are written)."""
    while chain.seal() == 5000:
        pass


@task()
def sweep_receipts() -> None:
    """Forget idempotency receipts older than 30 days."""
    receipts.sweep()
