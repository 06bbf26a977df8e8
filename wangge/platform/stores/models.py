"""Room `stores`: the one table, tombstones."""

from __future__ import annotations

from django.db import models

from wangge.platform.stores.sealing import INDEX_LENGTH


class Tombstone(models.Model):
    """A subject whose rows no read of a batch gives out any more. It holds a keyed hash, never the subject."""

    column = models.CharField(max_length=64)
    batch = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=INDEX_LENGTH)
    quick = models.BigIntegerField()
    erased_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "column", "subject"], name="stores_tombstone_once")
        ]

    def __str__(self) -> str:
        return f"{self.column} in {self.batch or 'every batch'}"
