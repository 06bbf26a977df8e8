"""``Actor``: who acts. Opaque here and below; made, and understood, by the access room."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["user", "resident", "device", "system", "public"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    ``id`` is opaque and stable (``user:0198…``, ``system:rescreen``, ``public:``). ``holds`` is whatever the access room
    needs to decide what the actor may do; rooms below it don't look inside.
    """

    id: str
    kind: Kind
    holds: tuple[Any, ...] = field(default=(), repr=False, compare=False)
