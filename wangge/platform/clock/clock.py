"""Domain time.

Everything that the domain dates (cases, facts, grants, duties, deadlines) asks here. Sign-in sessions, leases and rate
limits run on real time (``real_now``): a demo that jumps a week ahead must not sign everybody out.

The clock moves in two ways. ``moved(at)`` moves it for the running context, as tests and the player of past days do;
``shift(by)`` moves it for a whole installation through a file in its home, and only where ``WANGGE_CLOCK_MOVABLE`` says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

FILE = "clock.json"
"""Below an installation's home: how far its clock is moved."""
_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)
_shift: tuple[float, timedelta] = (-1.0, timedelta(0))


class ClockFixed(RuntimeError):
    """Somebody tried to move the clock of an installation whose clock may not move."""


def real_now() -> datetime:
    """The machine's time, aware, in UTC. For sessions, leases and the second time in the audit trail."""
    return datetime.now(UTC)


def now() -> datetime:
    """Domain time, aware, in UTC."""
    fixed = _moved.get()
    if fixed is not None:
        return fixed
    return real_now() + _installation_shift()


def today() -> date:
    """The date that a wall calendar in the city shows."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on the city's wall clock."""
    return moment.astimezone(city_zone())


def city_zone() -> ZoneInfo:
    """The city's time zone (setting ``TIME_ZONE``)."""
    return ZoneInfo(settings.TIME_ZONE)


@contextmanager
def moved(at: datetime) -> Iterator[None]:
    """Fix domain time at ``at`` (aware) within this context; contexts nest."""
    if at.tzinfo is None:
        raise ValueError(
            "moved() needs an aware datetime, for instance datetime(2026, 7, 31, 10, tzinfo=city_zone())"
        )
    token = _moved.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def shift(by: timedelta) -> timedelta:
    """Move the installation's clock by ``by`` beyond where it stands; returns the whole shift.

    Raises ``ClockFixed`` unless ``WANGGE_CLOCK_MOVABLE`` is on (the demo).
    """
    if not settings.WANGGE_CLOCK_MOVABLE:
        raise ClockFixed("The clock of this installation can't be moved: WANGGE_CLOCK_MOVABLE is off.")
    whole = _installation_shift() + by
    aside = _file().with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps({"shift_seconds": whole.total_seconds()}), encoding="utf-8")
    aside.replace(_file())
    return whole


def _file() -> Path:
    return Path(settings.WANGGE_HOME) / FILE


def _installation_shift() -> timedelta:
    """The shift in the home's file; read again only when the file changed.

    This is asked thousands of times for one bundle of a grid: a path is not built anew each time.
    """
    global _shift
    if not settings.WANGGE_CLOCK_MOVABLE:
        return timedelta(0)
    try:
        changed = os.stat(f"{settings.WANGGE_HOME}/{FILE}").st_mtime_ns / 1e9
    except FileNotFoundError:
        return timedelta(0)
    if changed != _shift[0]:
        seconds = json.loads(_file().read_text(encoding="utf-8"))["shift_seconds"]
        _shift = (changed, timedelta(seconds=seconds))
    return _shift[1]
