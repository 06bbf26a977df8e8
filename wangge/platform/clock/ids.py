"""Names for the outside: UUIDv7, ordered by the moment of making so that B-trees stay dense."""

from __future__ import annotations

import uuid

from uuid6 import uuid7


def new_uid() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid7().int)
