"""What this room refuses in its own way."""

from __future__ import annotations

from wangge.platform.access.errors import Refusal


class TooMany(Refusal):
    """Too often in too short a time; try again later."""

    status = 429
