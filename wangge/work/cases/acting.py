"""Who acted, as a step keeps it: the post acted under, and the name of a member of staff."""

from __future__ import annotations

from functools import lru_cache

from wangge.platform.access import actors, policy, queries
from wangge.platform.access.records import Held
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock

NAMES_KEPT = 600
"""Seconds for which a process remembers the name of a member of staff, which every step repeats."""


def name_of(by: Actor) -> str:
    """The name of a member of staff; residents and the public stay unnamed."""
    staff = by.kind == "user" and any(isinstance(held, Held) for held in by.holds)
    return name_of_id(by.id) if staff else ""


def name_of_id(staff: str) -> str:
    """The name of a member of staff by the actor's id."""
    return _name(staff, clock.real_now().timestamp() // NAMES_KEPT)


@lru_cache(maxsize=4096)
def _name(actor: str, _age: float) -> str:
    return queries.me(actors.of_id(actor)).name


def post_of(by: Actor, permission: str) -> str:
    """The post acted under. Where anybody may, staff still act as what they are."""
    open_to_all = isinstance(policy.PERMISSIONS[permission], str)
    return policy.post_of(by, "cases.see" if open_to_all else permission)
