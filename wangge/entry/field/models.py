"""Envelopes: everything a phone ever sent, each once. One that was refused keeps its content, so that nothing is lost."""

from __future__ import annotations

from django.db import models

from wangge.platform.stores.fields import SealedTextField


class Envelope(models.Model):
    """One thing that a phone sent. ``uid`` is the phone's; ``body`` is kept only where it could not be carried out."""

    STATES = [(s, s) for s in ("accepted", "superseded", "refused")]

    uid = models.UUIDField(unique=True)
    actor = models.CharField(max_length=80, db_index=True)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES)
    code = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=400, blank=True)
    made = models.CharField(max_length=40, blank=True)
    body = SealedTextField(context="field_envelope.body", null=True)
