"""Which database an installation stands on: SQLite in its own folder, or PostgreSQL by one setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ENGINES = {
    "django.db.backends.sqlite3": "sqlite",
    "django.db.backends.postgresql": "postgresql",
}
FILE = "wangge.sqlite3"
EXPECTED = "postgresql://user:password@host:5432/name"
KEPT = "database-url"
"""Below an installation's home: the address of its database, where the environment doesn't name one. It may hold a password."""


def address_of(home: Path) -> str:
    """``WANGGE_DATABASE_URL``, else what the installation keeps for itself, else nothing: SQLite in ``home``."""
    return os.environ.get("WANGGE_DATABASE_URL", "") or kept(home)


def kept(home: Path) -> str:
    """The address that the installation keeps for itself, or nothing."""
    try:
        return (home / KEPT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def keep(home: Path, address: str) -> None:
    """Let the installation remember the address of its database; nobody else may read it."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(
        os.open(home / KEPT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(f"{address}\n")


def told(address: str) -> str:
    """An address as it may be shown: without its password. Nothing is SQLite."""
    if not address:
        return "SQLite"
    split = urlsplit(address)
    if split.password is None:
        return address
    return address.replace(f":{split.password}@", ":…@", 1)


def configured(home: Path) -> dict[str, Any]:
    """Django's settings of the database. Raises ``ImproperlyConfigured`` for an address that can't be meant."""
    address = address_of(home)
    return at(address) if address else _sqlite(home)


def at(address: str) -> dict[str, Any]:
    """Django's settings of a PostgreSQL database. Raises ``ImproperlyConfigured`` for an address that can't be meant."""
    try:
        found = dict(dj_database_url.parse(address, conn_max_age=600, conn_health_checks=True))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as why:
        raise ImproperlyConfigured(
            f"The address of the database, {told(address)!r}, can't be read ({why}). Expected: {EXPECTED}. "
            f"It stands in WANGGE_DATABASE_URL, else in the file {KEPT} of WANGGE_HOME."
        ) from None
    if ENGINES.get(str(found["ENGINE"])) != "postgresql" or not found["NAME"]:
        raise ImproperlyConfigured(
            f"The address of the database is {told(address)!r}; expected: {EXPECTED}. For SQLite in WANGGE_HOME leave "
            f"WANGGE_DATABASE_URL empty and take away the file {KEPT}."
        )
    return found


def _sqlite(home: Path) -> dict[str, Any]:
    # Names, addresses and sessions stand in the database in clear: it is its owner's, whatever the umask is. SQLite gives
    # its log the mode of the database.
    os.close(os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / FILE,
        "OPTIONS": {
            # DEFERRED transactions fail as "locked" when a reader turns writer; IMMEDIATE ones wait their turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL on every connection: NORMAL loses acknowledged writes in a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
            # What is erased must be gone: without it a blanked key survives in free pages.
            "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;",
        },
        "CONN_MAX_AGE": 600,
    }
