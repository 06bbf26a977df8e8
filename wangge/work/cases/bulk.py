"""Many rows of one model: made ready outside a transaction, written inside it in one go.

``bulk_create`` compiles each value again while the writer's lock is held; for a wide table that is most of its time.
Here the lock is held for the INSERT alone. Plain SQL that every database understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


class Prepared:
    """Rows of a model as the database takes them; ``column`` fills in what is known only inside the transaction."""

    def __init__(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        self.model = model
        self.fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        known: list[dict[Any, Any]] = [{} for _ in self.fields]
        self.rows = [
            [self._ready(field, getattr(row, field.attname), seen) for field, seen in zip(self.fields, known, strict=True)]
            for row in rows
        ]  # fmt: skip

    def column(self, name: str, values: Sequence[Any]) -> None:
        """Set one column of all rows."""
        place = next(i for i, field in enumerate(self.fields) if name in (field.name, field.attname))
        for row, value in zip(self.rows, values, strict=True):
            row[place] = self.fields[place].get_db_prep_save(value, connection)

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

    @staticmethod
    def _ready(field: Any, value: Any, seen: dict[Any, Any]) -> Any:  # noqa: ANN401 - values of any column
        """Most columns of an import hold few different values: each is made ready once."""
        if value in seen:
            return seen[value]
        ready = field.get_db_prep_save(value, connection)
        if len(seen) < 64:
            seen[value] = ready
        return ready
