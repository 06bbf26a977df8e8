"""Room `stores`: a file stands under its name only when it is whole.

It is written into the subfolder `aside`, synced, and renamed. What a killed writer leaves there, and whole
files that no row of the database names, `sweep` removes once they are older than a grace.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BufferedRandom
from pathlib import Path

from wangge.platform.clock import clock

ASIDE = "aside"


@contextmanager
def placed(path: Path) -> Iterator[BufferedRandom]:
    """Yield a handle to write the whole file to; it gets its name when the body ends without an error.

    The file is the owner's alone (0600). When the body raises, nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.parent / ASIDE / path.name
    aside.parent.mkdir(exist_ok=True, mode=0o700)
    descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w+b") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        aside.rename(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def sweep(folder: Path, keep: Callable[[str], bool], grace: timedelta) -> list[str]:
    """Remove unfinished files, and finished ones that `keep` (asked by name) gives up; return their names.

    Nothing younger than `grace` is touched, by the machine's time as files are: a file is placed before the
    row that names it commits, and a demonstration's moved clock must not make it look old.
    """
    limit = (clock.real_now() - grace).timestamp()
    unfinished = [(path, False) for path in (folder / ASIDE).glob("*")]
    finished = [(path, keep(path.name)) for path in folder.glob("*") if path.is_file()]
    removed = []
    for path, kept in unfinished + finished:
        if not kept and _modified(path) < limit:
            path.unlink(missing_ok=True)
            removed.append(path.name)
    return removed


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # its writer has just finished or given up
        return float("inf")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
