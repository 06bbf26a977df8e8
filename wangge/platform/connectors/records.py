"""Room `connectors`: what its gateways answer with."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class Receipt(BaseModel):
    """A gateway took a message over. The same reference always brings the same `message_id`."""

    model_config = ConfigDict(frozen=True)

    reference: str
    gateway: str
    message_id: str
    accepted_at: datetime


class Message(BaseModel):
    """A message in the outbox. Its repr shows neither the telephone number nor the text."""

    model_config = ConfigDict(frozen=True)

    reference: str
    phone: str = Field(repr=False)
    text: str = Field(repr=False)
    sent_at: datetime
