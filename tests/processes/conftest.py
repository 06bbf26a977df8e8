"""A demo served as in production: two processes that serve and two that do the jobs, on one database."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from visitor import Visitor

from tests import databases, standing
from tools.screens.serving import free_port

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
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def house(built_demo, tmp_path_factory):
    """Served until the module is over."""
    home = databases.copied(built_demo / standing.PRISTINE, tmp_path_factory.mktemp("house") / "home")
    port = free_port()
    house = House(home, f"http://127.0.0.1:{port}")
    with ExitStack() as running:
        running.enter_context(house.started("serve", "--port", str(port), "--workers", "2"))
        running.enter_context(house.started("work"))
        _wait(port)
        yield house


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the house doesn't answer")
