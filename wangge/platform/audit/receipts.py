"""Idempotency receipts: the same key and body get the first answer, the same key with another body is refused.

The receipt is written in the transaction of the effect; a receipt without its effect, or the reverse, can't exist.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from wangge.platform.audit.actor import Actor
from wangge.platform.audit.models import Receipt
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql

KEPT_FOR = timedelta(days=30)


class KeyReused(ValueError):
    """The key was used before with another body."""


@dataclass(frozen=True)
class Answer:
    """What was answered the first time."""

    status: int
    body: bytes


def fingerprint(*parts: bytes) -> str:
    """What makes two requests the same: method, path and body."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def alone(by: Actor, key: str) -> None:
    """Until the transaction ends nobody else does what goes under this key: the same request twice at a time waits for its answer."""
    postgresql.alone(f"audit.receipt:{by.id}:{key}")


def find(by: Actor, key: str, print_: str) -> Answer | None:
    """The first answer to this key, or None; raises ``KeyReused`` if the key was used with another body."""
    row = Receipt.objects.filter(actor=by.id, key=key).first()
    if row is None:
        return None
    if row.fingerprint != print_:
        raise KeyReused(key)
    return Answer(row.status, str(row.body).encode())


def keep(by: Actor, key: str, print_: str, answer: Answer) -> None:
    """Keep the answer; call inside the transaction of the effect."""
    Receipt.objects.create(
        actor=by.id,
        key=key,
        fingerprint=print_,
        status=answer.status,
        body=answer.body.decode(),
        kept_at=clock.real_now(),
    )


def sweep() -> int:
    """Forget receipts older than 30 days; returns how many."""
    return Receipt.objects.filter(kept_at__lt=clock.real_now() - KEPT_FOR).delete()[0]
