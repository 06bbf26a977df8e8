"""Single rows by statements that are composed once.

Django composes the text of a statement anew every time; for one wide row that takes three to ten times as long as running
it. Acts that everybody does all day (a step of a case, its audit row) go through here instead. Values are converted by the
models' own fields. Signals are not sent, and nothing here knows which database it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

PLAIN = frozenset(
    {
        models.TextField, models.CharField, models.IntegerField, models.SmallIntegerField, models.BigIntegerField,
        models.PositiveIntegerField, models.PositiveSmallIntegerField, models.BooleanField, models.FloatField,
        models.ForeignKey,
    }
)  # fmt: skip
"""Fields whose values the database takes as they are."""
_AS_THEY_ARE = frozenset({str, int, bool, float, type(None)})

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any, Any, Any], Any]


def get(model: type[M], field: str, value: object, *, lock: bool = False) -> M | None:
    """The row whose unique ``field`` has this value, or None; locked until the transaction ends, where asked."""
    of = model._meta.get_field(field)
    with connection.cursor() as cursor:
        cursor.execute(
            _selecting(model, field, lock and connection.features.has_select_for_update), [_stored(of, value)]
        )
        found = cursor.fetchone()
    if found is None:
        return None
    names, readers = _reading(model)
    values = [_read(value, readers[at]) if at in readers else value for at, value in enumerate(found)]
    return model.from_db(connection.alias, names, values)


def follow(row: models.Model, name: str) -> None:
    """Fetch the row that a foreign key means, so that asking for it later needs no statement."""
    key = row._meta.get_field(name)
    value = getattr(row, key.attname)  # type: ignore[union-attr]
    if value is not None and not key.is_cached(row):  # type: ignore[union-attr]
        setattr(row, name, get(key.related_model, "id", value))  # type: ignore[arg-type]


def insert(row: models.Model) -> None:
    """Write a new row; its key is set."""
    fields = _written(type(row))
    with connection.cursor() as cursor:
        cursor.execute(_inserting(type(row)), [_stored(one, one.pre_save(row, True)) for one in fields])
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def update(
    row: models.Model, changes: Mapping[str, Any], *, only_if: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a row and of the instance; False, and nothing is changed, if the row isn't ``only_if`` says.

    Names are those of columns (``of_class_id`` for a key).
    """
    condition = dict(only_if or {})
    parameters = [
        *(_stored(_field(type(row), name), value) for name, value in changes.items()), row.pk,
        *(_stored(_field(type(row), name), value) for name, value in condition.items()),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_updating(type(row), tuple(changes), tuple(condition)), parameters)
        if not cursor.rowcount:
            return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True


def _stored(field: Any, value: Any) -> Any:  # noqa: ANN401 - any field, any value
    if type(field) in PLAIN and type(value) in _AS_THEY_ARE:
        return value
    return field.get_db_prep_save(value, connection)


def _read(value: Any, readers: Sequence[Convert]) -> Any:  # noqa: ANN401
    for one in readers:
        value = one(value, None, connection)
    return value


@lru_cache(maxsize=256)
def _field(model: type[models.Model], attname: str) -> Any:  # noqa: ANN401
    return next(one for one in model._meta.concrete_fields if one.attname == attname)


@lru_cache(maxsize=64)
def _written(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not one.primary_key]


@lru_cache(maxsize=64)
def _reading(model: type[models.Model]) -> tuple[list[str], dict[int, list[Convert]]]:
    """Names of the columns, and how those that need it are read."""
    fields = model._meta.concrete_fields
    readers = {}
    for at, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        found = connection.ops.get_db_converters(column) + field.get_db_converters(connection)
        if found:
            readers[at] = found
    return [one.attname for one in fields], readers


@lru_cache(maxsize=64)
def _selecting(model: type[models.Model], field: str, lock: bool) -> str:
    columns = ", ".join(_quoted(one.column) for one in model._meta.concrete_fields)
    where = _quoted(model._meta.get_field(field).column)  # type: ignore[union-attr]
    return f"SELECT {columns} FROM {_table(model)} WHERE {where} = %s{' FOR UPDATE' if lock else ''}"  # noqa: S608 - quoted


@lru_cache(maxsize=64)
def _inserting(model: type[models.Model]) -> str:
    columns = [_quoted(one.column) for one in _written(model)]
    places = ", ".join(["%s"] * len(columns))
    return (
        f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES ({places}) "  # noqa: S608 - quoted
        f"RETURNING {_quoted(model._meta.pk.column)}"
    )


@lru_cache(maxsize=512)
def _updating(model: type[models.Model], names: tuple[str, ...], condition: tuple[str, ...]) -> str:
    sets = ", ".join(f"{_quoted(_field(model, name).column)} = %s" for name in names)
    also = "".join(f" AND {_quoted(_field(model, name).column)} = %s" for name in condition)
    return f"UPDATE {_table(model)} SET {sets} WHERE {_quoted(model._meta.pk.column)} = %s{also}"  # noqa: S608 - quoted


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str | None) -> str:
    """A column's name in the database's quotes; concrete fields, the only ones asked here, all have one."""
    return connection.ops.quote_name(name or "")
