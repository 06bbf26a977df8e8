"""The folder of a demo: whether it is finished, broken off, somebody's at this moment, or not a demo's at all.

While a demo is being built a marker stands in its folder and is locked. If the marker is there and nobody holds it, the build
was broken off: what it made is taken away and the build starts afresh. A folder that holds anything else is left alone.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from wangge.platform.stores import database, postgresql

FINISHED, BUILDING = "demo.json", "building"
TRUTH = {"entitlements.parquet", "people.parquet", "records.parquet", "twins.parquet"}
"""What a truth folder holds; one that holds anything else is nobody's to take away."""


class NotOurs(Exception):  # noqa: N818
    """The folder can't be used; the message says why and what to do."""


@dataclass(frozen=True)
class Finished:
    """What is known of a finished demo. ``opens`` is the moment at which its clock stood when it was finished."""

    seed: int
    size: str
    opens: str
    seconds: float

    @property
    def opens_at(self) -> datetime:
        """The same as a moment."""
        return datetime.fromisoformat(self.opens)


def truth_of(home: Path) -> Path:
    """The folder beside it into which the truth is written, and which nothing in the product opens again."""
    return home.with_name(f"{home.name}-truth")


def finished(home: Path) -> Finished | None:
    """What stands here, or None if no demo does. Raises ``NotOurs`` for a folder of something else."""
    try:
        return Finished(**json.loads((home / FINISHED).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        pass
    if home.exists() and not home.is_dir():
        raise NotOurs(f"{home} is a file. Choose another --folder.")
    if home.exists() and any(home.iterdir()) and not (home / BUILDING).exists():
        raise NotOurs(
            f"{home} holds something that is no demo. Choose another --folder, or empty this one yourself."
        )
    return None


@contextmanager
def building(home: Path, address: str = "") -> Iterator[None]:
    """Hold the folder while a demo is built in it; what an earlier build left behind is taken away first.

    ``address`` is that of an empty PostgreSQL database; without one it stands on SQLite in the folder.

    Raises ``NotOurs`` while another process builds here. The marker goes only when ``finish`` was called: a build that
    breaks off leaves it.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / BUILDING).open("a") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotOurs(
                f"Another process is building a demo in {home}. Wait for it, or choose another --folder."
            ) from None
        broken_off = database.kept(home)
        _clear(home)
        if address:
            database.keep(home, address)
            _room_in_database(address, ours=address == broken_off)
        yield


def _room_in_database(address: str, *, ours: bool) -> None:
    """Raises ``NotOurs`` for a database that can't be reached or holds anything; what a broken-off build left in it goes."""
    try:
        held = postgresql.tables(address)
        if held and ours:
            postgresql.clear(address)
    except postgresql.Unreachable as why:
        raise NotOurs(f"{database.told(address)} can't be reached: {why}") from None
    if held and not ours:
        raise NotOurs(
            f"{database.told(address)} holds tables ({held[0]} and {len(held) - 1} more). A demo is built in an empty database "
            "of its own: make one with createdb, and name it with --database."
        )


def stands_on(home: Path, address: str) -> None:
    """Raises ``NotOurs`` if a demo that stands was asked for on another database than its own."""
    if address and address != database.kept(home):
        raise NotOurs(
            f"The demo in {home} stands on {database.told(database.kept(home))}. Leave out --database (and WANGGE_DATABASE_URL), or choose another "
            "--folder."
        )


def finish(home: Path, about: Finished) -> None:
    """The demo stands: from now on it is used as it is."""
    aside = home / f"{FINISHED}.new"
    aside.write_text(json.dumps(asdict(about)), encoding="utf-8")
    aside.replace(home / FINISHED)
    (home / BUILDING).unlink()


def _clear(home: Path) -> None:
    for path in home.iterdir():
        if path.name != BUILDING:
            _remove(path)
    truth = truth_of(home)
    if truth.is_dir():
        strange = sorted({path.name for path in truth.iterdir()} - TRUTH)
        if strange:
            raise NotOurs(
                f"{truth} holds {strange[0]}, which no demo made. Move it away, or choose another --folder."
            )
        _remove(truth)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
