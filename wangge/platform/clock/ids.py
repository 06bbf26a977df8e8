"""Names for the outside: UUIDv7, ordered by the moment of making so that B-trees stay dense."""

from __future__ import annotations

import uuid

from uuid6 import uuid7


def new_uid() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid7().int)


def is_uid(text: str) -> bool:
    """Whether a text may be an id at all; asking the database for another one would be an error."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
