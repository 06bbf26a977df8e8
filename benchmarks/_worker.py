"""An installation served by one granian worker, what is asked of it, and the processor time that this worker used."""

from __future__ import annotations

import ctypes
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tools.screens.serving import answering, free_port

HOUSE = "wangge.entry.site.settings"
WANGGE = [sys.executable, "-m", "wangge.entry.site"]
MANY = "1000000/10m 1000000/1d"
"""A limit that nobody reaches: counting is part of what a report costs."""
UNCOUNTED = ("WANGGE_DATABASE_URL", "WANGGE_TLS", "WANGGE_PROXIES")


@dataclass(frozen=True)
class Ask:
    """A request."""

    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Served:
    """A server with one connection kept alive, as a browser or a proxy keeps it."""

    def __init__(self, port: int, worker: int) -> None:
        self.port, self.worker = port, worker
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._clock = _clock_of(worker)

    def answer(self, ask: Ask) -> bytes:
        """What is answered. Raises ``RuntimeError`` for anything but success."""
        self.connection.request(ask.method, ask.path, ask.body, ask.headers)
        response = self.connection.getresponse()
        said = response.read()
        if response.status not in (200, 201):
            raise RuntimeError(
                f"{ask.method} {ask.path}: {response.status} {said[:400].decode(errors='replace')}"
            )
        return said

    def cpu_s(self) -> float:
        """Seconds of processor time, user and system, of all threads of the worker since it began."""
        return time.clock_gettime(self._clock)

    def sign_in(self, username: str) -> dict[str, str]:
        """The headers of a session of one of the demo's accounts, for reads and for writes."""
        self.connection.request("GET", "/")
        cookies = _cookies(self.connection.getresponse())
        form = urlencode({"as": username, "next": "/healthz", "csrfmiddlewaretoken": cookies["csrftoken"]})
        headers = {
            "Cookie": _said(cookies),
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{self.port}/",
        }
        self.connection.request("POST", "/demo/sign-in", form, headers)
        cookies |= _cookies(self.connection.getresponse())
        if "sessionid" not in cookies:
            raise RuntimeError(f"The demo knows no {username}: is the folder a demo?")
        return {"Cookie": _said(cookies), "X-CSRFToken": cookies["csrftoken"]}


@contextmanager
def served(home: Path, settings: str, log: Path) -> Iterator[Served]:
    """``wangge serve`` with one worker and without the job worker, under a settings module."""
    port = free_port()
    command = [*WANGGE, "serve", "--folder", home, "--port", port, "--workers", 1, "--without-jobs"]
    with answering([str(one) for one in command], port, log=log, env=environment(home, settings)):
        yield Served(port, _worker_below(os.getpid(), str(port)))


def environment(home: Path, settings: str = HOUSE) -> dict[str, str]:
    """Ours without what points at another installation. The demo is movable in time, and it stands in its own time."""
    ours = {name: value for name, value in os.environ.items() if name not in UNCOUNTED}
    return {
        **ours, "WANGGE_HOME": str(home), "WANGGE_DEMO": "1", "WANGGE_LIMIT_REPORTS": MANY, "DJANGO_SETTINGS_MODULE": settings,
    }  # fmt: skip


def command(home: Path, *words: str) -> None:
    """A command of the product in an installation. Raises ``RuntimeError`` with what it said."""
    done = subprocess.run(
        [*WANGGE, *words], env=environment(home), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"wangge {' '.join(words)}: {done.stdout}{done.stderr}")


def _cookies(response: http.client.HTTPResponse) -> dict[str, str]:
    response.read()
    found: dict[str, str] = {}
    for one in response.headers.get_all("Set-Cookie") or []:
        found |= {name: morsel.value for name, morsel in SimpleCookie(one).items()}
    return found


def _said(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _clock_of(process: int) -> int:
    """The clock that counts another process' processor time in nanoseconds (``clock_getcpuclockid(3)``)."""
    clock = ctypes.c_int()
    fault = ctypes.CDLL(None).clock_getcpuclockid(process, ctypes.byref(clock))
    if fault:
        raise OSError(fault, os.strerror(fault))
    return clock.value


def _worker_below(root: int, port: str) -> int:
    """The one process that granian started to answer at a port: of the leaves below it, the one that worked most."""
    children = _children()
    below, waiting = [], [one for one in children.get(root, []) if port in _words(one)]
    while waiting:
        one = waiting.pop()
        below.append(one)
        waiting += children.get(one, [])
    leaves = [one for one in below if one not in children]
    return max(leaves, key=lambda one: time.clock_gettime(_clock_of(one)))


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            continue
        found.setdefault(parent, []).append(int(path.parent.name))
    return found


def _words(process: int) -> list[str]:
    return Path(f"/proc/{process}/cmdline").read_text().split("\0")
