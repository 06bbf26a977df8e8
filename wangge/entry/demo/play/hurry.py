"""Building in a hurry: a demo that isn't finished is thrown away, so its writes need not survive a power cut one by one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from wangge.platform.stores import postgresql

LAX = (
    "PRAGMA synchronous=OFF",
    "PRAGMA secure_delete=OFF",
    "PRAGMA cache_size=-262144",
    "PRAGMA wal_autocheckpoint=20000",
)
SELDOM = (100_000, 50, 100)
"""Thresholds of the garbage collector: by default it looks through everything that was loaded thousands of times."""


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """This connection doesn't wait for the disk. Afterwards all is written out, and the next connection is strict again."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        with postgresql.lax() if postgresql.here() else _lax():
            yield
    finally:
        gc.set_threshold(*usual)
    connection.close()


@contextmanager
def _lax() -> Iterator[None]:
    with connection.cursor() as cursor:
        for line in LAX:
            cursor.execute(line)
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
