"""``wangge move-data --to ADDRESS``: move an installation from SQLite to PostgreSQL.

Stop the installation first. Everything is copied table by table, counted and hashed on both sides; only when all of it is equal
the installation stands on PostgreSQL. A move that was interrupted goes on where it was when the command is given again. The
SQLite database is not changed; afterwards it lies aside, to be taken away when the new one has been backed up.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wangge.platform.stores import database, postgresql

if TYPE_CHECKING:
    from wangge.entry.jobs.moving import Held, Table

SOURCE, TARGET = "default", "target"
ASIDE = f"{database.FILE}.moved"


def main(argv: list[str]) -> int:
    """Entry point of the command: 0 if all was moved and proved, 1 if not, 2 if it can't begin."""
    parser = argparse.ArgumentParser(
        prog="wangge move-data", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--to", required=True, metavar="ADDRESS", help=f"an empty database: {database.EXPECTED}"
    )
    parser.add_argument("--folder", help="the installation (default: WANGGE_HOME or ./var)")
    options = parser.parse_args(argv)

    from django.conf import settings

    home: Path = settings.WANGGE_HOME
    refused = _refused(home, options.to)
    if refused:
        print(f"wangge move-data: {refused}", file=sys.stderr)
        return 2
    import django

    django.setup()
    return _moved(home, options.to)


def _refused(home: Path, address: str) -> str:
    """Why it can't begin; empty if it can."""
    if database.address_of(home):
        return f"this installation stands on {database.told(database.address_of(home))}. Only SQLite can be moved."
    if not (home / database.FILE).stat().st_size:
        return f"{home} holds no installation. Name one with --folder."
    try:
        there = postgresql.tables(address)
    except postgresql.Unreachable as why:
        return f"{database.told(address)} can't be reached: {why}"
    from wangge.entry.jobs.moving import NOTES

    if there and NOTES not in there:
        return (
            f"{database.told(address)} holds tables ({there[0]} and {len(there) - 1} more). Make an empty database with createdb, "
            "and name it with --to."
        )
    return ""


def _moved(home: Path, address: str) -> int:
    """Copy, compare, and only then stand on the other database."""
    from django.db import connections, transaction

    from wangge.entry.jobs import moving

    _open_target(address)
    there = moving.noted(TARGET)
    every = moving.tables()
    refused = _unfit(every)
    if refused:
        print(refused, file=sys.stderr)
        return 2
    # Nobody writes to the source while it is read: writers wait, and give up in words.
    with transaction.atomic(using=SOURCE):
        try:
            gone_over = there | _copied(every, there)
        except moving.CantMove as why:
            print(
                f"wangge move-data: {why}\nNothing was changed here; what arrived is kept for the next try.",
                file=sys.stderr,
            )
            return 1
        differ = _differing(every, gone_over)
        if differ:
            print(f"{differ} tables differ: the installation stays on SQLite.", file=sys.stderr)
            return 1
        moving.forget_notes(TARGET)
        database.keep(home, address)
    connections.close_all()
    _put_aside(home)
    rows = sum(one.rows for one in gone_over.values())
    print(
        f"{len(every)} tables, {rows:,} rows: counts and hashes are equal. The installation stands on {database.told(address)}."
    )
    print(f"Its address is kept in {home / database.KEPT}; what it held before lies in {home / ASIDE}.")
    return 0


def _open_target(address: str) -> None:
    from django.db import connections

    connections.settings[TARGET] = connections.configure_settings(
        {SOURCE: connections[SOURCE].settings_dict, TARGET: database.at(address)}
    )[TARGET]


def _unfit(every: Sequence[Table]) -> str:
    """Why the two can't be one the copy of the other; the target's tables are made on the way. Empty if they can."""
    from django.core.management import CommandError, call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from wangge.entry.jobs import moving

    executor = MigrationExecutor(connections[SOURCE])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "Some tables are not today's yet. Type:  wangge manage migrate"
    strange = moving.strangers(SOURCE, every)
    if strange:
        return f"No room owns these tables: {', '.join(strange)}. Move them away first."
    try:
        call_command("migrate", database=TARGET, verbosity=0, interactive=False)
    except CommandError as why:
        return str(why)
    return ""


def _copied(every: Sequence[Table], there: Mapping[str, Held]) -> dict[str, Held]:
    """What went over of the tables that weren't there yet, with a bar on the error stream. Raises ``CantMove``."""
    from rich.console import Console
    from rich.progress import Progress

    from wangge.entry.jobs import moving

    with Progress(console=Console(stderr=True)) as bars:
        bar = bars.add_task("", total=None)

        def progress(name: str, done: int, total: int) -> None:
            bars.update(bar, description=name, completed=done, total=total)

        return moving.move(SOURCE, TARGET, moving.still_to_move(SOURCE, every, there), progress)


def _differing(every: Sequence[Table], gone_over: Mapping[str, Held]) -> int:
    """Read every table again on the other side, and tell how it compares; returns how many differ."""
    from wangge.entry.jobs import moving

    differ = 0
    for one in every:
        arrived = moving.held(TARGET, one)
        same = arrived == gone_over[one.name]
        differ += not same
        print(
            f"{one.name:<44}{arrived.rows:>12,}  {arrived.digest[:16]}  {'equal' if same else 'DIFFERS'}",
            flush=True,
        )
    return differ


def _put_aside(home: Path) -> None:
    (home / database.FILE).rename(home / ASIDE)
    for rest in ("-wal", "-shm"):
        (home / f"{database.FILE}{rest}").unlink(missing_ok=True)
