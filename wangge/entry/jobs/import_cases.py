"""``wangge import-cases FILE --mapping M.yaml --folder DIR``: bring another system's past cases into an installation.

The whole file is read and checked first; a bad one is told row by row, and nothing is touched. What comes in is marked as
imported and never enters a rate. Run again, it brings only what isn't there yet. The last line counts.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from wangge.cores.tables.errors import RowError, TableError
from wangge.entry.jobs.case_files import BadRows, Brought, MappingWrong, read_cases, read_mapping
from wangge.platform.audit.actor import Actor

SHOWN = 100
"""Bad rows that are told one by one."""


def main(argv: list[str]) -> int:
    """Entry point of the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="wangge import-cases", description=__doc__)
    parser.add_argument("file", type=Path, help="the cases: csv, xlsx, GeoJSON or Parquet")
    parser.add_argument(
        "--mapping",
        type=Path,
        required=True,
        help="how to read it (docs/examples/la311.yaml explains each key)",
    )
    parser.add_argument("--folder", type=Path, help="the installation (default: WANGGE_HOME or ./var)")
    options = parser.parse_args(argv)
    try:
        brought = read_cases(options.file, read_mapping(options.mapping))
    except MappingWrong as wrong:
        return _refuse(str(wrong).splitlines(), 0)
    except (BadRows, TableError) as error:
        return _refuse(*_bad_rows(error.errors))
    print(f"{options.file.name}: {len(brought.cases):,} rows, all of them good", file=sys.stderr)
    if options.folder is not None:
        os.environ["WANGGE_HOME"] = str(options.folder)
    return _bring(brought)


def _bring(brought: Brought) -> int:
    _prepare()
    from rich.console import Console
    from rich.progress import Progress

    from wangge.platform.access import actors
    from wangge.work.cases import actions

    by = actors.system("importer")
    departments = _make_departments(brought, by)
    classes = actions.import_classes(classes=brought.classes, by=by)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("importing", total=len(brought.cases))
        done = actions.import_rows(
            rows=brought.cases, by=by, progress=lambda n: bar.update(task, completed=n)
        )
    print(f"made {classes} classes and {departments} departments")
    backwards = sum(one.closed_at is not None and one.closed_at < one.reported_at for one in brought.cases)
    if backwards:
        print(f"closed before they were reported: {backwards}; both dates were kept as they were recorded")
    if done.known:
        print(f"there already: {done.known}")
    print(f"imported {done.imported}, without grid {done.without_grid}, refused 0")
    return 0


def _prepare() -> None:
    """An installation with today's tables; an empty folder becomes one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.entry.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _make_departments(brought: Brought, by: Actor) -> int:
    from wangge.platform.access import actions, queries

    known = {one.code for one in queries.departments(by)}
    fresh = {one.code: one for one in brought.departments if one.code not in known}
    for one in fresh.values():
        actions.add_department(code=one.code, name_zh=one.zh, name_en=one.en, by=by)
    return len(fresh)


def _bad_rows(errors: Iterable[RowError]) -> tuple[list[str], int]:
    """What is wrong, row by row up to ``SHOWN`` rows, and how many rows are bad."""
    by_row: dict[int | None, list[RowError]] = {}
    for one in errors:
        by_row.setdefault(one.row, []).append(one)
    lines = [str(one) for row in list(by_row)[:SHOWN] for one in by_row[row]]
    if len(by_row) > SHOWN:
        lines.append(f"… and {len(by_row) - SHOWN:,} more bad rows")
    return lines, sum(row is not None for row in by_row)


def _refuse(lines: list[str], refused: int) -> int:
    """Say why, and that nothing was done."""
    print("\n".join(lines), file=sys.stderr)
    print("Nothing was imported and nothing was changed. Correct this and try again.", file=sys.stderr)
    print(f"imported 0, without grid 0, refused {refused}")
    return 1
