"""Room `stores`: an index over a key that few rows have."""

from __future__ import annotations

from django.db import models


def rare(key: str, name: str) -> models.Index:
    """An index over a nullable foreign key, of the rows that have one; the key itself is declared ``db_index=False``.

    An index that also held the empty ones would be taken for "has none" by a database without statistics (SQLite before
    ANALYZE), which then reads nearly the whole table where another condition leaves a handful of rows.
    """
    return models.Index(fields=[key], condition=models.Q((f"{key}__isnull", False)), name=name)
