"""Many rows of one model: made ready outside a transaction, written inside it in one go.

``bulk_create`` compiles each value again while the writer's lock is held; for a wide table that is most of its time.
Here the lock is held for the INSERT alone. Plain SQL that every database understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

FEW = 64
"""Different values of a column that are remembered in the form that the database takes."""


class Prepared:
    """Rows of a model as the database takes them, from mappings of column attributes (``of_class_id``) to values.

    What a mapping leaves out has the field's default. ``column`` fills in what is known only inside the transaction.
    """

    def __init__(self, model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
        self.model = model
        self.fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._seen: list[dict[Any, Any]] = [{} for _ in self.fields]
        self.rows = [self._row(row) for row in rows]

    def column(self, name: str, values: Sequence[Any]) -> None:
        """Set one column of all rows."""
        place = next(i for i, field in enumerate(self.fields) if field.attname == name)
        for row, value in zip(self.rows, values, strict=True):
            row[place] = self._ready(place, value)

    def insert(self) -> None:
        """Write the rows; call inside a transaction."""
        quoted = connection.ops.quote_name
        names = ", ".join(quoted(str(field.column)) for field in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {quoted(self.model._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608
                self.rows,
            )

    def _row(self, row: Mapping[str, Any]) -> list[Any]:
        return [
            self._ready(place, row[field.attname] if field.attname in row else field.get_default())
            for place, field in enumerate(self.fields)
        ]

    def _ready(self, place: int, value: Any) -> Any:  # noqa: ANN401 - values of any column
        """Most columns of an import hold few different values: each is made ready once."""
        seen = self._seen[place]
        if value in seen:
            return seen[value]
        ready = self.fields[place].get_db_prep_save(value, connection)
        if len(seen) < FEW:
            seen[value] = ready
        return ready
