"""What was found contradicts what a department said: a room above is told, in the transaction that folds what was found.

This room never names that room: it registers in ``AppConfig.ready()``, as origins do in ``todos``. So it makes no difference
on which way an observation came in: with a settled to-do, from a phone, adopted, or after it had waited for its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wangge.ground.registry.records import Conflict
from wangge.platform.audit.actor import Actor

Told = Callable[[Sequence[Conflict], str, Actor], None]
"""Takes conflicts of kind ``correct``, the task under which they were found (``todo:…`` or ""), and who found them."""

_told: list[Told] = []


def register(told: Told) -> None:
    """Make known who is told."""
    if told not in _told:
        _told.append(told)


def tell(corrections: Sequence[Conflict], *, task: str, by: Actor) -> None:
    """Tell everybody who registered; nothing where there is nothing to tell."""
    if corrections:
        for told in _told:
            told(corrections, task, by)
