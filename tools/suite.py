"""Run the tests the way `./run test` promises: in parallel when the whole suite is asked for, and a last line that counts.

``--database postgresql`` runs them on PostgreSQL: on the server that ``WANGGE_DATABASE_URL`` names, else on one of the run's own.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tools import postgres

KINDS = ("sqlite", "postgresql")
ADDRESS = "WANGGE_DATABASE_URL"


def main(arguments: list[str]) -> int:
    """Pass the arguments on to pytest; the whole, and folders, are run by several processes."""
    kind, rest = _database(arguments)
    if kind not in KINDS:
        print(f"./run test: there is no database {kind!r}; there are {' and '.join(KINDS)}.", file=sys.stderr)
        return 2
    if kind == "sqlite":
        os.environ.pop(ADDRESS, None)
        return _run(rest)
    if os.environ.get(ADDRESS):
        return _run(rest)
    # Whoever stops the run stops its cluster, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with postgres.cluster() as address:
            os.environ[ADDRESS] = address
            return _run(rest)
    except postgres.Missing as why:
        print(f"./run test: {why}", file=sys.stderr)
        return 2


def _database(arguments: list[str]) -> tuple[str, list[str]]:
    """The kind of database asked for, and the other arguments."""
    if "--database" not in arguments:
        return KINDS[0], arguments
    at = arguments.index("--database")
    return (arguments[at + 1] if at + 1 < len(arguments) else ""), [*arguments[:at], *arguments[at + 2 :]]


def _run(arguments: list[str]) -> int:
    if all(Path(one).is_dir() for one in arguments):
        # Where browsers are among it, one more than there are processors: such a test waits for its browser half of its time.
        browsers = not arguments or any("browser" in (Path(one).name, *os.listdir(one)) for one in arguments)
        workers = str(min(4, os.cpu_count() or 1) + browsers)
        # A file stays in one process: the tests of a file in tests/browser are one story. (`loadgroup` does nothing under pytest 9:
        # xdist 3.8 writes the group into an attribute that pytest no longer reads.)
        # The longest files come first (`tests/conftest.py`), and so nobody waits for one of them at the end.
        arguments = [*arguments, "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    return int(pytest.main(arguments))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
