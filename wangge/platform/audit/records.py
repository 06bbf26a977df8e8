"""What the trail tells others."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class LookRecord(BaseModel):
    """A line of "who looked": the post, not the name."""

    model_config = ConfigDict(frozen=True)
    at: datetime
    post: str
    purpose: str
    task: str
    elements: list[str]


class EntryRecord(BaseModel):
    """A line of the trail of one object."""

    model_config = ConfigDict(frozen=True)
    at: datetime
    recorded_at: datetime
    actor: str
    verb: str
    details: dict[str, object]
    sealed: int | None
