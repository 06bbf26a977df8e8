"""``wangge serve``: granian serves the house; a job worker runs beside it unless it is said to run elsewhere."""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import subprocess
import sys
import time
from types import FrameType

STOP_SECONDS, AGAIN_SECONDS = 10, 1
WORK = [sys.executable, "-m", "wangge.entry.site", "work"]


def main(argv: list[str]) -> int:
    """Entry point of the command."""
    parser = argparse.ArgumentParser(prog="wangge serve", description=__doc__)
    parser.add_argument("--folder", help="the installation (default: WANGGE_HOME or ./var)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--without-jobs", action="store_true", help="no job worker beside: `wangge work` runs on its own"
    )
    options = parser.parse_args(argv)
    if os.environ.get("WANGGE_DEMO") and not is_loopback(options.host):
        print(
            "The demo signs people in with one click: it is served on loopback only. Leave out --host.",
            file=sys.stderr,
        )
        return 2

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    return run(
        host=options.host, port=options.port, workers=options.workers, jobs_beside=not options.without_jobs
    )


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def run(*, host: str, port: int, workers: int, jobs_beside: bool = True) -> int:
    """Serve until stopped. If the server ends, all ends; a job worker that dies is started again: its task is taken up anew."""
    server = subprocess.Popen(_server(host, port, workers))
    jobs = subprocess.Popen(WORK) if jobs_beside else None
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not asked and server.poll() is None:
        time.sleep(0.2)
        if jobs is not None and jobs.poll() is not None and not asked:
            print("wangge: the job worker ended; it is started again.", file=sys.stderr)
            time.sleep(AGAIN_SECONDS)
            jobs = subprocess.Popen(WORK)
    _stop(*(one for one in (server, jobs) if one is not None))
    return 0 if asked else 1


def _server(host: str, port: int, workers: int) -> list[str]:
    options = {
        "interface": "wsgi", "host": host, "port": port, "workers": workers, "blocking-threads": 8, "backpressure": 64,
        "log-level": "error",
    }  # fmt: skip
    said = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [sys.executable, "-m", "granian", *said, "wangge.entry.site.wsgi:application"]


def _stop(*children: subprocess.Popen[bytes]) -> None:
    """Ask all to end, and end those that don't within ``STOP_SECONDS``."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
