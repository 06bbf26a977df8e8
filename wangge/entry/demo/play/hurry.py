"""Building in a hurry: a demo that isn't finished is thrown away, so its writes need not survive a power cut one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LAX = ("PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF", "PRAGMA cache_size=-262144")


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """This connection doesn't wait for the disk. Afterwards all is written out, and the next connection is strict again."""
    with connection.cursor() as cursor:
        for line in LAX:
            cursor.execute(line)
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
