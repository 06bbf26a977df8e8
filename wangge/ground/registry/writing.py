"""Reading and writing many rows of the registry at once, as the database holds them.

Django's ``bulk_update`` builds one CASE expression a row and column, and its rows convert value by value; for a thousand wide
rows that alone takes longer than a write transaction may. Here it is one prepared statement for each set of columns, and a
whole column is sealed, unsealed or converted at once. Names are quoted by Django; nothing here knows which database it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from wangge.ground.registry.values import SEALED, context_of
from wangge.platform.elements.registry import element
from wangge.platform.stores.rows import PLAIN
from wangge.platform.stores.sealing import unseal_column


def update(
    model: type[models.Model], rows: Iterable[tuple[int, Mapping[str, Any]]], *, ready: Collection[str] = ()
) -> None:
    """Set columns of rows by key: (key, {field name: value}). Values of ``ready`` fields are in the database's form already."""
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    for key, values in rows:
        if values:
            by_columns.setdefault(tuple(values), []).append([*values.values(), key])
    for names, parameters in by_columns.items():
        sets = ", ".join(f"{_column(model, name)} = %s" for name in names)
        _run(f"UPDATE {_table(model)} SET {sets} WHERE id = %s", model, names, parameters, ready)  # noqa: S608 - quoted


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows with these fields; columns not named must be nullable."""
    columns = ", ".join(_column(model, name) for name in names)
    places = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})"  # noqa: S608 - quoted
    _run(statement, model, names, [list(row) for row in rows], ())


def delete(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Take away the rows that have these values in these fields; nothing that refers to them is looked for."""
    where = " AND ".join(f"{_column(model, name)} = %s" for name in names)
    _run(f"DELETE FROM {_table(model)} WHERE {where}", model, names, [list(row) for row in rows], ())  # noqa: S608 - quoted


def select(
    model: type[models.Model], names: Sequence[str], where: str, keys: Collection[Any]
) -> list[tuple[Any, ...]]:
    """These columns of the rows whose ``where`` is one of the keys, locked where the database locks rows; not converted."""
    if not keys:
        return []
    columns = ", ".join(_column(model, name) for name in names)
    lock = " ORDER BY id FOR UPDATE" if connection.features.has_select_for_update else ""
    asked = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {_table(model)} WHERE {_column(model, where)} IN ({asked}){lock}",  # noqa: S608 - quoted
            [uid_in(key) if isinstance(key, UUID) else key for key in keys],
        )
        return cursor.fetchall()


def converted(code: str, column: Sequence[Any]) -> list[Any]:
    """A column of an element as Python holds it."""
    if code in SEALED:
        return unseal_column([None if one is None else bytes(one) for one in column], context_of(code))
    convert = _CONVERT.get(element(code).kind)
    return [None if one is None else convert(one) for one in column] if convert else list(column)


def uid_in(uid: UUID) -> Any:  # noqa: ANN401 - what the database takes
    """An id as the database takes it."""
    return uid if connection.features.has_native_uuid_field else uid.hex


def uid_out(value: Any) -> str:  # noqa: ANN401 - what the database gives
    """An id as the database gives it, as text: 32 digits on SQLite, a UUID elsewhere."""
    text = str(value)
    return text if len(text) == 36 else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _date(value: Any) -> date:  # noqa: ANN401
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime:  # noqa: ANN401
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


_CONVERT: dict[str, Callable[[Any], Any]] = {"date": _date, "yes_no": bool, "timestamp": _moment}


def _run(
    statement: str,
    model: type[models.Model],
    names: Sequence[str],
    rows: list[list[Any]],
    ready: Collection[str],
) -> None:
    if not rows:
        return
    for at, name in enumerate(names):
        field = model._meta.get_field(name)
        if name not in ready and type(field) not in PLAIN:
            for row in rows:
                row[at] = field.get_db_prep_save(row[at], connection)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(model._meta.get_field(name).column)  # type: ignore[union-attr, arg-type]
