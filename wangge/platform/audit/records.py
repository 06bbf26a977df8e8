"""What the trail tells others."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class LookRecord(BaseModel):
    """A look. Residents are shown the post, never ``actor``; ``number`` names the row for good."""

    model_config = ConfigDict(frozen=True)
    number: int
    subject: str
    actor: str
    at: datetime
    post: str
    purpose: str
    task: str
    elements: list[str]


class EntryRecord(BaseModel):
    """A line of the trail of one object. ``holds``: it still is what was sealed, behind what stood before it; None: not sealed yet."""

    model_config = ConfigDict(frozen=True)
    id: int
    at: datetime
    recorded_at: datetime
    actor: str
    verb: str
    object_kind: str
    object_id: str
    details: dict[str, object]
    sealed: int | None
    holds: bool | None


class ChainRecord(BaseModel):
    """How far the whole trail is sealed: the newest place and when it was written, and how many entries wait."""

    model_config = ConfigDict(frozen=True)
    sealed: int
    sealed_at: datetime | None
    unsealed: int
