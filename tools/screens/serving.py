"""A demo served for a while: by the product's own command, in a process of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 60.0
ANOTHER_S = ("WANGGE_HOME", "WANGGE_DEMO", "WANGGE_DATABASE_URL")


@contextmanager
def served(home: Path, *, log: Path | None = None, checkout: Path | None = None) -> Iterator[str]:
    """The address of the demo in ``home``, such as ``http://127.0.0.1:40123``. Raises ``RuntimeError`` if it doesn't answer.

    ``checkout`` holds the package ``wangge`` that serves it, where that isn't ours.
    """
    port = free_port()
    command = [sys.executable, "-m", "wangge.entry.site", "demo", "--folder", str(home), "--port", str(port)]
    log = log or home.with_name(f"{home.name}.log")
    with answering(command, port, log=log, env=_environment(), cwd=checkout) as address:
        yield address


@contextmanager
def answering(
    command: Sequence[str | Path], port: int, *, log: Path, env: Mapping[str, str], cwd: Path | None = None
) -> Iterator[str]:
    """The address at which a command answers for a while. Raises ``RuntimeError`` with the end of its log if it doesn't."""
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=env, cwd=cwd)
    try:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and end it if it doesn't."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    """Ours without what points at another installation."""
    return {name: value for name, value in os.environ.items() if name not in ANOTHER_S}


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError):  # it doesn't listen yet
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"it doesn't answer; the end of {log}:\n{log.read_text(errors='replace')[-2000:]}")
