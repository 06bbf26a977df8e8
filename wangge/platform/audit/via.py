"""From where an act came: a page of one of the apps, a phone, a job. Kept with the act, so that a trail can say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

VIAS = ("console", "phone", "portal", "api", "job", "command")
_via: ContextVar[str] = ContextVar("via", default="")


@contextmanager
def coming_by(via: str) -> Iterator[None]:
    """What is recorded within came this way; raises ``ValueError`` for a way that nobody knows."""
    if via not in VIAS:
        raise ValueError(f"{via!r} is no way for an act to come: name it in {__name__}")
    token = _via.set(via)
    try:
        yield
    finally:
        _via.reset(token)


def via() -> str:
    """The way of what is happening now, "" where nobody said."""
    return _via.get()
