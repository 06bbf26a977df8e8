"""Moving what an installation holds from one database to another, table by table, and proving that it arrived.

Values go over as they are stored (what is sealed stays sealed), read by the backend's own converters. A table's digest is SHA-256
over its rows in the order of their keys, each written in one way whatever the database; both sides are read for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import islice
from typing import Any

import psycopg
from django.apps import apps
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

AT_ONCE = 2000
NOTES = "moving_table"
"""In the target while data are moved: which tables are there, and what they held."""

Progress = Callable[[str, int, int], None]
"""Called with a table's name, how many of its rows went over, and of how many."""
Row = tuple[Any, ...]


class CantMove(Exception):  # noqa: N818
    """Something can't be kept by the other database; the message says which table and why. The source is as it was."""


@dataclass(frozen=True)
class Table:
    """One table as Django knows it."""

    name: str
    fields: tuple[models.Field[Any, Any], ...]
    key: str

    @property
    def columns(self) -> list[str]:
        """Names of its columns."""
        return [str(one.column) for one in self.fields]


@dataclass(frozen=True)
class Held:
    """What a table holds: how many rows, and their digest."""

    rows: int
    digest: str


def tables() -> list[Table]:
    """All tables of the house, each behind those that its rows point at. Raises ``graphlib.CycleError`` if there is no such order."""
    every = {
        one._meta.db_table: one
        for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy
    }
    order = TopologicalSorter({name: _points_at(model) - {name} for name, model in sorted(every.items())})
    return [_table(every[name]) for name in order.static_order()]


def _points_at(model: type[models.Model]) -> set[str]:
    return {one.related_model._meta.db_table for one in model._meta.concrete_fields if one.is_relation}  # type: ignore[union-attr]


def _table(model: type[models.Model]) -> Table:
    return Table(model._meta.db_table, tuple(model._meta.concrete_fields), str(model._meta.pk.column))


def strangers(source: str, known: Sequence[Table]) -> list[str]:
    """Tables of the source that no room owns: they wouldn't go over."""
    held = set(connections[source].introspection.table_names()) - {"django_migrations", "sqlite_sequence"}
    return sorted(held - {one.name for one in known})


def held(alias: str, table: Table) -> Held:
    """Read a whole table for its digest."""
    kind, count = hashlib.sha256(), 0
    for row in _rows(connections[alias], table):
        kind.update(_written(table, row))
        count += 1
    return Held(count, kind.hexdigest())


def move(source: str, target: str, some: Sequence[Table], progress: Progress) -> dict[str, Held]:
    """Copy tables that follow each other; the target's are emptied first. Returns what went over of each.

    Each table is one transaction with its note, so that a move that broke off goes on behind the last that arrived.
    Raises ``CantMove``.
    """
    with connections[target].cursor() as cursor:
        if some:
            names = ", ".join(_quoted(target, one.name) for one in some)
            cursor.execute(f"TRUNCATE {names} CASCADE")
    return {one.name: _move(source, target, one, progress) for one in some}


def _move(source: str, target: str, table: Table, progress: Progress) -> Held:
    kind, count, total = hashlib.sha256(), 0, _count(source, table)
    rows = _rows(connections[source], table)
    columns = ", ".join(_quoted(target, one) for one in table.columns)
    try:
        with transaction.atomic(using=target), connections[target].cursor() as cursor:
            with cursor.cursor.copy(f"COPY {_quoted(target, table.name)} ({columns}) FROM STDIN") as copy:
                while some := list(islice(rows, AT_ONCE)):
                    for row in some:
                        kind.update(_written(table, row))
                        copy.write_row(row)
                    count += len(some)
                    progress(table.name, count, total)
            _continue_counting(source, target, table)
            found = Held(count, kind.hexdigest())
            cursor.execute(f"DELETE FROM {NOTES} WHERE name = %s", [table.name])  # noqa: S608 - names are ours
            cursor.execute(f"INSERT INTO {NOTES} VALUES (%s, %s, %s)", [table.name, found.rows, found.digest])  # noqa: S608 - names are ours
    except (DatabaseError, psycopg.Error, ValueError) as why:
        raise CantMove(
            f"{table.name}, among rows {count + 1} to {count + AT_ONCE}: {str(why).strip()}"
        ) from why
    return found


def noted(target: str) -> dict[str, Held]:
    """What an earlier move that broke off brought over, by table; the place for such notes is made if there is none."""
    with connections[target].cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {NOTES} (name text PRIMARY KEY, rows bigint, digest text)"
        )
        cursor.execute(f"SELECT name, rows, digest FROM {NOTES}")  # noqa: S608 - names are ours
        return {name: Held(rows, digest) for name, rows, digest in cursor.fetchall()}


def forget_notes(target: str) -> None:
    """The move is over."""
    with connections[target].cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {NOTES}")


def still_to_move(source: str, some: Sequence[Table], there: Mapping[str, Held]) -> list[Table]:
    """The tables behind the last that arrived and is still what the source holds."""
    for at, one in enumerate(some):
        if one.name not in there or held(source, one) != there[one.name]:
            return list(some[at:])
    return []


def _count(alias: str, table: Table) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_quoted(alias, table.name)}")  # noqa: S608 - names are ours
        return int(cursor.fetchone()[0])


def _rows(connection: BaseDatabaseWrapper, table: Table) -> Iterator[Row]:
    """All rows in the order of their keys, as the backend gives them to Django, before any field looks at them."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(one) for one in table.columns)
    meant = [one.get_col(table.name) for one in table.fields]
    ways = [(at, one, way) for at, one in enumerate(meant) for way in connection.ops.get_db_converters(one)]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}")  # noqa: S608 - names are ours
        while some := cursor.fetchmany(AT_ONCE):
            for row in some:
                values = list(row)
                for at, one, way in ways:
                    values[at] = way(values[at], one, connection)
                yield tuple(values)


def _written(table: Table, row: Row) -> bytes:
    said = [
        _one_way(json.loads(value))
        if value is not None and isinstance(field, models.JSONField)
        else _said(value)
        for field, value in zip(table.fields, row, strict=True)
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _said(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case Decimal():
            return format(value.normalize(), "f")
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _one_way(value: Any) -> Any:
    """JSON's numbers in one way: PostgreSQL keeps 1e22 as an integer."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _one_way(one) for name, one in value.items()}
    return [_one_way(one) for one in value] if isinstance(value, list) else value


def _continue_counting(source: str, target: str, table: Table) -> None:
    """The next key that is given out was never given out before, not even to a row that is gone."""
    key = next(one for one in table.fields if one.column == table.key)
    if not isinstance(key, models.AutoField):
        return
    with connections[source].cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        given_out = cursor.fetchone()
    if given_out and given_out[0]:
        with connections[target].cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [_quoted(target, table.name), table.key, given_out[0]],
            )


def _quoted(alias: str, name: str) -> str:
    return str(connections[alias].ops.quote_name(name))
