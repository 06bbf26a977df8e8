"""Writing many rows of the registry at once: one prepared statement for each set of columns.

Django's ``bulk_update`` builds one CASE expression a row and column; for a thousand wide rows that alone takes longer than a
write transaction may. Values go through the fields' own preparation (sealing, JSON, dates), column names through Django's
quoting; nothing here knows which database it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models


def update(model: type[models.Model], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Set columns of rows by key: (key, {field name: value})."""
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    for key, values in rows:
        if values:
            by_columns.setdefault(tuple(values), []).append([*values.values(), key])
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for names, parameters in by_columns.items():
            fields = _fields(model, names)
            sets = ", ".join(f"{quote(f.column)} = %s" for f in fields)
            statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s"  # noqa: S608 - quoted names
            _run(cursor, statement, fields, parameters)


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows with these fields; columns not named must be nullable."""
    quote = connection.ops.quote_name
    fields = _fields(model, names)
    columns = ", ".join(quote(f.column) for f in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        _run(
            cursor,
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608 - quoted names
            fields,
            rows,
        )


def _fields(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _run(cursor: Any, statement: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:  # noqa: ANN401
    prepare = [field.get_db_prep_save for field in fields]
    cursor.executemany(
        statement,
        [
            [*(p(v, connection) for p, v in zip(prepare, row, strict=False)), *row[len(fields) :]]
            for row in rows
        ],
    )
