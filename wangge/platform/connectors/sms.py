"""Room `connectors`: short messages go out here.

The setting `WANGGE_SMS` chooses the gateway: `outbox` (a table; the default) or the address of a provider,
`https://KEY_ID:SECRET@host/path`.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from wangge.platform.connectors.outbox import OutboxSms
from wangge.platform.connectors.records import Receipt
from wangge.platform.connectors.sms_http import HttpSmsGateway, SmsRefused, SmsUnavailable

__all__ = ["HttpSmsGateway", "OutboxSms", "Receipt", "SmsGateway", "SmsRefused", "SmsUnavailable", "gateway"]


class SmsGateway(Protocol):
    """Whatever carries short messages."""

    def send(self, phone: str, text: str, reference: str) -> Receipt:
        """Hand `text` over for `phone`.

        `reference` names the message for good: sending it again, after a crash or a timeout, is safe and
        delivers nothing twice. Raises `SmsRefused` (don't try again) or `SmsUnavailable` (do, later).
        """


def gateway() -> SmsGateway:
    """Return the gateway that the settings choose. `ValueError` where `WANGGE_SMS` can't be used."""
    chosen = settings.WANGGE_SMS
    return OutboxSms() if chosen == "outbox" else HttpSmsGateway.from_url(chosen)
