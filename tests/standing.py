"""A demo of a hamlet, built once for the whole run of the tests, however many processes share it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

from tests import databases

HOME, PRISTINE, LOCK = "home", "pristine", "lock"


def environment_of(home: Path) -> dict[str, str]:
    """What a process needs to stand in a demo's home, whatever the tests' own home is."""
    return databases.environment(home, WANGGE_DEMO="1")


def built(base: Path) -> Path:
    """The folder that holds the demo (``HOME``) and a copy that nobody ever opened (``PRISTINE``).

    Whoever comes first builds it; the others wait. ``WANGGE_STANDING_DEMO`` names a finished demo to copy instead: for whoever
    works on the browser tests and doesn't want to wait.
    """
    base.mkdir(exist_ok=True)
    with (base / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / PRISTINE).exists():
            given = os.environ.get("WANGGE_STANDING_DEMO")
            if given:
                databases.copied(Path(given), base / HOME)
            else:
                _build(base / HOME)
            databases.copied(base / HOME, base / "copying")
            (base / "copying").rename(base / PRISTINE)
    return base


def said_in(home: Path, script: Path) -> dict:
    """What a script that is run in a process of its own, in a demo's home, prints last: a JSON object."""
    command = [sys.executable, str(script), str(home)]
    run = subprocess.run(
        command, env=environment_of(home), capture_output=True, text=True, timeout=600, check=False
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def _build(home: Path) -> None:
    """As ``wangge demo`` builds it and finds it in order, in a process and a home of its own."""
    command = [
        sys.executable,
        "-m",
        "wangge.entry.site",
        "demo",
        "--size",
        "hamlet",
        "--check",
        "--folder",
        str(home),
    ]
    address = databases.empty(home.with_name("database"))
    if address:
        command += ["--database", address]
    run = subprocess.run(
        command, env=environment_of(home), capture_output=True, text=True, timeout=600, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
