"""Room `connectors`: the gateway that keeps messages in a table instead of sending them."""

from __future__ import annotations

from wangge.platform.clock import clock
from wangge.platform.connectors import envelopes
from wangge.platform.connectors.keys import MESSAGES, Key, key_store
from wangge.platform.connectors.models import SentMessage
from wangge.platform.connectors.records import Message, Receipt

_PHONE = "connectors_sentmessage.phone"
_BODY = "connectors_sentmessage.body"


class OutboxSms:
    """Writes within the caller's transaction, so that a message stands or falls with what caused it."""

    def send(self, phone: str, text: str, reference: str) -> Receipt:
        """Keep the message, sealed. A reference that is there already keeps its first message."""
        key = key_store().current(MESSAGES)
        row, _ = SentMessage.objects.get_or_create(
            reference=reference,
            defaults={
                "phone": envelopes.seal(key, phone.encode(), _PHONE),
                "body": envelopes.seal(key, text.encode(), _BODY),
                "sent_at": clock.now(),
            },
        )
        return Receipt(reference=reference, gateway="outbox", message_id=str(row.pk), accepted_at=row.sent_at)


def messages(phone: str | None = None, *, limit: int = 100) -> list[Message]:
    """Return the newest `limit` messages, newest first; with `phone`, the ones among them that go there."""
    rows = SentMessage.objects.order_by("-pk")[:limit]
    found = [
        Message(
            reference=row.reference,
            phone=_opened(row.phone, _PHONE),
            text=_opened(row.body, _BODY),
            sent_at=row.sent_at,
        )
        for row in rows
    ]
    return [message for message in found if phone is None or message.phone == phone]


def _opened(sealed: bytes | memoryview, context: str) -> str:
    return envelopes.unseal(_key, bytes(sealed), context).decode()


def _key(version: int) -> Key:
    return key_store().key(MESSAGES, version)
