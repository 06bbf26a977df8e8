"""Workers and their duties. Nothing here counts, ranks or follows a worker."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wangge.platform.clock.ids import new_uid
from wangge.platform.stores.fields import SealedTextField


class Worker(models.Model):
    """A grid worker, or a helper of a micro grid. ``phone`` is the number for working hours."""

    KINDS = [("full_time", "full_time"), ("part_time", "part_time"), ("micro", "micro")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    phone = SealedTextField(context="workforce_worker.phone", null=True)
    kind = models.CharField(max_length=10, choices=KINDS, default="full_time")
    community = models.CharField(max_length=20, db_index=True)
    left_at = models.DateTimeField(null=True)


class Duty(models.Model):
    """A worker looks after a grid from a moment until another; a substitute goes before the worker in charge."""

    KINDS = [("main", "main"), ("substitute", "substitute")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="duties")
    grid = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=KINDS, default="main")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["grid", "from_at"], name="workforce_duty_grid")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at=None) | Q(to_at__gte=F("from_at")), name="workforce_duty_ends_after_start"
            )
        ]
