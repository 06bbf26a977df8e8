"""Installations of one's own for what runs in processes of its own: on the same kind of database as the tests themselves.

On SQLite a home holds its database, and a copy of the folder is a copy of all. On PostgreSQL (``WANGGE_DATABASE_URL``) each home
has a database of its own on the same server and remembers its address; all of a run's go when the run is over.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from wangge.platform.stores import database

SERVER, RUN = "WANGGE_DATABASE_URL", "WANGGE_TEST_RUN"


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a process needs to stand in an installation's home, whatever the tests' own home and database are."""
    ours = {name: value for name, value in os.environ.items() if name != SERVER}
    return {
        **ours,
        "WANGGE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "wangge.entry.site.settings",
        **more,
    }


def empty(home: Path) -> str:
    """Give the installation that will stand in ``home`` an empty database; returns its address (nothing on SQLite)."""
    return _keep(home, _made())


def copied(source: Path, home: Path) -> Path:
    """A copy of an installation that nobody has open, with its database; returns ``home``."""
    shutil.copytree(source, home)
    address = database.kept(source)
    if address:
        _keep(home, _made(template=_name(address)))
    return home


def rows(home: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the database of an installation answers; a statement that answers nothing is carried out."""
    with closing(_connected(home)) as connection:
        cursor = connection.cursor()
        cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else []
        connection.commit()
    return [tuple(one) for one in found]


def drop_all() -> None:
    """Take away every database that this run made."""
    if not os.environ.get(SERVER):
        return
    with _server() as server:
        names = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_prefix()}%"]
        ).fetchall()
        for (name,) in names:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _connected(home: Path) -> Any:
    address = database.kept(home)
    if address:
        import psycopg

        return psycopg.connect(address)
    import sqlite3

    return sqlite3.connect(home / database.FILE, timeout=20)


def _keep(home: Path, address: str) -> str:
    if address:
        database.keep(home, address)
    return address


def _made(template: str = "template0") -> str:
    server = os.environ.get(SERVER, "")
    if not server:
        return ""
    name = f"{_prefix()}{uuid4().hex[:12]}"
    with _server() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _server() -> Any:
    import psycopg

    return psycopg.connect(os.environ[SERVER], autocommit=True)


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _prefix() -> str:
    return f"wangge_test_{os.environ[RUN]}_"
