"""Run on its own, in the home of a demo: empty each table in a transaction and see whether the check notices.

Prints a JSON object: table → the first fault, "" where nothing was said. Asked is only what reads the table: which asks do, a
first pass without any harm has seen. The transaction is rolled back; nothing in the home changes.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMED = re.compile(r'"([a-z_]+)"')


def main(home: Path) -> dict[str, str]:
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if _holds_rows(cursor, name)]
    from wangge.entry.demo.check.known import Known

    known = Known.read(home)
    readers = _readers(home, known, set(tables))
    return {table: _fault(home, known, table, readers.get(table, set())) for table in sorted(tables)}


def _holds_rows(cursor, table: str) -> bool:
    cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
    return cursor.fetchone() is not None


def _readers(home: Path, known, tables: set[str]) -> dict[str, set[tuple[str, str]]]:
    """Table → (account, key) of the asks that read it."""
    from django.db import connection

    from wangge.entry.demo.check import run

    found: dict[str, set[tuple[str, str]]] = {}
    asking = run.one_ask

    def watched(client, account, ask, known):
        if not run._may(account, ask.permission):
            return  # refused before any row is read; that it is, `check` itself asks when the demo is built

        def note(execute, sql, params, many, context):
            for table in tables & set(NAMED.findall(sql)):
                found.setdefault(table, set()).add((account.username, ask.key))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            faults = list(asking(client, account, ask, known))
        yield from faults

    run.one_ask = watched
    try:
        with undone():
            faults = list(run.faults(home, known=known, password=False))
    finally:
        run.one_ask = asking
    assert not faults, faults
    return found


def _fault(home: Path, known, table: str, readers: set[tuple[str, str]]) -> str:
    from django.db import connection

    from wangge.entry.demo.check import run

    if not readers:
        return ""
    with undone():
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}"')
        return next(run.faults(home, known=known, only=frozenset(readers), password=False), "")
    return ""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


if __name__ == "__main__":
    os.environ.update(WANGGE_HOME=sys.argv[1], WANGGE_DEMO="1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.entry.site.settings")
    print(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
