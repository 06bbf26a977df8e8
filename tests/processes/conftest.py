"""A demo served as in production: two processes that serve and two that do the jobs, on one database."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from visitor import Visitor

from tests import databases, standing
from tools.screens.serving import answering, end, free_port

HERE = Path(__file__).parent
WANGGE = [sys.executable, "-m", "wangge.entry.site"]


@dataclass
class House:
    """Where it stands, and how to come in."""

    home: Path
    address: str

    def visitor(self, username: str = "") -> Visitor:
        """Somebody with a session of their own."""
        return Visitor(self.address, username)

    def rows(self, statement: str) -> list[tuple]:
        """What its database answers."""
        return databases.rows(self.home, statement)

    def environment(self) -> dict[str, str]:
        """That of its processes: no limit for one address, and the tests' own tasks."""
        return databases.environment(
            self.home, WANGGE_DEMO="1", WANGGE_LIMIT_REPORTS="", PYTHONPATH=str(HERE)
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command in another process."""
        return subprocess.run(
            [*WANGGE, *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def script(self, text: str) -> str:
        """What a script prints that runs inside the house, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{text}"],
            env=self.environment(), capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def started(self, *words: str):
        """A command that goes on until the end."""
        process = subprocess.Popen([*WANGGE, *words], env=self.environment(), stdout=subprocess.DEVNULL)
        try:
            yield process
        finally:
            end(process)


@pytest.fixture(scope="module")
def house(built_demo, tmp_path_factory):
    """Served until the module is over."""
    folder = tmp_path_factory.mktemp("house")
    port = free_port()
    house = House(
        databases.copied(built_demo / standing.PRISTINE, folder / "home"), f"http://127.0.0.1:{port}"
    )
    serve = [*WANGGE, "serve", "--port", str(port), "--workers", "2"]
    with answering(serve, port, log=folder / "log", env=house.environment()), house.started("work"):
        yield house
