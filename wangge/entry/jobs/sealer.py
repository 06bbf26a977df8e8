"""The sealer: gives what was written to the audit trail its place in the chain, within a second.

Where writers are serial (SQLite) an act seals its own entry, and there is nothing to do. Each job worker has a sealer of its own;
they take turns under a lock (``audit.chain.seal``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError, connection

from wangge.platform.audit import chain

log = structlog.get_logger()
EVERY_SECONDS = 0.5
AT_ONCE = 5000


def seal_all(at_once: int = AT_ONCE) -> int:
    """Seal whatever waits; returns how many entries."""
    sealed = 0
    while found := chain.seal(at_once):
        sealed += found
    return sealed


@contextmanager
def sealing() -> Iterator[None]:
    """While this lasts, the tail of the trail is sealed every half second, whatever task is in hand meanwhile."""
    if chain.writers_are_serial():
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_keep_sealing, args=(stop,), name="sealer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_sealing(stop: threading.Event) -> None:
    try:
        while not stop.wait(EVERY_SECONDS):
            try:
                seal_all()
            except (
                DatabaseError
            ) as why:  # the database is away for a moment: what waits is sealed when it is back
                log.warning("the trail could not be sealed", why=str(why))
                connection.close()
    finally:
        connection.close()
