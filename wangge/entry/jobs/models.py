"""What the task queue lacks: who holds a task until when, and when a schedule last fired."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """A worker's claim on a task, on real time; past ``expires_at`` anybody may take the task over."""

    task = models.UUIDField(unique=True)
    holder = models.CharField(max_length=64)
    attempt = models.IntegerField(default=1)
    expires_at = models.DateTimeField(db_index=True)


class Firing(models.Model):
    """The last moment (domain time) for which a schedule's task was queued."""

    name = models.CharField(max_length=60, unique=True)
    last_at = models.DateTimeField()


class Cursor(models.Model):
    """How far a job that follows a sequence has come."""

    name = models.CharField(max_length=60, unique=True)
    place = models.BigIntegerField()
