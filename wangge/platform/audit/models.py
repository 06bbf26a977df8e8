"""The rows of the trail. Nothing here has a foreign key: the trail outlives what it speaks of."""

from __future__ import annotations

from django.db import models

from wangge.platform.stores.fields import SealedTextField


class Entry(models.Model):
    """One act. ``details`` names things and counts, never a person's values."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    sealed = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "id"], name="audit_entry_object"),
            models.Index(fields=["actor", "id"], name="audit_entry_actor"),
        ]


class Look(models.Model):
    """A person's fields were shown, printed or exported. Names elements, never values."""

    entry = models.BigIntegerField()
    subject = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    post = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120)
    task = models.CharField(max_length=80, default="")
    elements = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="audit_look_subject"),
            models.Index(fields=["task", "entry"], name="audit_look_task"),
        ]


class Receipt(models.Model):
    """The first answer to an idempotency key, kept 30 days; sealed, since it may show what is shown only once."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    status = models.IntegerField()
    body = SealedTextField(context="audit_receipt.body")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="audit_receipt_key")]
