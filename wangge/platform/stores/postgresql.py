"""What only PostgreSQL can do. Nothing else in the house knows which database it stands on but by asking here.

Each of these may be missing: on a database that has none of it the house does the same, by being the only writer (SQLite) or
more slowly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.checks import CheckMessage, Error
from django.db import connection, connections

STEADY = ("C", "POSIX", "C.UTF-8", "C.utf8", "ucs_basic")
"""Collations that sort by the characters' numbers, as SQLite and Python do: codes are looked up by ranges."""
OLDEST = 140000


class Unreachable(Exception):  # noqa: N818
    """A database doesn't answer, or doesn't let us in; the message is its own."""


def here() -> bool:
    """Whether this installation stands on PostgreSQL."""
    return connection.vendor == "postgresql"


def alone(name: str) -> None:
    """Wait until nobody else holds the lock of this name, and hold it until the transaction ends.

    For what is looked at before something is written that isn't there yet, so that no row can be locked for it. Where writers
    are serial anyway (SQLite) there is nothing to wait for.
    """
    if here():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def analyze() -> None:
    """Let the database look at what its tables hold. It does so by itself, but only a while after much was loaded at once."""
    if here():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def lax() -> Iterator[None]:
    """This connection's commits don't wait for the disk: a power cut may take the last of them, never a part of one."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")


def fit(databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """A system check: what would make the house answer wrongly is said before it does (``manage check``, ``migrate``)."""
    return [
        fault
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for fault in _faults(alias)
    ]


def _faults(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datcollate, current_database()"
            " FROM pg_database WHERE datname = current_database()"
        )
        version, encoding, collation, name = cursor.fetchone()
    faults: list[CheckMessage] = []
    if version < OLDEST:
        faults.append(
            Error(f"PostgreSQL 14 or newer is needed; this is {version // 10000}.", id="stores.E001")
        )
    if encoding != "UTF8" or collation not in STEADY:
        faults.append(
            Error(
                f"The database {name} is {encoding} and sorts by {collation}: codes are looked up by ranges of characters.",
                hint=f"Make it anew:  createdb --template template0 --encoding UTF8 --locale C.UTF-8 {name}",
                id="stores.E002",
            )
        )
    return faults


def tables(address: str) -> list[str]:
    """The names of all tables at an address that needn't be this installation's. Raises ``Unreachable``."""
    return [
        name
        for (name,) in _asked(
            address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
    ]


def clear(address: str) -> None:
    """Take away everything that stands in the database at an address. Raises ``Unreachable``."""
    _asked(address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _asked(address: str, statement: str) -> list[tuple[str, ...]]:
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else []
    except psycopg.Error as why:
        raise Unreachable(str(why).strip()) from None
