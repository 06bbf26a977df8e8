"""Serving a demo on this machine: the house's own server in a process of its own, with the address and the accounts told."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from types import FrameType

from wangge.entry.demo import accounts
from wangge.entry.demo.folder import Finished

PATIENCE, NOTED_EVERY = 60.0, 30.0
STOOD = "stood"
"""The moment at which the demo's clock last stood: a demo that is opened again goes on from there."""


def is_this_machine(host: str) -> bool:
    """Whether a host name or an address means this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(home: Path, about: Finished, *, host: str, port: int) -> int:
    """Serve until stopped; returns the exit status of the server, 0 if somebody stopped it."""
    if not _is_free(host, port):
        print(f"Something else listens on {host}:{port}. Choose another --port.", file=sys.stderr)
        return 2
    _set_clock(home, about)
    command = [sys.executable, "-m", "wangge.entry.site", "serve", "--folder", str(home)]
    server = subprocess.Popen([*command, "--host", host, "--port", str(port), "--workers", "1"])
    asked = _forwarding(server)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    if _answers(server, address):
        _tell(home, address)
    while server.poll() is None:
        _note(home)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(NOTED_EVERY)
    return 0 if asked else server.returncode


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _set_clock(home: Path, about: Finished) -> None:
    """Let the demo's clock go on from where it stood last."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.entry.site.settings")
    from wangge.platform.clock import clock

    stood = home / STOOD
    last = datetime.fromisoformat(stood.read_text(encoding="ascii")) if stood.exists() else about.opens_at
    clock.shift(max(last, about.opens_at) - clock.now())


def _note(home: Path) -> None:
    from wangge.platform.clock import clock

    aside = home / f"{STOOD}.new"
    aside.write_text(clock.now().isoformat(), encoding="ascii")
    aside.replace(home / STOOD)


def _forwarding(server: subprocess.Popen[bytes]) -> list[int]:
    """Whoever stops this process stops the server; the list says whether anybody did."""
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        if server.poll() is None:
            server.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return asked


def _answers(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the server answers; False if it ended instead."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=2):  # noqa: S310 - our own address
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _tell(home: Path, address: str) -> None:
    """The address, and who can sign in."""
    print(f"\n网格演示 · the demo stands at {address}  (Ctrl-C stops it)\n")
    for one in accounts.read(home):
        where = " ".join(filter(None, (one.area, one.department)))
        print(f"  {one.username:<34}{one.password:<16}{one.name} {where}")
    print(flush=True)
