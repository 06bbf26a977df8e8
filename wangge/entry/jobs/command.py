"""``wangge work``: run queued jobs until stopped (Ctrl-C or TERM finishes the task in hand first)."""

from __future__ import annotations

import argparse
import signal


def main(argv: list[str]) -> int:
    """Entry point of the command."""
    parser = argparse.ArgumentParser(prog="wangge work", description=__doc__)
    parser.add_argument("--folder", help="the installation (default: WANGGE_HOME or ./var)")
    parser.add_argument("--once", action="store_true", help="run what is ready, then stop")
    options = parser.parse_args(argv)

    import django

    django.setup()
    from wangge.entry.jobs import leases, schedule, sealer, worker

    if options.once:
        leases.take_back()
        schedule.fire()
        ran = worker.drain()
        sealer.seal_all()
        print(f"{ran} tasks run")
        return 0
    asked: list[int] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, frame: asked.append(number))
    worker.work(stopped=lambda: bool(asked))
    return 0
