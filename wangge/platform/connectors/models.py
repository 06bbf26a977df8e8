"""Room `connectors`: the outbox, for demonstrations, tests and cities without an SMS contract."""

from __future__ import annotations

from django.db import models


class SentMessage(models.Model):
    """One message. The number and the text stand as envelopes sealed with the key `messages`.

    They can't be `stores.fields`: `stores` stands above this room.
    """

    reference = models.CharField(max_length=100, unique=True)
    phone = models.BinaryField()
    body = models.BinaryField()
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.reference
